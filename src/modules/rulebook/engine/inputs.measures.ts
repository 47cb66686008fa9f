import type { RawBuilder } from 'kysely'

/**
 * What is frozen; the subqueries answer numbers. Facts reach across periods (a clock that an event began, a requirement that counts
 * earlier periods, days that were granted), so all since the first day of the figures are inputs, whatever the period.
 */
export interface FrozenSpan {
  /** Organizations under the frozen one, itself included, at any time since. */
  readonly organizations: RawBuilder<unknown>
  /** The same with those above, so that what is asked of a level can look up. */
  readonly tree: RawBuilder<unknown>
  /** Persons who held a post among the organizations or belonged to them, at any time since. */
  readonly persons: RawBuilder<unknown>
  /** First day of the figures, as an ISO date. */
  readonly since: string
}

/**
 * A table that judgement reads. `rows` is a condition over its alias `t`: which rows bear on a frozen span. `made_again` stands for
 * what the empty database makes by itself, from its migrations or from other inputs; `words_only` for what only words a reason.
 */
export interface InputTable {
  /** `orglife.meetings` */
  readonly table: string
  /** Only what figures are made of: a column that no measure reads never enters a snapshot. */
  readonly columns: readonly string[]
  /** Columns that only word a reason, such as names and titles. They are read, and never enter a snapshot. */
  readonly words?: readonly string[]
  /** Columns that order the rows; together they are unique. */
  readonly key: readonly string[]
  readonly rows: ((span: FrozenSpan) => RawBuilder<unknown>) | 'made_again' | 'words_only'
}

const declared = new Map<string, InputTable>()

/** Names, beside a module's measures, the tables and columns that they read; these enter snapshots. */
export function declareInputs(...tables: readonly InputTable[]): void {
  for (const input of tables) {
    const known = declared.get(input.table)
    if (known && known !== input) throw new Error(`input ${input.table} is declared twice`)
    declared.set(input.table, input)
  }
}

/** All declared inputs, by the name of their table. */
export function declaredInputs(): readonly InputTable[] {
  return [...declared.values()].sort((one, other) => (one.table < other.table ? -1 : 1))
}
