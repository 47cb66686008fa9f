import type { Updateable } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import type { SupervisionTasks } from '../../../kernel/database/schema.generated.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { TaskState } from './tasks.lifecycle.ts'

/** A task as the acts need it. */
export interface StoredTask {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: TaskState
  readonly organizationNo: number
  readonly givenByNo: number
  readonly givenBy: number
  readonly givenOn: CivilDate
  readonly ownerNo: number
  readonly reportedBy: number | null
  readonly title: string
  readonly criterion: string
  readonly dueOn: CivilDate
  readonly decisionNo: number | null
  readonly matterNo: number | null
  readonly parentNo: number | null
  readonly waitingSince: CivilDate | null
  readonly waitedDays: number
  readonly askedDueOn: CivilDate | null
}

const stored = (read: Read) =>
  reading<'supervision'>(read)
    .selectFrom('supervision.tasks')
    .select([
      'no',
      'id',
      'revision',
      'state',
      'title',
      'criterion',
      'organization_no as organizationNo',
      'given_by_no as givenByNo',
    ])
    .select(['given_by as givenBy', 'given_on as givenOn', 'owner_no as ownerNo', 'reported_by as reportedBy', 'due_on as dueOn'])
    .select(['decision_no as decisionNo', 'matter_no as matterNo', 'parent_no as parentNo', 'waiting_since as waitingSince'])
    .select(['waited_days as waitedDays', 'asked_due_on as askedDueOn'])

/** One task in the reader's scope; null where there is none to see. */
export async function findTask(read: Read, by: { id: string } | { no: number }): Promise<StoredTask | null> {
  const asked = 'id' in by ? stored(read).where('id', '=', by.id) : stored(read).where('no', '=', by.no)
  const row = await asked.executeTakeFirst()
  return row ? { ...row, state: row.state as TaskState } : null
}

/** What was made of a task, cancelled parts left out. */
export async function partsOf(read: Read, taskNo: number): Promise<{ state: TaskState; dueOn: CivilDate; title: string }[]> {
  const rows = await reading<'supervision'>(read)
    .selectFrom('supervision.tasks')
    .select(['state', 'due_on as dueOn', 'title'])
    .where('parent_no', '=', taskNo)
    .where('state', '!=', 'cancelled')
    .execute()
  return rows.map((row) => ({ ...row, state: row.state as TaskState }))
}

/** What a step changes and what it says. */
export interface TaskStep {
  readonly action: string
  readonly state: TaskState
  readonly reason: string | null
  /** The step's words and values; `changes` holds owner, day and criterion with before and after. */
  readonly body: Readonly<Record<string, unknown>>
}

/** Moves a task on if it still stands where it was read, and writes the step. False when somebody was faster. */
export async function changeTaskRow(
  work: Work,
  task: StoredTask,
  change: TaskStep & { set: Updateable<SupervisionTasks> },
): Promise<boolean> {
  const revision = task.revision + 1
  const moved = await writing<'supervision'>(work.tx)
    .updateTable('supervision.tasks')
    .set({ ...change.set, state: change.state, revision })
    .where('no', '=', task.no)
    .where('state', '=', task.state)
    .where('revision', '=', task.revision)
    .returning('no')
    .executeTakeFirst()
  if (!moved) return false
  await writeSteps(work, [{ taskNo: task.no, revision, step: change }])
  return true
}

async function writeSteps(
  work: Work,
  steps: readonly { readonly taskNo: number; readonly revision: number; readonly step: TaskStep }[],
): Promise<void> {
  const acted = { acted_on: work.today, acted_at: work.now, acted_by: work.actor.accountNo }
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.task_steps')
    .values(
      steps.map(({ taskNo, revision, step }) => ({
        ...acted,
        task_no: taskNo,
        revision,
        action: step.action,
        state: step.state,
        body: JSON.stringify(step.body),
        reason: step.reason,
      })),
    )
    .execute()
}

/** A task as it is given: whole, or not at all. */
export interface NewTask {
  readonly organizationNo: number
  readonly givenByNo: number
  readonly ownerNo: number
  readonly title: string
  readonly criterion: string
  readonly dueOn: CivilDate
  readonly decisionNo: number | null
  readonly matterNo: number | null
  readonly planNo: number | null
  readonly planItem: string | null
  readonly parent: Pick<StoredTask, 'no' | 'title' | 'criterion' | 'dueOn'> | null
}

/** Writes tasks with their first step; answers their ids in the order given. */
export async function insertTasks(work: Work, tasks: readonly NewTask[]): Promise<{ no: number; id: string }[]> {
  const given = { given_on: work.today, given_at: work.now, given_by: work.actor.accountNo }
  const written = await writing<'supervision'>(work.tx)
    .insertInto('supervision.tasks')
    .values(
      tasks.map((task) => ({
        ...given,
        id: newId('tsk'),
        revision: 1,
        state: 'assigned',
        organization_no: task.organizationNo,
        given_by_no: task.givenByNo,
        owner_no: task.ownerNo,
        title: task.title,
        criterion: task.criterion,
        due_on: task.dueOn,
        decision_no: task.decisionNo,
        matter_no: task.matterNo,
        plan_no: task.planNo,
        plan_item: task.planItem,
        parent_no: task.parent?.no ?? null,
        promised_title: task.parent?.title ?? null,
        promised_due_on: task.parent?.dueOn ?? null,
        promised_criterion: task.parent?.criterion ?? null,
      })),
    )
    .returning(['no', 'id'])
    .execute()
  await writeSteps(
    work,
    written.map(({ no }, at) => ({
      taskNo: no,
      revision: 1,
      step: { action: 'give', state: 'assigned', reason: null, body: saidOf(tasks[at]) },
    })),
  )
  return written
}

const saidOf = (task: NewTask | undefined) =>
  task ? { ownerNo: task.ownerNo, dueOn: task.dueOn, criterion: task.criterion } : {}

/** Links a record to a task; false when it is linked already. */
export async function insertEvidence(
  work: Work,
  link: { taskNo: number; kind: string; reference: string | null; title: string; said: string | null },
): Promise<boolean> {
  const row = await writing<'supervision'>(work.tx)
    .insertInto('supervision.task_evidence')
    .values({
      id: newId('evd'),
      task_no: link.taskNo,
      kind: link.kind,
      reference: link.reference,
      title: link.title,
      said: link.said,
      linked_on: work.today,
      linked_at: work.now,
      linked_by: work.actor.accountNo,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('no')
    .executeTakeFirst()
  return row !== undefined
}

/** Takes a link away; answers its title, null when it is not there. */
export async function removeEvidence(work: Work, link: { taskNo: number; id: string }): Promise<string | null> {
  const row = await writing<'supervision'>(work.tx)
    .updateTable('supervision.task_evidence')
    .set({ unlinked_at: work.now })
    .where('task_no', '=', link.taskNo)
    .where('id', '=', link.id)
    .where('unlinked_at', 'is', null)
    .returning('title')
    .executeTakeFirst()
  return row?.title ?? null
}

export async function countEvidence(read: Read, taskNo: number): Promise<number> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.task_evidence')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('task_no', '=', taskNo)
    .where('unlinked_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
