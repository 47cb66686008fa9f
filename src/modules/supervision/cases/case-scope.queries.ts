import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { CaseState } from './cases.lifecycle.ts'

/** What a list of cases can be narrowed by. */
export interface CaseFilters {
  readonly under?: string | undefined
  readonly state?: CaseState | undefined
  readonly overdue?: 'yes' | undefined
  readonly waiting?: 'yes' | undefined
  readonly mine?: 'to_act' | undefined
  readonly settled?: 'yes' | undefined
  readonly text?: string | undefined
}

export interface Asking {
  readonly actor: Actor
  readonly today: CivilDate
}

type Condition = RawBuilder<boolean>
const no = sql<boolean>`false`
const all = (conditions: readonly Condition[]) => sql<boolean>`(${sql.join(conditions, sql` and `)})`
const any = (conditions: readonly Condition[]) => sql<boolean>`(${sql.join(conditions, sql` or `)})`

const under = (tops: readonly number[]): Condition =>
  tops.length === 0
    ? no
    : sql<boolean>`exists (select 1 from directory.organization_ancestry s where s.organization_no = c.organization_no
        and s.ancestor_no = any (${`{${tops.join(',')}}`}::bigint[]) and upper_inf(s.valid))`

const over = (actor: Actor, verb: string) => under(organizationsFor(actor, `supervision.case.${verb}`))
const owns = ({ personNo }: Actor): Condition => (personNo === null ? no : sql<boolean>`c.owner_no = ${personNo}`)

/** Cases, as `c`, of the organizations that the reader's roles reach, and the reader's own. */
export function readable(actor: Actor): Condition {
  return any([over(actor, 'read'), owns(actor)])
}

/** Days past due of a case `c` while it lies with whoever is to act; waiting above stops the clock. The same as `overdueDays`. */
export function overdueBy(today: CivilDate): RawBuilder<number> {
  return sql<number>`case when c.state in ('reminded', 'supervised') and c.due_on is not null then
    greatest(0, ${today}::date - (c.due_on + c.waited_days + coalesce(greatest(0, ${today}::date - c.waiting_since), 0))) else 0 end`
}

/** Whoever answers: the owner, or who keeps the organization itself; those above watch. */
export function toReport(actor: Actor): Condition {
  const kept = organizationsFor(actor, 'supervision.case.answer')
  const keeps = kept.length === 0 ? no : sql<boolean>`c.organization_no = any (${`{${kept.join(',')}}`}::bigint[])`
  return sql<boolean>`(c.state in ('reminded', 'supervised') and c.waiting_since is null and ${any([owns(actor), keeps])})`
}

export function toDecide(actor: Actor): Condition {
  return sql<boolean>`(c.state = 'proposed' and ${over(actor, 'remind')})`
}

export function toVerify(actor: Actor): Condition {
  return sql<boolean>`(c.state = 'reported' and ${over(actor, 'verify')} and c.owner_no is distinct from ${actor.personNo}::bigint
    and c.reported_by is distinct from ${actor.accountNo}::bigint)`
}

/** What waits above waits on those who follow up. */
export function toUnblock(actor: Actor): Condition {
  return sql<boolean>`(c.waiting_since is not null and ${over(actor, 'supervise')})`
}

const contains = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** The condition on cases `c` for a list, an export, a funnel. */
export function matching(filters: CaseFilters, { actor, today }: Asking): Condition {
  const conditions = [readable(actor)]
  if (filters.under) {
    conditions.push(sql<boolean>`exists (select 1 from directory.organization_ancestry u join directory.organizations top on top.no = u.ancestor_no
      where u.organization_no = c.organization_no and top.id = ${filters.under} and upper_inf(u.valid))`)
  }
  if (filters.state) conditions.push(sql<boolean>`c.state = ${filters.state}`)
  if (filters.overdue) conditions.push(sql<boolean>`${overdueBy(today)} > 0`)
  if (filters.waiting) conditions.push(sql<boolean>`c.waiting_since is not null`)
  if (filters.mine) conditions.push(any([toDecide(actor), toVerify(actor), toReport(actor), toUnblock(actor)]))
  if (filters.settled)
    conditions.push(sql<boolean>`c.source = 'obligation' and coalesce((${obligationStatusOf}), 1) not in (3, 4)`)
  if (filters.text)
    conditions.push(sql<boolean>`(c.title like ${contains(filters.text)} or c.number like ${contains(filters.text)})`)
  return all(conditions)
}

/** How the obligation behind a case `c` stands now, as stored; null when it is no longer due at all. */
export const obligationStatusOf = sql`select b.status from rulebook.obligations b join rulebook.periods q on q.no = c.period_no
  where b.year = q.year and b.organization_no = c.organization_no and b.period_no = c.period_no and b.requirement_no = c.requirement_no
    and b.subject_kind = c.subject_kind and b.subject_no = c.subject_no`
