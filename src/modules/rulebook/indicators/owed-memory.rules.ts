import type { CivilDate } from '../../../kernel/time/civil-date.ts'

/** How many under an organization owe a requirement in a period that is still open, counted within one block of the tree. */
export interface OwedRow {
  /** The unit under which they stand; 0 for what stands above the units. */
  readonly block: number
  readonly organization_no: number
  readonly requirement_no: number
  readonly period_no: number
  readonly starts: CivilDate
  readonly ends: CivilDate
  readonly owed: number
}

/** The same of all blocks together. */
export type OwedTotal = Omit<OwedRow, 'block'>
type Totals = ReadonlyMap<number, ReadonlyMap<string, OwedTotal>>

/** What is kept of one reading of the tree on one day: by block, and summed for each organization above. */
export class OwedMemory {
  readonly #blocks = new Map<number, readonly OwedRow[]>()
  readonly #totals = new Map<number, Map<string, OwedTotal>>()

  /** Puts these rows in the place of all that was counted in these blocks before; null for every block. */
  replace(blocks: readonly number[] | null, rows: readonly OwedRow[]): void {
    const counted = Map.groupBy(rows, ({ block }) => block)
    for (const block of blocks ?? [...new Set([...this.#blocks.keys(), ...counted.keys()])]) {
      for (const row of this.#blocks.get(block) ?? []) this.#add(row, -row.owed)
      const now = counted.get(block) ?? []
      for (const row of now) this.#add(row, row.owed)
      if (now.length > 0) this.#blocks.set(block, now)
      else this.#blocks.delete(block)
    }
  }

  /** Who owes what under these organizations, in no particular order. */
  under(organizations: readonly number[]): OwedTotal[] {
    return organizations.flatMap((no) => [...(this.#totals.get(no)?.values() ?? [])])
  }

  get totals(): Totals {
    return this.#totals
  }

  #add(row: OwedRow, more: number): void {
    const { organization_no, requirement_no, period_no, starts, ends } = row
    const own = this.#totals.get(organization_no) ?? new Map<string, OwedTotal>()
    this.#totals.set(organization_no, own)
    const key = `${requirement_no} ${period_no}`
    const owed = (own.get(key)?.owed ?? 0) + more
    if (owed === 0) own.delete(key)
    else own.set(key, { organization_no, requirement_no, period_no, starts, ends, owed })
    if (own.size === 0) this.#totals.delete(organization_no)
  }
}
