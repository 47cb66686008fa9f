import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'

/**
 * A counting question over a module's own facts, asked for many subjects and periods at once.
 *
 * `facts` answers a SELECT over the relation `due` (subject_kind, subject_no, organization_no, period_no, starts, ends, as_of) with the
 * columns subject_kind, subject_no, organization_no, period_no, record_kind, record_no, numerator, denominator, recorded_on, reason:
 * one row for each record that bears on a subject's period. What is not counted has numerator 0 and says why in `reason`.
 *
 * starts and ends are the days within which records count: a natural period, or the time from an event to its deadline. period_no
 * only names the row of `due` and is handed back as it came.
 */
export interface Measure<Params extends z.ZodType = z.ZodType> {
  /** `orglife.meetings_held`; the module's name comes first. */
  readonly name: string
  readonly version: number
  /** What is counted, in the user's words. */
  readonly title: string
  /** What one is called, such as 学时; 次 where nothing is said. */
  readonly unit?: string
  /**
   * Asks how a register stands on the last day, or today when that is still to come; judged anew each day. Its `recorded_on` and
   * `reason` must not change merely because a day passes.
   */
  readonly state?: true
  /**
   * When a ratio is judged. `at_once`, if nothing is said; `short_at_end`, where what is short may still be made good until the last
   * day; `at_end`, where what is enough today may be too little then.
   */
  readonly judged?: WhenJudged
  /** Measures of modules to the left whose records it counts too, such as `orglife.work_records`. */
  readonly alsoOf?: readonly string[]
  readonly params: Params
  /**
   * `years` hold the stretches of `due`: as literals they leave other years' partitions out of the plan. `code` is the requirement's,
   * for what was decided of it alone (`exemptFrom`).
   */
  readonly facts: (params: z.output<Params>, years: Years, code: string) => RawBuilder<unknown>
  /** For a derived measure: the requirements whose obligations it counts. It counts nothing else. */
  readonly counts?: (params: z.output<Params>) => CountedRequirements
}

export type WhenJudged = 'at_once' | 'short_at_end' | 'at_end'
export interface Years {
  readonly first: number
  readonly last: number
}
/** As far as there are periods. */
const everyYear: Years = { first: 2019, last: 2045 }

/** What a derived measure counts: obligations in the stretch itself, and of so many months before it. */
export interface CountedRequirements {
  readonly codes: readonly string[]
  /** Of the organizations below, rather than of the subject itself. */
  readonly below: boolean
  readonly monthsBack: number
}

/** A measure with its parameters' type erased, as the engine holds it. */
export interface HeldMeasure {
  readonly name: string
  readonly version: number
  readonly title: string
  readonly unit: string
  readonly state: boolean
  readonly judged: WhenJudged
  readonly alsoOf: readonly string[]
  /** Checks the parameters of a requirement and answers the SELECT, or throws a ZodError. */
  readonly facts: (params: unknown, years?: Years, code?: string) => RawBuilder<unknown>
  /** The parameters as they are asked, with what is taken where nothing is said. */
  readonly given: (params: unknown) => unknown
  /** The parameters as JSON Schema with Chinese titles, from which a form can be made. */
  readonly schema: Readonly<Record<string, unknown>>
  /** null for a measure that counts records. */
  readonly counts: (params: unknown) => CountedRequirements | null
}

const held = new Map<string, HeldMeasure>()

/** Hands a module's measures to the engine when the program starts. */
export function declareMeasures(...measures: readonly HeldMeasure[]): void {
  for (const measure of measures) {
    const known = held.get(measure.name)
    if (known && known !== measure) throw new Error(`measure ${measure.name} is declared twice`)
    held.set(measure.name, measure)
  }
}

/** Declares one measure; its parameters are checked when a rulebook is loaded and when it is asked. */
export function measure<Params extends z.ZodType>(declared: Measure<Params>): HeldMeasure {
  const { name, version, title, unit = '次', state = false, judged = 'at_once', alsoOf = [], counts } = declared
  return {
    name,
    version,
    title,
    unit,
    state,
    judged,
    alsoOf,
    schema: z.toJSONSchema(declared.params, { io: 'input', unrepresentable: 'any' }),
    given: (params) => declared.params.parse(params),
    facts: (params, years = everyYear, code = '') => declared.facts(declared.params.parse(params), years, code),
    counts: (params) => counts?.(declared.params.parse(params)) ?? null,
  }
}

export function heldMeasure(name: string): HeldMeasure | undefined {
  return held.get(name)
}

/** All measures that are held, by name. */
export function heldMeasures(): HeldMeasure[] {
  return [...held.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The names of all measures that are held. */
export function measureNames(): string[] {
  return [...held.keys()].sort()
}

const recordKinds = new Map<string, RawBuilder<unknown>>()

/**
 * Names a kind of record that measures count. `relation` is a SELECT with the columns no, id, title, happened_on over the module's own
 * table, so that a figure opens down to the record without the engine knowing the module.
 */
export function declareRecordKind(kind: string, relation: RawBuilder<unknown>): void {
  recordKinds.set(kind, relation)
}

/** All countable records: kind, no, id, title, happened_on. */
export function recordsRelation(): RawBuilder<unknown> {
  const parts = [...recordKinds].map(
    ([kind, relation]) => sql`select ${kind}::text as kind, k.no, k.id, k.title, k.happened_on from (${relation}) k`,
  )
  return parts.length === 0
    ? sql`select null::text as kind, null::bigint as no, null::text as id, null::text as title, null::date as happened_on where false`
    : sql.join(parts, sql` union all `)
}

/** The records with these inner numbers, by kind; the same columns. Only the kinds asked for are looked at. */
export function recordsNumbered(wanted: ReadonlyMap<string, readonly number[]>): RawBuilder<unknown> | null {
  const parts = [...wanted].flatMap(([kind, nos]) => {
    const relation = recordKinds.get(kind)
    return relation && nos.length > 0
      ? [
          sql`select ${kind}::text as kind, k.no, k.id, k.title, k.happened_on from (${relation}) k where k.no = any (${`{${nos.join(',')}}`}::bigint[])`,
        ]
      : []
  })
  return parts.length === 0 ? null : sql.join(parts, sql` union all `)
}
