import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { Asking } from '../cases/case-scope.queries.ts'
import { taskChildren, taskEvidence, taskRecordSteps } from './task-record.queries.ts'
import { taskReader } from './task-reader.queries.ts'
import { readableTasks } from './task-scope.queries.ts'
import type { TaskPage } from './tasks.contract.ts'
import { taskColumns, taskLines, type TaskRow, taskTables } from './tasks.queries.ts'
import { daysWaited, offered } from './tasks.rules.ts'
import { responsibleOf } from './responsibility.queries.ts'

interface PageRow extends TaskRow {
  readonly organizationNo: number
  readonly givenByNo: number
  readonly givenBy: { id: string; name: string }
  readonly revision: number
  readonly reportedBy: number | null
  readonly matter: { text: string; dueOn: CivilDate } | null
  readonly plan: { id: string; title: string } | null
  readonly promisedTitle: string | null
  readonly promisedCriterion: string | null
  readonly promisedDueOn: CivilDate | null
  readonly above: { id: string; dueOn: CivilDate } | null
  readonly waitingFor: string | null
  readonly waitingSince: CivilDate | null
  readonly waitedDays: number
  readonly askedDueOn: CivilDate | null
  readonly report: string | null
  readonly verification: string | null
  readonly proposedCase: string | null
}

const pageColumns = sql`t.organization_no as "organizationNo", t.given_by_no as "givenByNo", t.revision, t.reported_by as "reportedBy",
  json_build_object('id', g.id, 'name', g.name) as "givenBy",
  (select json_build_object('text', q.text, 'dueOn', q.due_on) from supervision.decision_matters q where q.no = t.matter_no) as matter,
  (select json_build_object('id', l.id, 'title', l.title) from supervision.unit_plans l where l.no = t.plan_no) as plan,
  t.promised_title as "promisedTitle", t.promised_criterion as "promisedCriterion", t.promised_due_on as "promisedDueOn",
  (select json_build_object('id', b.id, 'dueOn', b.due_on) from supervision.tasks b where b.no = t.parent_no) as above,
  t.waiting_for as "waitingFor", t.waiting_since as "waitingSince", t.waited_days as "waitedDays", t.asked_due_on as "askedDueOn",
  t.report, t.verification, (select k.id from supervision.cases k where k.task_no = t.no order by k.no desc limit 1) as "proposedCase"`

/** The page of one task: what was promised above, what was made of it below, what shows how far it is, who may do what now. */
export async function taskAsked(read: Read, id: string, asking: Asking): Promise<TaskPage> {
  const { rows } = await sql<PageRow>`select ${taskColumns(asking.today)}, '' as key, ${pageColumns}
    from ${taskTables} join directory.organizations_now g on g.no = t.given_by_no
    where t.id = ${id} and ${readableTasks(asking.actor)}`.execute(reading<'supervision' | 'directory'>(read))
  const row = rows[0]
  const [line] = await taskLines(read, rows)
  if (!row || !line) throw new Problem('supervision.task_not_found')
  const reader = await taskReader(read, asking.actor, row)
  return {
    ...line,
    revision: row.revision,
    givenBy: row.givenBy,
    matter: row.matter,
    plan: row.plan,
    promise: promiseOf(row),
    children: await taskChildren(read, row.no),
    evidence: await taskEvidence(read, row.no),
    chain: await responsibleOf(read, row.organizationNo, asking.today),
    waitingFor: row.waitingFor,
    waitingSince: row.waitingSince,
    waitedDays: daysWaited(row, asking.today),
    askedDueOn: row.askedDueOn,
    report: row.report,
    verification: row.verification,
    proposedCase: row.proposedCase,
    steps: await taskRecordSteps(read, row.no),
    ...offered(row.state, row, reader),
  }
}

function promiseOf(row: PageRow): TaskPage['promise'] {
  if (row.promisedDueOn === null || row.promisedCriterion === null) return null
  return {
    title: row.promisedTitle ?? '',
    criterion: row.promisedCriterion,
    promisedDueOn: row.promisedDueOn,
    id: row.above?.id ?? null,
    dueOn: row.above?.dueOn ?? null,
  }
}
