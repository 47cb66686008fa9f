import { type RawBuilder, sql } from 'kysely'
import { dueRelation } from './due.store.ts'
import { heldMeasure } from './engine.measures.ts'
import { heldEvents } from './event-sources.measures.ts'
import { reachOf } from './reach.rules.ts'
import { movedDays, reliefJoin } from './relief.store.ts'
import type { LiveRequirement } from './requirement.queries.ts'
import type { Scope } from './windows.store.ts'

export { dueRelation } from './due.store.ts'
export type { Scope } from './windows.store.ts'

/** The status of `d` with what was counted of it, `a`. */
function judgement({ target, code, lateCounts, measure }: LiveRequirement): RawBuilder<unknown> {
  const late = lateCounts === 'unmet' ? 3 : 2
  if (target.ratio_at_least !== undefined) {
    const judged = heldMeasure(measure)?.judged ?? 'at_once'
    const open = sql`d.as_of <= d.late_after`
    return sql`case when d.exempt then 5
      when ${judged === 'at_end' ? open : sql`false`} then 0
      when coalesce(a.denominator, 0) = 0 then 6
      when ${judged === 'short_at_end' ? open : sql`false`} and a.numerator < ${target.ratio_at_least}::numeric * a.denominator then 0
      when a.numerator < ${target.ratio_at_least}::numeric * a.denominator then 3
      when a.in_time_records > 0 then 1 else ${late} end`
  }
  const declared = sql`exists (select 1 from rulebook.declarations c where c.requirement_code = ${code} and c.organization_no = d.organization_no
    and c.subject_kind = d.subject_kind and c.subject_no = d.subject_no and c.period_no = d.period_no and c.withdrawn_at is null)`
  const least = sql`${target.at_least ?? target.sum_at_least ?? 1}::numeric`
  return sql`case when d.exempt then 5
    when coalesce(a.in_time, 0) >= ${least} then 1
    when coalesce(a.numerator, 0) >= ${least} then ${late}
    when ${declared} then 3
    when d.as_of <= d.late_after then 0
    when coalesce(a.records, 0) > 0 then 3
    else 4 end`
}

/**
 * The planner takes each of these relations for one row and would compare each with each: an hour for a city. A full join it can
 * only hash or merge; `num_nulls` makes an inner join of it without its noticing.
 */
const sameWindow = sql`d.subject_kind = f.subject_kind and d.subject_no = f.subject_no and d.organization_no = f.organization_no and d.window_no = f.period_no`
const both = sql`num_nulls(f.period_no, d.window_no) = 0`

/** Each stretch with its status: 0 not due, 1 met, 2 met late, 3 unmet, 4 not reported, 5 exempt, 6 not applicable. */
function judgedWindows(requirement: LiveRequirement): RawBuilder<unknown> {
  const { target } = requirement
  const fixed = target.at_least ?? target.sum_at_least
  return sql`select d.subject_kind, d.subject_no, d.organization_no, d.period_no, d.year, d.due_on, d.late_after,
      (${judgement(requirement)})::smallint as status, coalesce(a.numerator, 0) as numerator,
      ${fixed === undefined ? sql`coalesce(a.denominator, 0)` : sql`${fixed}::numeric`} as denominator
    from owed d full join summed a on a.subject_kind = d.subject_kind and a.subject_no = d.subject_no
      and a.organization_no = d.organization_no and a.period_no = d.window_no where num_nulls(d.window_no) = 0`
}

/** All that a subject owes after events in one month is one obligation: it is met when each of them is. */
function judgedMonths(requirement: LiveRequirement): RawBuilder<unknown> {
  return sql`select w.subject_kind, w.subject_no, w.organization_no, w.period_no, min(w.year)::smallint as year, min(w.due_on) as due_on,
      max(w.late_after) as late_after,
      (case when bool_or(w.status = 3) then 3 when bool_or(w.status = 4) then 4 when bool_or(w.status = 0) then 0
        when bool_or(w.status = 2) then 2 when bool_or(w.status = 1) then 1 when bool_or(w.status = 5) then 5 else 6 end)::smallint as status,
      count(*) filter (where w.status in (1, 2)) as numerator, count(*) filter (where w.status < 5) as denominator
    from (${judgedWindows(requirement)}) w group by 1, 2, 3, 4`
}

