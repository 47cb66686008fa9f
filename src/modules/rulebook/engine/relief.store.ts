import { type RawBuilder, sql } from 'kysely'
import { keptPlan } from '../../../kernel/database/kept-plans.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'

/** What of a requirement bears on who is relieved of it. */
interface Relievable {
  readonly code: string
  readonly subject: { readonly exempt: readonly string[] }
}

const texts = (list: readonly string[]) => sql`${[...list]}::text[]`
const numbers = (list: readonly number[]) => sql`${`{${list.join(',')}}`}::bigint[]`

/**
 * Whether a decision relieves `holder` in the period `p`, by the period's last day: for the requirement that it names, for those that list
 * its ground, and, where it rests on no listed ground (`other`), for all that it was decided for.
 */
export function exemptByDecision(
  { code, subject }: Relievable,
  kind: 'o' | 'p',
  holder: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`exists (select 1 from rulebook.exemptions x where x.subject_kind = ${kind} and x.subject_no = ${holder}
    and (x.requirement_code = ${code} or x.requirement_code is null and (x.ground = 'other' or x.ground = any (${texts(subject.exempt)})))
    and x.valid @> p.ends and (x.revoked_from is null or p.ends < x.revoked_from))`
}

/**
 * For measures that count people or organizations within a duty of somebody else: whether a decision relieves the one counted, on the
 * last day of the stretch `d`, of the requirement called `code` or of all that is asked.
 */
export function exemptFrom(code: string, kind: 'o' | 'p', counted: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`exists (select 1 from rulebook.exemptions x where x.subject_kind = ${kind} and x.subject_no = ${counted}
    and (x.requirement_code is null or x.requirement_code = ${code}) and x.valid @> d.ends and (x.revoked_from is null or d.ends < x.revoked_from))`
}

/**
 * What was granted to single obligations: the latest day, the days that did not count, and whether the clock stands now. A stop that
 * began after the last day bears on nothing. Small, and
 * grouped before the join, so that millions of obligations cost one hash join.
 */
const granted = (
  where: RawBuilder<unknown>,
) => sql`select g.requirement_code, g.subject_kind, g.subject_no, g.organization_no, g.period_no,
    max(g.until) as until, coalesce(sum(g.ended_on - g.stopped_from) filter (where not g.begun_late), 0)::int as days,
    coalesce(bool_or(g.kind = 'clock_stop' and g.state = 'granted' and not g.begun_late), false) as running
  from rulebook.reliefs g where g.state in ('granted', 'ended') and ${where} group by 1, 2, 3, 4, 5`

/** Left-joins to the relation `d` what was granted to its obligations, as `v`. */
export function reliefJoin(code: string): RawBuilder<unknown> {
  return sql`left join (${granted(sql`g.requirement_code = ${code}`)}) v
    on v.subject_kind = d.subject_kind and v.subject_no = d.subject_no and v.organization_no = d.organization_no and v.period_no = d.period_no`
}

/** The last day of `d` after `v`; days while the clock still stands are added when it goes again. */
const movedDue = sql`greatest(d.due_on, v.until) + coalesce(v.days, 0)`
/** While the clock stands nothing is late. */
const standing = (day: RawBuilder<unknown>) => sql`case when v.running then greatest(${day}, d.as_of) else ${day} end`

/** Columns over `d` joined with `v`: when it is due, after when late, and until when what is held counts. */
export const movedDays = {
  dueOn: movedDue,
  lateAfter: standing(sql`${movedDue} + (d.late_after - d.due_on)`),
  heldUntil: sql`case when v.period_no is null then d.ends else ${standing(sql`greatest(d.ends, v.until) + coalesce(v.days, 0)`)} end`,
}

/** The day from which a period is looked at: a month from its beginning, since what is asked once or after an event is due within it. */
const lookedAtFrom = sql`case p.cadence when 'month' then p.starts else p.ends end`

