import { type RawBuilder, sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { ownerNames } from '../cases/case-names.queries.ts'
import type { Asking } from '../cases/case-scope.queries.ts'
import { matchingTasks, overdueTask, type TaskFilters } from './task-scope.queries.ts'
import type { TaskLine } from './tasks.contract.ts'

const orders = {
  dueOn: { key: sql`t.due_on`, cast: 'date', descending: false },
  '-dueOn': { key: sql`t.due_on`, cast: 'date', descending: true },
  '-givenOn': { key: sql`t.given_on`, cast: 'date', descending: true },
} as const
type TaskSort = keyof typeof orders

/** One page of a list. */
export interface TasksAsked extends TaskFilters {
  readonly sort: TaskSort
  readonly after?: string | undefined
  readonly limit: number
}

/** A task as the list shows it, with what finds its names. */
export interface TaskRow extends Omit<TaskLine, 'owner'> {
  readonly no: number
  readonly key: string
  readonly ownerNo: number
}

/** Columns of a list's line, from a task `t`. */
export const taskColumns = (
  today: CivilDate,
) => sql`t.no, t.id, t.title, t.state, t.owner_no as "ownerNo", t.due_on as "dueOn", t.criterion, ${overdueTask(today)} as "overdueDays",
  t.given_on as "givenOn", json_build_object('id', o.id, 'name', o.name) as organization,
  case when u.id is null then null else json_build_object('id', u.id, 'name', u.name) end as unit,
  e.records, e.last as "lastRecordOn", json_build_object('total', c.total, 'closed', c.closed) as parts,
  (select json_build_object('id', d.id, 'documentNumber', d.document_number) from supervision.decisions d where d.no = t.decision_no) as decision`

export const taskTables = sql`supervision.tasks t
  join directory.organizations_now o on o.no = t.organization_no
  left join lateral (select n.id, n.name from directory.organization_ancestry a join directory.organizations_now n on n.no = a.ancestor_no
    where a.organization_no = t.organization_no and upper_inf(a.valid) and n.kind = 'unit' order by a.depth limit 1) u on true
  cross join lateral (select count(*)::int as records, max(v.linked_on) as last from supervision.task_evidence v
    where v.task_no = t.no and v.unlinked_at is null) e
  cross join lateral (select count(*)::int as total, count(*) filter (where p.state = 'closed')::int as closed
    from supervision.tasks p where p.parent_no = t.no and p.state <> 'cancelled') c`

const nobody = { id: '', name: '－' }

/** Lines as the interface shows them, owners named. */
export async function taskLines(read: Read, rows: readonly TaskRow[]): Promise<TaskLine[]> {
  const names = await ownerNames(
    read,
    rows.map((row) => row.ownerNo),
  )
  return rows.map(({ no: _no, key: _key, ownerNo, ...line }) => ({ ...line, owner: names.get(ownerNo) ?? nobody }))
}

const cursorOf = (row: TaskRow) => Buffer.from(`${row.no} ${row.key}`).toString('base64url')

function past(cursor: string | undefined, order: (typeof orders)[TaskSort]): RawBuilder<boolean> {
  if (cursor === undefined) return sql<boolean>`true`
  const [, no, key] = /^(\d{1,18}) (\d{4}-\d\d-\d\d)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (!no || !key)
    throw new Problem('kernel.invalid_input', { errors: [{ field: 'after', message: '翻页位置已失效，请从第一页重新查看。' }] })
  const place = sql`(${key}::${sql.raw(order.cast)}, ${no}::bigint)`
  return order.descending ? sql<boolean>`(${order.key}, t.no) < ${place}` : sql<boolean>`(${order.key}, t.no) > ${place}`
}

/** One page of the tasks that the reader may see; the first page says how many there are in all. */
export async function tasksAsked(
  read: Read,
  asked: TasksAsked,
  asking: Asking,
): Promise<{ items: TaskLine[]; next: string | null; total?: number }> {
  const order = orders[asked.sort]
  const direction = order.descending ? sql`desc` : sql`asc`
  const db = reading<'supervision' | 'directory'>(read)
  const { rows } = await sql<TaskRow>`select ${taskColumns(asking.today)}, ${order.key}::text as key from ${taskTables}
    where ${matchingTasks(asked, asking)} and ${past(asked.after, order)}
    order by ${order.key} ${direction}, t.no ${direction} limit ${asked.limit + 1}`.execute(db)
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  const total = async () =>
    (
      await sql<{
        total: number
      }>`select count(*)::int as total from supervision.tasks t where ${matchingTasks(asked, asking)}`.execute(db)
    ).rows[0]?.total ?? 0
  return {
    items: await taskLines(read, page),
    next: rows.length > asked.limit && last ? cursorOf(last) : null,
    ...(asked.after === undefined && { total: await total() }),
  }
}
