import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { addDays, type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { declareWorkItems, type WorkItem } from '../../../kernel/work-items/registry.ts'
import { declareWaiting } from '../../rulebook/index.ts'
import { matchingTasks, overdueTask, readableTasks, toDecideExtension, toDo, toVerifyTask } from './task-scope.queries.ts'

const kind = 'supervision.tasks'
/** More own tasks than this are summed up. */
const mostOwn = 5
const soonDays = 7

interface OwnTask {
  readonly id: string
  readonly title: string
  readonly dueOn: CivilDate
  readonly overdueDays: number
  readonly total: number
}

const heap = (
  id: string,
  said: { title: string; detail: string; count: number; link: string; tone: WorkItem['tone'] },
): WorkItem => ({
  ...said,
  id: `${kind}.${id}`,
  kind,
  due: null,
})

/** Tasks that the reader is to do, one by one, the most pressing first. */
async function ownItems(read: Read, actor: Actor, today: CivilDate): Promise<WorkItem[]> {
  const { rows } =
    await sql<OwnTask>`select t.id, t.title, t.due_on + t.waited_days as "dueOn", ${overdueTask(today)} as "overdueDays",
      (count(*) over ())::int as total
    from supervision.tasks t where ${readableTasks(actor)} and ${toDo(actor)} order by t.due_on + t.waited_days, t.no limit ${mostOwn}`.execute(
      reading<'supervision' | 'directory'>(read),
    )
  const items = rows.map((row): WorkItem => {
    const due = `完成时限${inChinese(row.dueOn)}`
    return {
      id: `${kind}.${row.id}`,
      kind,
      title: `任务：${row.title}`,
      detail: due,
      due: row.dueOn,
      tone: row.overdueDays > 0 ? 'short' : row.dueOn <= addDays(today, soonDays) ? 'soon' : 'info',
      link: `/tasks/${row.id}`,
    }
  })
  const rest = (rows[0]?.total ?? 0) - rows.length
  if (rest <= 0) return items
  const more = {
    title: `还有 ${rest} 项任务等您办理`,
    detail: '',
    count: rest,
    link: '/tasks?mine=to_act',
    tone: 'soon',
  } as const
  return [...items, heap('more', more)]
}

interface Following {
  readonly verify: number
  readonly extensions: number
  readonly overdue: number
}

/** What those who gave tasks have before them: reported to verify, extensions to decide, overdue below. */
async function followingItems(read: Read, actor: Actor, today: CivilDate): Promise<WorkItem[]> {
  if (organizationsFor(actor, 'supervision.task.verify').length === 0) return []
  const { rows } = await sql<Following>`select count(*) filter (where ${toVerifyTask(actor)})::int as verify,
      count(*) filter (where ${toDecideExtension(actor)})::int as extensions,
      count(*) filter (where ${overdueTask(today)} > 0 and not ${toDo(actor)})::int as overdue
    from supervision.tasks t where ${matchingTasks({}, { actor, today })} and t.state not in ('closed', 'cancelled')`.execute(
    reading<'supervision' | 'directory'>(read),
  )
  const { verify, extensions, overdue } = rows[0] ?? { verify: 0, extensions: 0, overdue: 0 }
  const items = [
    heap('extensions', {
      title: `${extensions} 项任务申请延期`,
      detail: '请写明理由同意或不同意；决定之前下面停表',
      count: extensions,
      link: '/tasks?state=extension_asked&mine=to_act',
      tone: 'soon',
    }),
    heap('verify', {
      title: `${verify} 项任务待核验`,
      detail: '已报告办理结果，请核验办结或退回',
      count: verify,
      link: '/tasks?state=reported&mine=to_act',
      tone: 'soon',
    }),
    heap('overdue', {
      title: `${overdue} 项任务超期`,
      detail: '等上级的天数没有计入',
      count: overdue,
      link: '/tasks?overdue=yes',
      tone: 'short',
    }),
  ]
  return items.filter((item) => (item.count ?? 0) > 0)
}

declareWorkItems({
  kind,
  list: async (read, actor, today) => [...(await ownItems(read, actor, today)), ...(await followingItems(read, actor, today))],
})

declareWaiting(
  'task',
  sql`select t.organization_no, t.title, t.waiting_for as waits_on, t.waiting_since as since, t.id
    from supervision.tasks t where t.waiting_since is not null`,
)