/**
 * The first day from which periods must be looked at for facts from `from` on: what is held in a day that was granted bears on a
 * period that is over. Organizations null means all.
 */
export async function reachBack(
  read: Read,
  asked: { organizations: readonly number[] | null; from: CivilDate },
): Promise<CivilDate> {
  const near = asked.organizations === null ? sql`true` : sql`g.organization_no = any (${numbers(asked.organizations)})`
  const { rows } = await sql<{
    first: CivilDate | null
  }>`${keptPlan}select least(min(${lookedAtFrom}), ${asked.from}::date)::text as first
    from (${granted(near)}) v join rulebook.periods p on p.no = v.period_no
    where p.ends < ${asked.from}::date and (v.running or greatest(p.ends, v.until) + v.days >= ${asked.from}::date)`.execute(
    reading<'rulebook'>(read),
  )
  return rows[0]?.first ?? asked.from
}

/** Where a granted last day went by in [after, today): the organization with the days of its periods. */
export async function grantedDaysPassed(
  read: Read,
  asked: { after: CivilDate; today: CivilDate },
): Promise<{ organizationNo: number; from: CivilDate; to: CivilDate }[]> {
  // What is asked once or after an event is due on any day of its month: then each of the days is looked at.
  const within = sql`r.cadence in ('once', 'event')`
  const last = sql`greatest(p.ends + r.due_offset_days, v.until) + v.days + r.grace_days`
  const first = sql`greatest(case when ${within} then p.starts else p.ends end + r.due_offset_days, v.until) + v.days + r.grace_days`
  const { rows } = await sql<{ organizationNo: number; from: CivilDate; to: CivilDate }>`
    select v.organization_no as "organizationNo", min(${lookedAtFrom})::text as from, max(p.ends)::text as to
    from (${granted(sql`true`)}) v join rulebook.periods p on p.no = v.period_no
    join rulebook.requirements r on r.code = v.requirement_code and r.enabled and (${within} or r.valid @> p.starts)
    where not v.running and ${last} >= ${asked.after}::date and ${first} < ${asked.today}::date
    group by 1 order by 1`.execute(reading<'rulebook'>(read))
  return rows
}

/** Organizations whose duties of a period that begins after `after` are relieved from its first day: nothing else would touch them then. */
export async function relievedAtBeginning(read: Read, after: CivilDate, upTo: CivilDate): Promise<number[]> {
  const { rows } = await sql<{ no: number }>`
    with begun as (select 1 from rulebook.periods p where p.starts > ${after}::date and p.starts <= ${upTo}::date limit 1),
    held as (
      select x.organization_no as no, x.subject_kind, x.subject_no from rulebook.exemptions x
      where x.valid && daterange(${after}::date, null) and (x.revoked_from is null or x.revoked_from > ${after}::date))
    select h.no from held h, begun
    union select t.organization_no from held h join directory.posts t on h.subject_kind = 'p' and t.person_no = h.subject_no, begun
    union select o.no from directory.organizations o, begun where o.dissolved_on is null and (o.kind = 'temporary_branch'
      or o.kind in ('branch', 'joint_branch', 'group', 'general_branch', 'party_committee') and not exists (
        select 1 from directory.memberships m where m.organization_no = o.no and m.standing = 'full' and upper_inf(m.valid)))`.execute(
    reading<'rulebook' | 'directory'>(read),
  )
  return rows.map((row) => row.no)
}

/** The first day of the earliest period with an obligation that a granted day or a standing clock keeps open on `asOf`; null for none. */
export async function openSince(read: Read, asOf: CivilDate): Promise<CivilDate | null> {
  const { rows } = await sql<{ first: CivilDate | null }>`select min(p.starts)::text as first
    from (${granted(sql`true`)}) v join rulebook.periods p on p.no = v.period_no
    where v.running or greatest(p.ends, v.until) + v.days + 92 >= ${asOf}::date`.execute(reading<'rulebook'>(read))
  return rows[0]?.first ?? null
}
