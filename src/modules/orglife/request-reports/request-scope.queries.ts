import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { RequestKind } from './request-reports.contract.ts'
import type { RequestState } from './request-reports.lifecycle.ts'

type Condition = RawBuilder<boolean>

/** Who reads, and on which day. */
export interface Asking {
  readonly actor: Actor
  readonly today: CivilDate
}

/** True where the reader holds a permission over an organization, by today's tree. */
export function holdsOver(actor: Actor, permission: string, organization: RawBuilder<unknown>): Condition {
  const tops = organizationsFor(actor, permission)
  return sql<boolean>`exists (select 1 from directory.organization_ancestry s where s.organization_no = ${organization}
    and s.ancestor_no = any (${`{${tops.join(',')}}`}::bigint[]) and upper_inf(s.valid))`
}

/** Papers, as `r`: what was sent, of whoever is below, with whom it lies, or who got a copy; drafts are the sender's alone; what a member asks has pages of its own. */
export const readableRequests = (actor: Actor): Condition => sql<boolean>`not r.by_member and (
  r.state <> 'drafted' and (${holdsOver(actor, 'orglife.request_report.read', sql`r.organization_no`)}
    or ${holdsOver(actor, 'orglife.request_report.read', sql`r.at_no`)}
    or exists (select 1 from orglife.request_copies c where c.request_no = r.no
      and ${holdsOver(actor, 'orglife.request_report.read', sql`c.organization_no`)}))
  or ${holdsOver(actor, 'orglife.request_report.draft', sql`r.organization_no`)})`

/** The clock that runs where `r` lies now, as `s`: one row or none. */
export const runningClock = sql`left join lateral (select coalesce(t.told_until, t.due_on) as due_on from orglife.request_stations t
  where t.request_no = r.no and t.done_on is null and t.due_on is not null and r.state in ('sent', 'received', 'passed')
  order by t.position desc limit 1) s on true`

/** Days past a day; 0 when it is not past. */
export const daysPast = (day: RawBuilder<unknown>, today: CivilDate) =>
  sql<number>`greatest(coalesce(${today}::date - ${day}, 0), 0)`
export const followOwed = sql`case when r.state = 'answered' then r.follow_due_on end`

export interface RequestsAsked {
  readonly kind?: RequestKind | undefined
  readonly state?: RequestState | undefined
  readonly under?: string | undefined
  readonly overdue?: 'yes' | undefined
  readonly text?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

export function matchingRequests(asked: Partial<RequestsAsked>, { actor, today }: Asking): Condition {
  const conditions = [readableRequests(actor)]
  if (asked.kind) conditions.push(sql<boolean>`r.kind = ${asked.kind}`)
  if (asked.state) conditions.push(sql<boolean>`r.state = ${asked.state}`)
  if (asked.under)
    conditions.push(sql<boolean>`exists (select 1 from directory.organization_ancestry u join directory.organizations top on top.no = u.ancestor_no
      where u.organization_no = r.organization_no and top.id = ${asked.under} and upper_inf(u.valid))`)
  if (asked.overdue) conditions.push(sql<boolean>`(s.due_on < ${today}::date or ${followOwed} < ${today}::date)`)
  if (asked.text) conditions.push(sql<boolean>`strpos(r.title, ${asked.text}) > 0`)
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}
