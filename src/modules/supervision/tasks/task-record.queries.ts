import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { ownerNames } from '../cases/case-names.queries.ts'
import { type LinkKind, linkKinds, type TaskPage } from './tasks.contract.ts'
import { taskActions } from './tasks.lifecycle.ts'

const places: Readonly<Record<LinkKind, ((id: string) => string) | null>> = {
  meeting: (id) => `/meetings/${id}`,
  work_record: (id) => `/work-records/${id}`,
  file: (id) => `/api/v1/files/${id}`,
  paper: null,
}

/** What is linked to a task now, the latest last. */
export async function taskEvidence(read: Read, taskNo: number): Promise<TaskPage['evidence']> {
  const { rows } = await sql<{
    id: string
    kind: LinkKind
    reference: string | null
    title: string
    said: string | null
    on: string
    by: string | null
  }>`select v.id, v.kind, v.reference, v.title, v.said, v.linked_on as "on", directory.account_name(v.linked_by) as by
    from supervision.task_evidence v where v.task_no = ${taskNo} and v.unlinked_at is null order by v.no`.execute(
    reading<'supervision'>(read),
  )
  return rows.map(({ reference, ...row }) => ({
    ...row,
    kindName: linkKinds[row.kind],
    link: reference === null ? null : (places[row.kind]?.(reference) ?? null),
    by: row.by ?? '系统',
  }))
}

/** What was made of a task. */
export async function taskChildren(read: Read, taskNo: number): Promise<TaskPage['children']> {
  const { rows } = await sql<Omit<TaskPage['children'][number], 'owner'> & { ownerNo: number }>`select t.id, t.title, t.state,
      o.name as organization, t.owner_no as "ownerNo", t.due_on as "dueOn"
    from supervision.tasks t join directory.organizations_now o on o.no = t.organization_no
    where t.parent_no = ${taskNo} order by t.due_on, t.no`.execute(reading<'supervision' | 'directory'>(read))
  const names = await ownerNames(
    read,
    rows.map((row) => row.ownerNo),
  )
  return rows.map(({ ownerNo, ...row }) => ({ ...row, owner: names.get(ownerNo)?.name ?? '' }))
}

interface StepRow {
  readonly action: string
  readonly by: string | null
  readonly at: Date
  readonly reason: string | null
  readonly body: Readonly<Record<string, unknown>>
}
type Names = ReadonlyMap<number, { name: string }>

const stepNames: Readonly<Record<string, string>> = {
  ...taskActions,
  give: '交办',
  hand_over: '移交承接组织',
  escalate: '逐级提醒',
}

/** How each value of a step is shown; what is not named here is not shown. */
const shown: Readonly<Record<string, { label: string; text?: (value: unknown, names: Names) => string }>> = {
  ownerNo: { label: '责任人', text: (no, names) => names.get(Number(no))?.name ?? '' },
  dueOn: { label: '完成时限', text: (day) => inChinese(String(day)) },
  askedDueOn: { label: '申请延到', text: (day) => inChinese(String(day)) },
  criterion: { label: '完成标准' },
  kind: { label: '哪类记录' },
  record: { label: '记录' },
  report: { label: '办理结果' },
  verification: { label: '核验情况' },
  onSite: { label: '核验方式', text: (onSite) => (onSite === true ? '到现场核验' : '看材料核验') },
  waitingFor: { label: '在等什么' },
  waitedDays: { label: '累计等待天数' },
  escalatedTo: { label: '提醒到' },
}

const plain = (key: string, value: unknown, names: Names): string => {
  const text = shown[key]?.text
  return text ? text(value, names) : `${value as string | number | boolean}`
}

function detailsOf(body: StepRow['body'], names: Names): { label: string; text: string }[] {
  const changes = (body['changes'] ?? {}) as Readonly<Record<string, readonly [unknown, unknown]>>
  return Object.entries(shown).flatMap(([key, { label }]) => {
    const change = changes[key]
    if (change) return [{ label, text: `${plain(key, change[0], names)} → ${plain(key, change[1], names)}` }]
    const value = body[key]
    return ['string', 'number', 'boolean'].includes(typeof value) ? [{ label, text: plain(key, value, names) }] : []
  })
}

const ownersIn = ({ body }: StepRow): number[] => {
  const changes = body['changes'] as { ownerNo?: readonly number[] } | undefined
  return [...(typeof body['ownerNo'] === 'number' ? [body['ownerNo']] : []), ...(changes?.ownerNo ?? [])]
}

/** Every step of a task with who took it, the first one first. */
export async function taskRecordSteps(read: Read, taskNo: number): Promise<TaskPage['steps']> {
  const { rows } =
    await sql<StepRow>`select s.action, directory.account_name(s.acted_by) as by, s.acted_at as at, s.reason, s.body
    from supervision.task_steps s where s.task_no = ${taskNo} order by s.revision`.execute(reading<'supervision'>(read))
  const names = await ownerNames(read, rows.flatMap(ownersIn))
  return rows.map((row) => ({
    action: row.action,
    actionName: stepNames[row.action] ?? row.action,
    by: row.by ?? '系统',
    at: instantOf(row.at),
    reason: row.reason,
    details: detailsOf(row.body, names),
  }))
}