/** The records behind each obligation; what began the clock is one of them, told apart by its reason. */
function foundRecords({ event }: LiveRequirement): RawBuilder<unknown> {
  if (!event) {
    // A period's number begins with its year.
    return sql`select (f.period_no / 100)::smallint as year, f.subject_kind, f.subject_no, f.organization_no, f.period_no, f.record_kind, f.record_no,
      f.numerator, f.denominator, f.recorded_on, f.reason from facts f`
  }
  const began = `，${heldEvents(event.name)?.title ?? ''}之日起算，`
  return sql`select r.year, r.subject_kind, r.subject_no, r.organization_no, r.period_no, r.record_kind, r.record_no, max(r.numerator) as numerator,
      max(r.denominator) as denominator, min(r.recorded_on) as recorded_on, case when max(r.numerator) = 0 then max(r.reason) end as reason
    from (
      select d.year, d.subject_kind, d.subject_no, d.organization_no, d.period_no, f.record_kind, f.record_no, f.numerator, f.denominator,
        f.recorded_on, f.reason
      from facts f full join owed d on ${sameWindow} where ${both}
      union all
      select d.year, d.subject_kind, d.subject_no, d.organization_no, d.period_no, d.record_kind, d.record_no, 0, 0, d.starts,
        d.starts::text || ${began} || d.ends::text || ' 以前' from owed d) r
    group by 1, 2, 3, 4, 5, 6, 7`
}

/**
 * The relations of one requirement, to stand behind WITH. `judged` has one row a subject and period: status 0 not due, 1 met, 2 met
 * late, 3 unmet, 4 not reported, 5 exempt, 6 not applicable; numerator, denominator, year, due_on, late_after. `found` has the
 * records behind them. Periods that ended without any record stay 4 even when the day is asked again later.
 */
export function statusRelations(requirement: LiveRequirement, scope: Scope): RawBuilder<unknown> {
  const counted = heldMeasure(requirement.measure)
  if (requirement.live && !counted)
    throw new Error(`requirement ${requirement.code} asks for measure ${requirement.measure}, which no module declares`)
  const years = yearsAsked(requirement, scope)
  // `due` is what a measure sees: the name of the stretch stands in for the period.
  return sql`owed as materialized (
      select d.subject_kind, d.subject_no, d.organization_no, d.period_no, d.window_no, d.year, d.starts, ${movedDays.heldUntil} as ends,
        ${movedDays.dueOn} as due_on, ${movedDays.lateAfter} as late_after, d.as_of, d.exempt, d.record_kind, d.record_no
      from (${dueRelation(requirement, scope)}) d ${reliefJoin(requirement.code)}),
    due as not materialized (select subject_kind, subject_no, organization_no, window_no as period_no, year, starts, ends, as_of from owed),
    facts as materialized (${requirement.live && counted ? counted.facts(requirement.params, years, requirement.code) : nothing}),
    summed as (
      select f.subject_kind, f.subject_no, f.organization_no, f.period_no, count(*) as records,
        sum(f.numerator) as numerator, sum(f.denominator) as denominator,
        coalesce(sum(f.numerator) filter (where f.recorded_on <= d.late_after), 0) as in_time,
        count(*) filter (where f.recorded_on <= d.late_after and f.denominator > 0) as in_time_records
      from facts f full join owed d on ${sameWindow} where ${both}
      group by 1, 2, 3, 4),
    judged as (${requirement.event ? judgedMonths(requirement) : judgedWindows(requirement)}),
    found as not materialized (${foundRecords(requirement)})`
}

const nothing = sql`select null::"char" as subject_kind, null::bigint as subject_no, null::bigint as organization_no, null::int as period_no,
  null::text as record_kind, null::bigint as record_no, 0 as numerator, 0 as denominator, null::date as recorded_on, null::text as reason where false`

/** The years in which the obligations lie that are asked about. */
export function yearsAsked(requirement: LiveRequirement, scope: Scope): { readonly first: number; readonly last: number } {
  const { from, to } = reachOf(requirement, scope) ?? scope
  return { first: Number(from.slice(0, 4)), last: Number(to.slice(0, 4)) }
}
