import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { ownerNames } from '../cases/case-names.queries.ts'
import type { Asking } from '../cases/case-scope.queries.ts'
import { ofDecision, readableTasks, underOrganization } from './task-scope.queries.ts'
import type { TaskChange } from './tasks.contract.ts'

const most = 500

interface StepRow {
  readonly id: string
  readonly title: string
  readonly organization: string
  readonly action: string
  readonly reason: string | null
  readonly by: string | null
  readonly on: CivilDate
  readonly body: { readonly changes?: Readonly<Record<string, readonly [unknown, unknown]>> } & Readonly<Record<string, unknown>>
}

/** Fields whose changes are followed, with how a value is shown. */
const followed: Readonly<Record<string, { name: string; text: (value: unknown, names: Names) => string }>> = {
  dueOn: { name: '完成时限', text: (value) => inChinese(String(value)) },
  ownerNo: { name: '责任人', text: (value, names) => names.get(Number(value))?.name ?? '' },
  criterion: { name: '完成标准', text: String },
}
type Names = ReadonlyMap<number, { name: string }>

const ownersIn = ({ body }: StepRow) => (body.changes?.['ownerNo'] ?? []).map(Number)

function changesIn(row: StepRow, names: Names): TaskChange[] {
  const task = { id: row.id, title: row.title, organization: row.organization }
  const said = { task, reason: row.reason, by: row.by ?? '系统', on: row.on }
  if (row.action === 'give') return [{ ...said, what: '新交办', before: null, after: row.title }]
  if (row.action === 'cancel') return [{ ...said, what: '撤销', before: row.title, after: null }]
  return Object.entries(row.body.changes ?? {}).flatMap(([field, [before, after]]) => {
    const shown = followed[field]
    return shown ? [{ ...said, what: shown.name, before: shown.text(before, names), after: shown.text(after, names) }] : []
  })
}

/** Who changed what of owners, days and criteria since a day, the latest first; what was given and cancelled since as well. */
export async function taskChangesSince(
  read: Read,
  asked: { since: CivilDate; under?: string | undefined; decision?: string | undefined },
  asking: Asking,
): Promise<{ items: TaskChange[]; cut: boolean }> {
  const within = asked.under ? underOrganization(asked.under) : sql<boolean>`true`
  const decision = asked.decision ? ofDecision(asked.decision) : sql<boolean>`true`
  const { rows } =
    await sql<StepRow>`select t.id, t.title, o.name as organization, s.action, s.reason, s.acted_on as "on", s.body,
      directory.account_name(s.acted_by) as by
    from supervision.task_steps s join supervision.tasks t on t.no = s.task_no join directory.organizations_now o on o.no = t.organization_no
    where s.acted_on >= ${asked.since}::date and (s.action in ('give', 'cancel') or s.body ? 'changes')
      and ${readableTasks(asking.actor)} and ${within} and ${decision}
    order by s.acted_at desc, t.no desc limit ${most + 1}`.execute(reading<'supervision' | 'directory'>(read))
  const names = await ownerNames(read, rows.flatMap(ownersIn))
  return { items: rows.slice(0, most).flatMap((row) => changesIn(row, names)), cut: rows.length > most }
}
