import { type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { heldEvents } from './event-sources.measures.ts'
import { reachOf } from './reach.rules.ts'
import { type LiveRequirement, subjectKindOf } from './requirement.queries.ts'

/** For whom and for which periods statuses are asked. */
export interface Scope {
  readonly asOf: CivilDate
  /** Figures are kept from this day on. */
  readonly since: CivilDate
  /** Organizations whose subjects are meant; null for all. */
  readonly organizations: readonly number[] | null
  /** Days of facts: periods that touch them, and the deadlines of what began before their end. */
  readonly from: CivilDate
  readonly to: CivilDate
  /** Periods that have not begun are asked for as well, for a calendar. */
  readonly ahead?: boolean
}

export const numbers = (list: readonly number[]) => sql`${`{${list.join(',')}}`}::bigint[]`

const dates = ({ dueOffset, grace }: LiveRequirement, ends: RawBuilder<unknown>) =>
  sql`${ends} + ${dueOffset}::int as due_on, ${ends} + ${dueOffset + grace}::int as late_after`

const begun = (day: RawBuilder<unknown>, { ahead, asOf }: Scope) => (ahead ? sql`true` : sql`${day} <= ${asOf}::date`)

const version = ({ from, to }: LiveRequirement, day: RawBuilder<unknown>) =>
  sql`${day} >= ${from}::date and (${to}::date is null or ${day} < ${to}::date)`

const nobody = sql`null::bigint as subject_no, null::bigint as organization_no, null::text as record_kind, null::bigint as record_no`

function naturalPeriods(requirement: LiveRequirement, scope: Scope): RawBuilder<unknown> {
  return sql`select p.no as window_no, p.no, p.year, p.starts as opens, p.ends as closes, p.starts, p.ends, least(p.ends, ${scope.asOf}::date) as day,
      ${dates(requirement, sql`p.ends`)}, ${nobody}
    from rulebook.periods p
    where p.cadence = ${requirement.periodCadence} and p.ends >= ${scope.from}::date and p.starts <= ${scope.to}::date
      and ${begun(sql`p.starts`, scope)} and p.starts >= ${scope.since}::date and ${version(requirement, sql`p.starts`)}`
}

/** One stretch from the first version's first day until the day by which it is asked; the version of that day applies. */
function onceUntil(requirement: LiveRequirement, once: NonNullable<LiveRequirement['once']>, scope: Scope): RawBuilder<unknown> {
  const by = sql`${once.by}::date`
  return sql`select p.no as window_no, p.no, p.year, p.starts as opens, p.ends as closes, ${once.from}::date as starts, ${by} as ends,
      least(${by}, ${scope.asOf}::date) as day, ${dates(requirement, by)}, ${nobody}
    from rulebook.periods p
    where p.cadence = 'month' and ${by} between p.starts and p.ends and ${by} >= ${scope.since}::date and ${version(requirement, by)}
      and ${begun(sql`greatest(${once.from}::date, ${requirement.from}::date)`, scope)}`
}

/** One stretch for each event, from its day until so long after it; the version of the event's day applies. */
function afterEvents(
  requirement: LiveRequirement,
  event: NonNullable<LiveRequirement['event']>,
  scope: Scope,
): RawBuilder<unknown> {
  const source = heldEvents(event.name)
  if (!source) throw new Error(`requirement ${requirement.code} asks for events ${event.name}, which no module declares`)
  const ends =
    event.months === undefined
      ? sql`e.happened_on + ${event.days ?? 0}::int`
      : sql`(e.happened_on + make_interval(months => ${event.months}::int))::date`
  const chosen = scope.organizations === null ? sql`true` : sql`e.organization_no = any (${numbers(scope.organizations)})`
  return sql`select (row_number() over (order by e.happened_on, e.organization_no, e.subject_no, e.record_kind, e.record_no))::int as window_no,
      p.no, p.year, p.starts as opens, p.ends as closes, e.happened_on as starts, e.ends, least(e.ends, ${scope.asOf}::date) as day,
      ${dates(requirement, sql`e.ends`)}, e.subject_no, e.organization_no, e.record_kind, e.record_no
    from (select e.*, ${ends} as ends from (${source.events(event.params)}) e where ${chosen}) e
    join rulebook.periods p on p.no = extract(year from e.ends)::int * 100 + extract(month from e.ends)::int
    where p.ends >= ${scope.from}::date and p.starts <= ${scope.to}::date
      and e.happened_on <= ${scope.asOf}::date and e.happened_on >= ${scope.since}::date and ${version(requirement, sql`e.happened_on`)}`
}

/**
 * The stretches of time that a requirement's version asks about and that have begun, as the relation `p`: window_no names each; no and
 * year are its period's, opens and closes that period's days; starts and ends are the days within which records count; day is the
 * last of them or today; for an event, whose it is and its record.
 */
export function windowsOf(requirement: LiveRequirement, scope: Scope): RawBuilder<unknown> {
  const reach = requirement.live ? reachOf(requirement, scope) : null
  // What waits for a module may name events that nobody declares yet.
  if (!reach) return sql`select * from (${naturalPeriods(requirement, scope)}) w where false`
  const within = { ...scope, ...reach }
  const { once, event } = requirement
  if (once) return onceUntil(requirement, once, within)
  return event ? afterEvents(requirement, event, within) : naturalPeriods(requirement, within)
}

/** Ties subjects `subject` in the organization `o` to the window `p` of an event. */
export function whoseEvent(requirement: LiveRequirement, subject: RawBuilder<unknown>): RawBuilder<unknown> {
  if (!requirement.event) return sql`true`
  return subjectKindOf(requirement) === 'o'
    ? sql`o.no = p.organization_no and o.no = p.subject_no`
    : sql`o.no = p.organization_no and ${subject} = p.subject_no`
}
