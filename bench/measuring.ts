import { loadavg } from 'node:os'

/** What `npm run bench` prints of one figure: its name, what was measured, the target it is held against. */
export interface Figure {
  readonly name: string
  readonly value: string
  readonly target?: string
  /** Undefined where there is no target. */
  readonly met?: boolean
}

/** The value below which the given share of all values lies; 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** Milliseconds that some work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/**
 * Takes samples of several things in turn, so that whatever else the machine does falls on all of them alike. The first `warmUp`
 * rounds are thrown away.
 */
export async function interleaved<Name extends string>(
  things: Readonly<Record<Name, (round: number) => Promise<unknown>>>,
  { rounds, warmUp }: { rounds: number; warmUp: number },
): Promise<Record<Name, number[]>> {
  const names = Object.keys(things) as Name[]
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 0; round < warmUp + rounds; round += 1) {
    // Every thing comes first equally often.
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(turn + round) % names.length] as Name
      const took = await timed(() => things[name](round))
      if (round >= warmUp) samples[name].push(took)
    }
  }
  return samples
}

export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`
export const ratio = (value: number): string => `${value.toFixed(2)} ×`
export const halfAndMost = (values: readonly number[]): string =>
  `p50 ${ms(quantile(values, 0.5))}，p95 ${ms(quantile(values, 0.95))}`

/** How busy the machine is, as the average of the last minute. */
export const load = (): string => (loadavg()[0] ?? 0).toFixed(1)
