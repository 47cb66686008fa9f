import type { Read } from '../../../kernel/database/handles.ts'
import type { OutSheet } from '../../../kernel/files/workbook-writer.ts'
import type { Asking } from '../cases/case-scope.queries.ts'
import type { TaskLine } from './tasks.contract.ts'
import { taskStates } from './tasks.lifecycle.ts'
import { type TasksAsked, tasksAsked } from './tasks.queries.ts'

/** A list longer than this is to be narrowed first. */
const most = 20_000
const atATime = 500

const columns = [
  { title: '任务', width: 48 },
  { title: '单位', width: 24 },
  { title: '承办单位', width: 28 },
  { title: '责任人', width: 10 },
  { title: '完成时限', width: 12 },
  { title: '完成标准', width: 48 },
  { title: '状态', width: 10 },
  { title: '超期天数', width: 10, format: 'integer' },
  { title: '关联记录', width: 10, format: 'integer' },
  { title: '最近一条', width: 12 },
  { title: '下级任务', width: 10, format: 'integer' },
  { title: '下级已办结', width: 10, format: 'integer' },
  { title: '出自部署', width: 20 },
  { title: '交办日期', width: 12 },
] as const

const cells = (line: TaskLine) => [
  line.title,
  line.unit?.name ?? null,
  line.organization.name,
  line.owner.name,
  line.dueOn,
  line.criterion,
  taskStates[line.state],
  line.overdueDays,
  line.records,
  line.lastRecordOn,
  line.parts.total,
  line.parts.closed,
  line.decision?.documentNumber ?? null,
  line.givenOn,
]

/** The asked tasks as a sheet, up to 20,000 lines. */
export async function taskSheet(read: Read, asked: Omit<TasksAsked, 'after' | 'limit'>, asking: Asking): Promise<OutSheet> {
  const lines: TaskLine[] = []
  let after: string | undefined
  do {
    const page = await tasksAsked(read, { ...asked, after, limit: atATime }, asking)
    lines.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined && lines.length < most)
  return { name: '任务', columns, rows: lines.map(cells) }
}
