import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { Asking } from '../cases/case-scope.queries.ts'
import type { TaskState } from './tasks.lifecycle.ts'

/** What a list of tasks can be narrowed by. */
export interface TaskFilters {
  readonly under?: string | undefined
  readonly state?: TaskState | undefined
  readonly owner?: string | undefined
  readonly overdue?: 'yes' | undefined
  readonly mine?: 'to_act' | undefined
  readonly decision?: string | undefined
  readonly text?: string | undefined
}

type Condition = RawBuilder<boolean>
const no = sql<boolean>`false`
const all = (conditions: readonly Condition[]) => sql<boolean>`(${sql.join(conditions, sql` and `)})`
const any = (conditions: readonly Condition[]) => sql<boolean>`(${sql.join(conditions, sql` or `)})`

/** The organization in a column stands under one over which the reader holds a permission. */
function over(actor: Actor, verb: string, column: 'organization_no' | 'given_by_no'): Condition {
  const tops = organizationsFor(actor, `supervision.task.${verb}`)
  if (tops.length === 0) return no
  return sql<boolean>`exists (select 1 from directory.organization_ancestry s where s.organization_no = t.${sql.ref(column)}
    and s.ancestor_no = any (${`{${tops.join(',')}}`}::bigint[]) and upper_inf(s.valid))`
}

const owns = ({ personNo }: Actor): Condition => (personNo === null ? no : sql<boolean>`t.owner_no = ${personNo}`)

/** Tasks, as `t`, of the organizations that the reader's roles reach, and the reader's own. */
export function readableTasks(actor: Actor): Condition {
  return any([over(actor, 'read', 'organization_no'), owns(actor)])
}

/** Days past due of a task `t` while it lies with whoever is to act. The same as `overdueDays`. */
export function overdueTask(today: CivilDate): RawBuilder<number> {
  return sql<number>`case when t.state in ('assigned', 'extension_asked', 'waiting') then
    greatest(0, ${today}::date - (t.due_on + t.waited_days + coalesce(greatest(0, ${today}::date - t.waiting_since), 0))) else 0 end`
}

/** Whoever is to act: the owner, or who keeps the organization itself; those above watch. */
export function toDo(actor: Actor): Condition {
  const kept = organizationsFor(actor, 'supervision.task.answer')
  const keeps = kept.length === 0 ? no : sql<boolean>`t.organization_no = any (${`{${kept.join(',')}}`}::bigint[])`
  return sql<boolean>`(t.state = 'assigned' and ${any([owns(actor), keeps])})`
}

export function toVerifyTask(actor: Actor): Condition {
  return sql<boolean>`(t.state = 'reported' and ${over(actor, 'verify', 'given_by_no')} and t.owner_no is distinct from ${actor.personNo}::bigint
    and t.reported_by is distinct from ${actor.accountNo}::bigint)`
}

export function toDecideExtension(actor: Actor): Condition {
  return sql<boolean>`(t.state = 'extension_asked' and ${over(actor, 'grant_extension', 'given_by_no')})`
}

/** What waits above waits on those who gave it. */
export function toUnblock(actor: Actor): Condition {
  return sql<boolean>`(t.state = 'waiting' and ${over(actor, 'change', 'given_by_no')})`
}

export function underOrganization(id: string): Condition {
  return sql<boolean>`exists (select 1 from directory.organization_ancestry u join directory.organizations top on top.no = u.ancestor_no
    where u.organization_no = t.organization_no and top.id = ${id} and upper_inf(u.valid))`
}

export const ofDecision = (id: string): Condition =>
  sql<boolean>`t.decision_no = (select d.no from supervision.decisions d where d.id = ${id})`

const contains = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** The condition on tasks `t` for a list, an export, a count. */
export function matchingTasks(filters: TaskFilters, { actor, today }: Asking): Condition {
  const conditions = [readableTasks(actor)]
  const { under, state, owner, overdue, mine, decision, text } = filters
  if (under) conditions.push(underOrganization(under))
  if (state) conditions.push(sql<boolean>`t.state = ${state}`)
  if (owner) conditions.push(sql<boolean>`t.owner_no = (select p.no from directory.persons p where p.id = ${owner})`)
  if (overdue) conditions.push(sql<boolean>`${overdueTask(today)} > 0`)
  if (mine) conditions.push(any([toDo(actor), toVerifyTask(actor), toDecideExtension(actor), toUnblock(actor)]))
  if (decision) conditions.push(ofDecision(decision))
  if (text) conditions.push(sql<boolean>`(t.title like ${contains(text)} or t.criterion like ${contains(text)})`)
  return all(conditions)
}
