/** What a cell holds. Dates come as Excel's serial numbers; who knows the column knows that it is a date. */
export type RawCell = string | number | boolean | null

export interface WorkbookRow {
  /** As Excel numbers it, from 1. */
  readonly row: number
  /** From column A; trailing empty cells are cut off. */
  readonly cells: readonly RawCell[]
}

/** `3` → `C`. */
export function columnLetters(column: number): string {
  const rest = Math.floor((column - 1) / 26)
  return (rest > 0 ? columnLetters(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26))
}

/** `AB12` → 28; undefined for anything that is no address. */
export function columnOf(address: string): number | undefined {
  const letters = /^\$?([A-Za-z]{1,3})\$?\d{1,7}$/.exec(address)?.[1]
  if (!letters) return undefined
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}
