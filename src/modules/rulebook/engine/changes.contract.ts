import type { CivilDate } from '../../../kernel/time/civil-date.ts'

/** An obligation whose status changed. Statuses are the stored numbers; null where nothing is stored. */
export interface StatusChange {
  readonly requirementNo: number
  readonly subjectKind: 'o' | 'p'
  readonly subjectNo: number
  readonly organizationNo: number
  readonly periodNo: number
  readonly before: number | null
  readonly after: number | null
}

/** What is to be computed again. */
export interface Touched {
  readonly asOf: CivilDate
  /** Organizations whose subjects are touched; null for all. */
  readonly organizations: readonly number[] | null
  readonly from: CivilDate
  readonly to: CivilDate
  /** Only these requirements, live or not, and what counts them; left out for all that the days concern. */
  readonly only?: readonly number[]
  /** Only requirements with these measures, or with any of a module such as `orglife`, and what counts them. */
  readonly of?: readonly string[]
  /**
   * What the facts are, by names of parameters: a measure that is given something under such a name is concerned only when it is
   * among these. `among.tags` names what stands within a parameter, `orglife.meetings_with_item:category` that of one measure only.
   */
  readonly about?: Readonly<Record<string, readonly string[]>>
}
