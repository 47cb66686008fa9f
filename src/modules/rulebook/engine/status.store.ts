import { type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { heldMeasure } from './engine.measures.ts'
import type { LiveRequirement } from './requirement.queries.ts'

/** For whom and for which periods statuses are asked. */
export interface Scope {
  readonly asOf: CivilDate
  /** Figures are kept from this day on. */
  readonly since: CivilDate
  /** Organizations whose subjects are meant; null for all. */
  readonly organizations: readonly number[] | null
  /** Periods that touch this span of days. */
  readonly from: CivilDate
  readonly to: CivilDate
}

const numbers = (list: readonly number[]) => sql`${`{${list.join(',')}}`}::bigint[]`
const texts = (list: readonly string[]) => sql`${list as string[]}::text[]`

/** The periods of a requirement's version that a scope touches and that have begun. */
export function periodsOf(requirement: LiveRequirement, scope: Scope): RawBuilder<unknown> {
  return sql`select p.no, p.year, p.starts, p.ends, least(p.ends, ${scope.asOf}::date) as day,
      p.ends + ${requirement.dueOffset}::int as due_on, p.ends + ${requirement.dueOffset + requirement.grace}::int as late_after
    from rulebook.periods p
    where p.cadence = ${requirement.cadence} and p.ends >= ${scope.from}::date and p.starts <= ${scope.to}::date
      and p.starts <= ${scope.asOf}::date and p.starts >= ${scope.since}::date
      and p.starts >= ${requirement.from}::date and (${requirement.to}::date is null or p.starts < ${requirement.to}::date)`
}

const fullMembers = sql`(select count(*) from directory.memberships m
  where m.organization_no = o.no and m.standing = 'full' and m.valid @> p.day)`

/** Filters of a requirement's subject, on the period's last day or today when that is still to come. */
function filters({ subject }: LiveRequirement): RawBuilder<unknown> {
  const { where } = subject
  const parts = [
    where.has_committee === undefined
      ? null
      : // ZB20: below seven full members there is no committee, whatever an old register says.
        sql`${where.has_committee} = (${fullMembers} >= 7 and exists (select 1 from directory.committees c where c.organization_no = o.no
          and c.kind = 'committee' and c.elected_on <= p.day and (c.ended_on is null or c.ended_on > p.day)))`,
    where.has_groups === undefined
      ? null
      : sql`${where.has_groups} = exists (select 1 from directory.organization_edges g join directory.organizations w on w.no = g.organization_no
          where g.parent_no = o.no and w.kind = 'group' and g.valid @> p.day)`,
    where.min_full_members === undefined ? null : sql`${fullMembers} >= ${where.min_full_members}`,
    where.max_full_members === undefined ? null : sql`${fullMembers} <= ${where.max_full_members}`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

function exemption({ subject, code }: LiveRequirement, kind: 'o' | 'p'): RawBuilder<unknown> {
  const holder = kind === 'o' ? sql`o.no` : sql`t.person_no`
  return sql`(${subject.exempt.includes('temporary_branch')} and o.kind = 'temporary_branch')
    or (${subject.exempt.includes('no_full_members')} and ${fullMembers} = 0)
    or exists (select 1 from rulebook.exemptions x where x.organization_no = o.no and x.subject_kind = ${kind} and x.subject_no = ${holder}
      and (x.requirement_code is null or x.requirement_code = ${code}) and x.valid @> p.ends and x.revoked_at is null)`
}

/** Who owes this requirement in which period: subject to the tree and the posts of the period's last day. */
export function dueRelation(requirement: LiveRequirement, scope: Scope): RawBuilder<unknown> {
  const { subject } = requirement
  const kind = subject.post ? 'p' : 'o'
  const kinds = subject.post?.at ?? subject.kinds ?? []
  const chosen = scope.organizations === null ? sql`true` : sql`o.no = any (${numbers(scope.organizations)})`
  const holder = subject.post
    ? sql`join directory.posts t on t.organization_no = o.no and t.post = ${subject.post.code} and t.valid @> p.day`
    : sql``
  return sql`select ${kind}::"char" as subject_kind, ${subject.post ? sql`t.person_no` : sql`o.no`} as subject_no, o.no as organization_no,
      p.no as period_no, p.year, p.starts, p.ends, p.due_on, p.late_after, ${scope.asOf}::date as as_of,
      (${exemption(requirement, kind)}) as exempt
    from (${periodsOf(requirement, scope)}) p
    join directory.organizations o on o.kind = any (${texts(kinds)}) and ${chosen}
      and o.established_on <= p.starts and (o.dissolved_on is null or o.dissolved_on > p.ends)
    ${holder}
    where ${filters(requirement)}`
}

function judged({ target, code }: LiveRequirement): RawBuilder<unknown> {
  const declared = sql`exists (select 1 from rulebook.declarations c where c.requirement_code = ${code} and c.organization_no = d.organization_no
    and c.subject_kind = d.subject_kind and c.subject_no = d.subject_no and c.period_no = d.period_no and c.withdrawn_at is null)`
  if (target.ratio_at_least !== undefined) {
    return sql`case when d.exempt then 5
      when coalesce(a.denominator, 0) = 0 then 6
      when a.numerator < ${target.ratio_at_least}::numeric * a.denominator then 3
      when a.in_time_records > 0 then 1 else 2 end`
  }
  const least = target.at_least ?? 1
  return sql`case when d.exempt then 5
    when coalesce(a.in_time, 0) >= ${least} then 1
    when coalesce(a.numerator, 0) >= ${least} then 2
    when ${declared} then 3
    when d.as_of <= d.late_after then 0
    when coalesce(a.records, 0) > 0 then 3
    else 4 end`
}

/**
 * The relations `due`, `facts` and `judged` of one requirement, to stand behind WITH. `judged` has one row a subject and period:
 * status 0 not due, 1 met, 2 met late, 3 unmet, 4 not reported, 5 exempt, 6 not applicable; numerator, denominator, due_on, late_after.
 * `due` already ended periods without any record stay 4 even when the day is asked again later.
 */
export function statusRelations(requirement: LiveRequirement, scope: Scope): RawBuilder<unknown> {
  const counted = heldMeasure(requirement.measure)
  if (!counted)
    throw new Error(`requirement ${requirement.code} asks for measure ${requirement.measure}, which no module declares`)
  const fixed = requirement.target.at_least
  return sql`due as materialized (${dueRelation(requirement, scope)}),
    facts as materialized (${counted.facts(requirement.params)}),
    summed as (
      select f.subject_kind, f.subject_no, f.organization_no, f.period_no, count(*) as records,
        sum(f.numerator)::int as numerator, sum(f.denominator)::int as denominator,
        coalesce(sum(f.numerator) filter (where f.recorded_on <= d.late_after), 0)::int as in_time,
        count(*) filter (where f.recorded_on <= d.late_after and f.denominator > 0) as in_time_records
      from facts f join due d using (subject_kind, subject_no, organization_no, period_no)
      group by 1, 2, 3, 4),
    judged as (
      select d.subject_kind, d.subject_no, d.organization_no, d.period_no, d.year, d.due_on, d.late_after,
        (${judged(requirement)})::smallint as status, coalesce(a.numerator, 0) as numerator,
        ${fixed === undefined ? sql`coalesce(a.denominator, 0)` : sql`${fixed}::int`} as denominator
      from due d left join summed a using (subject_kind, subject_no, organization_no, period_no))`
}
