import { sql } from 'kysely'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { OutSheet } from '../../../kernel/files/workbook-writer.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { ownerNames } from '../cases/case-names.queries.ts'
import type { Asking } from '../cases/case-scope.queries.ts'
import { overdueTask } from '../tasks/task-scope.queries.ts'
import { taskStates } from '../tasks/tasks.lifecycle.ts'
import type { DecisionPage } from './decisions.contract.ts'
import { type DecisionAction, decisionActions, decisionLifecycle } from './decisions.lifecycle.ts'
import {
  decisionColumns,
  decisionLineOf,
  type DecisionRow,
  type DecisionsAsked,
  decisionsAsked,
  decisionTables,
  readableDecisions,
} from './decisions.queries.ts'
import { mattersOf } from './decisions.store.ts'

type MatterTask = DecisionPage['matters'][number]['tasks'][number]

async function tasksOfMatters(read: Read, decisionNo: number, asking: Asking): Promise<(MatterTask & { matterNo: number })[]> {
  const { rows } = await sql<
    Omit<MatterTask, 'owner'> & { matterNo: number; ownerNo: number }
  >`select t.matter_no as "matterNo", t.id, t.title, t.state,
      o.name as organization, t.owner_no as "ownerNo", t.due_on as "dueOn", ${overdueTask(asking.today)} as "overdueDays",
      (select count(*)::int from supervision.task_evidence v where v.task_no = t.no and v.unlinked_at is null) as records
    from supervision.tasks t join directory.organizations_now o on o.no = t.organization_no
    where t.decision_no = ${decisionNo} order by t.no`.execute(reading<'supervision' | 'directory'>(read))
  const names = await ownerNames(
    read,
    rows.map((row) => row.ownerNo),
  )
  return rows.map(({ ownerNo, ...row }) => ({ ...row, owner: names.get(ownerNo)?.name ?? '' }))
}

async function stepsOf(read: Read, decisionNo: number): Promise<DecisionPage['steps']> {
  const { rows } = await sql<{ action: string; by: string | null; at: Date; reason: string | null }>`select s.action,
      directory.account_name(s.acted_by) as by, s.acted_at as at, s.reason
    from supervision.decision_steps s where s.decision_no = ${decisionNo} order by s.revision`.execute(
    reading<'supervision'>(read),
  )
  const names: Readonly<Record<string, string>> = { ...decisionActions, record: '登记' }
  return rows.map((row) => ({
    action: row.action,
    actionName: names[row.action] ?? row.action,
    by: row.by ?? '系统',
    at: instantOf(row.at),
    reason: row.reason,
  }))
}

/** What the state allows and the reader holds over the organization that recorded it. */
async function abilitiesOf(read: Read, row: DecisionRow, asking: Asking): Promise<string[]> {
  const possible = Object.keys(decisionLifecycle[row.state]) as DecisionAction[]
  const may = await Promise.all(
    possible.map((verb) =>
      allowsAll(read, asking.actor, { permission: `supervision.decision.${verb}`, organizations: [row.organizationNo] }),
    ),
  )
  return possible.filter((_verb, at) => may[at])
}

/** One decision: each matter with the tasks made of it, as far as the reader sees them. */
export async function decisionAsked(read: Read, id: string, asking: Asking): Promise<DecisionPage> {
  const { rows } = await sql<DecisionRow>`select ${decisionColumns} from ${decisionTables(asking.today)}
    where d.id = ${id} and ${readableDecisions(asking.actor)}`.execute(reading<'supervision' | 'directory'>(read))
  const row = rows[0]
  if (!row) throw new Problem('supervision.decision_not_found')
  const tasks = await tasksOfMatters(read, row.no, asking)
  const matters = await mattersOf(read, row.no)
  return {
    ...decisionLineOf(row),
    revision: row.revision,
    matters: matters.map(({ no, ...matter }) => ({
      ...matter,
      tasks: tasks.filter((task) => task.matterNo === no).map(({ matterNo: _matterNo, ...task }) => task),
    })),
    steps: await stepsOf(read, row.no),
    abilities: await abilitiesOf(read, row, asking),
  }
}

const columns = [
  { title: '文号', width: 20 },
  { title: '部署', width: 36 },
  { title: '发文机关', width: 18 },
  { title: '要点', width: 48 },
  { title: '要点时限', width: 12 },
  { title: '任务', width: 36 },
  { title: '承办单位', width: 24 },
  { title: '责任人', width: 10 },
  { title: '完成时限', width: 12 },
  { title: '状态', width: 10 },
  { title: '超期天数', width: 10, format: 'integer' },
  { title: '关联记录', width: 10, format: 'integer' },
] as const
const most = 500

/** The asked decisions as a sheet: a row for each task of each matter, and one for a matter that has none. Up to 500 decisions. */
export async function decisionSheet(
  read: Read,
  asked: Omit<DecisionsAsked, 'after' | 'limit'>,
  asking: Asking,
): Promise<OutSheet> {
  const { items } = await decisionsAsked(read, { ...asked, limit: most }, asking)
  const rows: (string | number | null)[][] = []
  for (const { id } of items) {
    const page = await decisionAsked(read, id, asking)
    for (const matter of page.matters) {
      const head = [page.documentNumber, page.title, page.issuer, matter.text, matter.dueOn]
      if (matter.tasks.length === 0) rows.push([...head, '没有分解', null, null, null, null, null, null])
      for (const task of matter.tasks)
        rows.push([
          ...head,
          task.title,
          task.organization,
          task.owner,
          task.dueOn,
          taskStates[task.state],
          task.overdueDays,
          task.records,
        ])
    }
  }
  return { name: '上级部署', columns, rows }
}
