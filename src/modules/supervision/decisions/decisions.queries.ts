import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { Asking } from '../cases/case-scope.queries.ts'
import { overdueTask, readableTasks } from '../tasks/task-scope.queries.ts'
import type { DecisionLine } from './decisions.contract.ts'
import type { DecisionState } from './decisions.lifecycle.ts'

/** One page of a list. */
export interface DecisionsAsked {
  readonly under?: string | undefined
  readonly state?: DecisionState | undefined
  readonly overdue?: 'yes' | undefined
  readonly bare?: 'yes' | undefined
  readonly text?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

type Condition = RawBuilder<boolean>

/** Decisions, as `d`, recorded where the reader's roles reach, and those of which the reader has a task. */
export function readableDecisions(actor: Actor): Condition {
  const tops = organizationsFor(actor, 'supervision.task.read')
  return sql<boolean>`(exists (select 1 from directory.organization_ancestry s where s.organization_no = d.organization_no
      and s.ancestor_no = any (${`{${tops.join(',')}}`}::bigint[]) and upper_inf(s.valid))
    or exists (select 1 from supervision.tasks t where t.decision_no = d.no and ${readableTasks(actor)}))`
}

export interface DecisionRow extends Omit<DecisionLine, 'progress'> {
  readonly no: number
  readonly revision: number
  readonly organizationNo: number
  readonly matters: number
  readonly bare: number
  readonly tasks: number
  readonly closed: number
  readonly overdue: number
}

/** Columns of a line, from a decision `d`, its tasks counted as far as the reader sees them. */
export const decisionColumns = sql`d.no, d.id, d.revision, d.organization_no as "organizationNo", d.document_number as "documentNumber", d.title, d.issuer,
  d.issued_on as "issuedOn", d.state, json_build_object('id', o.id, 'name', o.name) as organization, p.matters, p.bare,
  p.next as "nextDue", k.tasks, k.closed, k.overdue`

export const decisionTables = (today: CivilDate) => sql`supervision.decisions d
  join directory.organizations_now o on o.no = d.organization_no
  cross join lateral (select count(*)::int as matters, count(*) filter (where not q.busy)::int as bare, min(q.due_on) filter (where not q.done) as next
    from (select g.due_on, exists (select 1 from supervision.tasks t where t.matter_no = g.no and t.state <> 'cancelled') as busy,
        exists (select 1 from supervision.tasks t where t.matter_no = g.no and t.state = 'closed')
          and not exists (select 1 from supervision.tasks t where t.matter_no = g.no and t.state not in ('closed', 'cancelled')) as done
      from supervision.decision_matters g where g.decision_no = d.no and not g.dropped) q) p
  cross join lateral (select count(*)::int as tasks, count(*) filter (where t.state = 'closed')::int as closed,
      count(*) filter (where ${overdueTask(today)} > 0)::int as overdue
    from supervision.tasks t where t.decision_no = d.no and t.state <> 'cancelled') k`

export const decisionLineOf = (row: DecisionRow): DecisionLine => {
  const { no: _no, revision: _revision, organizationNo: _organizationNo, matters, bare, tasks, closed, overdue, ...line } = row
  return { ...line, progress: { matters, bare, tasks, closed, overdue } }
}

const contains = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

function matching(asked: Omit<DecisionsAsked, 'after' | 'limit'>, { actor }: Asking): Condition {
  const conditions = [readableDecisions(actor)]
  if (asked.under)
    conditions.push(sql<boolean>`exists (select 1 from directory.organization_ancestry u join directory.organizations top on top.no = u.ancestor_no
      where top.id = ${asked.under} and upper_inf(u.valid) and (u.organization_no = d.organization_no
        or u.organization_no in (select t.organization_no from supervision.tasks t where t.decision_no = d.no)))`)
  if (asked.state) conditions.push(sql<boolean>`d.state = ${asked.state}`)
  if (asked.overdue) conditions.push(sql<boolean>`k.overdue > 0`)
  if (asked.bare) conditions.push(sql<boolean>`p.bare > 0 and d.state = 'recorded'`)
  if (asked.text)
    conditions.push(
      sql<boolean>`(d.title like ${contains(asked.text)} or d.document_number like ${contains(asked.text)} or d.issuer like ${contains(asked.text)})`,
    )
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

const cursorOf = (row: DecisionRow) => Buffer.from(`${row.no} ${row.issuedOn}`).toString('base64url')

function past(cursor: string | undefined): Condition {
  if (cursor === undefined) return sql<boolean>`true`
  const [, no, day] = /^(\d{1,18}) (\d{4}-\d\d-\d\d)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (!no || !day)
    throw new Problem('kernel.invalid_input', { errors: [{ field: 'after', message: '翻页位置已失效，请从第一页重新查看。' }] })
  return sql<boolean>`(d.issued_on, d.no) < (${day}::date, ${no}::bigint)`
}

/** One page of the decisions that the reader may see, the latest first. */
export async function decisionsAsked(
  read: Read,
  asked: DecisionsAsked,
  asking: Asking,
): Promise<{ items: DecisionLine[]; next: string | null; total?: number }> {
  const db = reading<'supervision' | 'directory'>(read)
  const tables = decisionTables(asking.today)
  const { rows } =
    await sql<DecisionRow>`select ${decisionColumns} from ${tables} where ${matching(asked, asking)} and ${past(asked.after)}
    order by d.issued_on desc, d.no desc limit ${asked.limit + 1}`.execute(db)
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  const total = async () =>
    (await sql<{ total: number }>`select count(*)::int as total from ${tables} where ${matching(asked, asking)}`.execute(db))
      .rows[0]?.total ?? 0
  return {
    items: page.map(decisionLineOf),
    next: rows.length > asked.limit && last ? cursorOf(last) : null,
    ...(asked.after === undefined && { total: await total() }),
  }
}
