export type Mode = 'demonstration' | 'production'

let mode: Mode = 'production'

/** Tells the sign-in how the installation runs. Until told, the strict way: second factor asked for, no demonstration accounts. */
export function useMode(running: Mode): void {
  mode = running
}

export function runningMode(): Mode {
  return mode
}
