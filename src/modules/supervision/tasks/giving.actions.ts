import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { type FieldError, Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { organizationById, organizationByIds } from '../../directory/index.ts'
import { factsChanged } from '../../rulebook/index.ts'
import { followerNo, ownerOf } from '../cases/case-owner.queries.ts'
import type { TaskDraft } from './task-draft.contract.ts'
import { takers } from './tasks.policy.ts'
import { tooLate } from './tasks.rules.ts'
import { giveTask } from './tasks.contract.ts'
import { insertTasks, type NewTask, type StoredTask } from './tasks.store.ts'

/** What tasks are made of: what they fall back to and may not go beyond. */
export interface TaskOrigin {
  /** The organization that gives them; null where each is given by whoever follows up its organization. */
  readonly givenByNo: number | null
  readonly title: string | null
  readonly ceiling: { readonly what: string; readonly dueOn: CivilDate } | null
  readonly decisionNo: number | null
  readonly matterNo: number | null
  readonly planNo: number | null
  readonly planItem: string | null
  readonly parent: StoredTask | null
}

/** A task that comes of nothing but itself. */
export const ofItself: TaskOrigin = {
  givenByNo: null,
  title: null,
  ceiling: null,
  decisionNo: null,
  matterNo: null,
  planNo: null,
  planItem: null,
  parent: null,
}

/** Inner numbers of the organizations that the drafts name; throws `directory.organization_not_found`. */
export async function organizationsOf(work: Work, drafts: readonly TaskDraft[]): Promise<number[]> {
  const found = await organizationByIds(work.tx, [...new Set(drafts.map((draft) => draft.organizationId))])
  if (found.length < new Set(drafts.map((draft) => draft.organizationId)).size)
    throw new Problem('directory.organization_not_found')
  return found.map((organization) => organization.no)
}

/** Judges one draft and works out what is stored; faults name the draft's own fields. */
async function newTask(work: Work, draft: TaskDraft, origin: TaskOrigin): Promise<NewTask> {
  if (draft.dueOn < work.today)
    throw new Problem('supervision.due_in_past', { errors: [{ field: 'dueOn', message: '请填今天或以后的日期。' }] })
  const late = tooLate(draft.dueOn, origin.ceiling)
  if (late !== null)
    throw new Problem('supervision.later_than_promised', { detail: late, errors: [{ field: 'dueOn', message: late }] })
  const title = draft.title ?? origin.title
  if (title === null) throw new Problem('kernel.invalid_input', { errors: [{ field: 'title', message: '请写明办什么事。' }] })
  const { no } = await organizationById(work.tx, draft.organizationId)
  return {
    organizationNo: no,
    givenByNo: origin.givenByNo ?? (await followerNo(work.tx, no)),
    ownerNo: await ownerOf(work.tx, draft.ownerId, { organizationNo: no, today: work.today }),
    title,
    criterion: draft.criterion,
    dueOn: draft.dueOn,
    decisionNo: origin.decisionNo,
    matterNo: origin.matterNo,
    planNo: origin.planNo,
    planItem: origin.planItem,
    parent: origin.parent,
  }
}

const within = (at: number, errors: readonly FieldError[]): FieldError[] =>
  errors.map((error) => ({ field: `tasks.${at}.${error.field}`, message: error.message }))

/** Tells each organization and person once of what was given. */
async function tellTakers(work: Work, tasks: readonly (NewTask & { id: string })[]): Promise<void> {
  for (const task of tasks) {
    await notify(work.tx, {
      to: { accountNos: [], personNos: [task.ownerNo], holders: [{ roles: takers, organizationNo: task.organizationNo }] },
      except: work.actor.accountNo,
      kind: 'supervision.task_given',
      title: `任务：${task.title}`,
      body: `请于${inChinese(task.dueOn)}前办到：${task.criterion}`,
      urgent: false,
      link: `/tasks/${task.id}`,
      at: work.now,
    })
  }
}

/** Gives tasks, all or none: each with organization, person, date and criterion, none later than what it is made of. */
export async function giveTasks(work: Work, drafts: readonly TaskDraft[], origin: TaskOrigin): Promise<string[]> {
  const tasks: NewTask[] = []
  for (const [at, draft] of drafts.entries()) {
    try {
      tasks.push(await newTask(work, draft, origin))
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      throw new Problem(problem.code, {
        ...(problem.detail !== undefined && { detail: problem.detail }),
        errors: within(at, problem.errors),
      })
    }
  }
  const written = await insertTasks(work, tasks)
  await tellTakers(
    work,
    tasks.map((task, at) => ({ ...task, id: written[at]?.id ?? '' })),
  )
  await tasksTouched(
    work,
    tasks.map((task) => ({ ...task, givenOn: work.today })),
  )
  return written.map(({ id }) => id)
}

/** Computes again what counts tasks. */
export async function tasksTouched(
  work: Work,
  tasks: readonly {
    readonly organizationNo: number
    readonly givenByNo: number
    readonly givenOn: CivilDate
    readonly dueOn: CivilDate
  }[],
): Promise<void> {
  await factsChanged(work, {
    organizations: [...new Set(tasks.flatMap((task) => [task.organizationNo, task.givenByNo]))],
    dates: [work.today, ...tasks.flatMap((task) => [task.givenOn, task.dueOn])],
    of: ['supervision'],
  })
}

export const giveAction = action({
  name: 'supervision.task.give',
  input: giveTask.body,
  touches: (work, { tasks }) => organizationsOf(work, tasks),
  run: async (work, { title, tasks }) => {
    const ids = await giveTasks(work, tasks, { ...ofItself, title })
    return { reply: { ids }, objects: ids.map((id) => ({ kind: 'task', id })), fields: { title, tasks: ids.length } }
  },
})

/** The id in the path of what acts on one task. */
export const withTaskId = z.object({ id: z.string() })
