import type { z } from 'zod'
import { type Action, action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { taskReader } from './task-reader.queries.ts'
import { wordOfTask } from './task-notices.rules.ts'
import { tasksTouched } from './giving.actions.ts'
import './tasks.contract.ts'
import { type TaskAction, taskLifecycle, type TaskState } from './tasks.lifecycle.ts'
import { givers, takers } from './tasks.policy.ts'
import { isPartyTo, isTheirs, mayTake, refusal } from './tasks.rules.ts'
import { changeTaskRow, findTask, type StoredTask, type TaskStep } from './tasks.store.ts'

/** What every step answers. */
export interface TaskMoved {
  readonly id: string
  readonly state: TaskState
  readonly revision: number
}

/** What a step changes beside the state. */
export interface StepTaken {
  readonly set: Parameters<typeof changeTaskRow>[2]['set']
  readonly reason: string | null
  readonly body: TaskStep['body']
}

/** One task in the actor's scope; throws `supervision.task_not_found`. */
export async function taskOf(work: Work, id: string): Promise<StoredTask> {
  const task = await findTask(work.tx, { id })
  if (!task) throw new Problem('supervision.task_not_found')
  return task
}

const notNow = (task: StoredTask, verb: TaskAction) =>
  new Problem('supervision.task_not_allowed_now', { detail: refusal(task.state, verb) })

async function checkStep(work: Work, task: StoredTask, verb: TaskAction): Promise<TaskState> {
  if (isTheirs(verb) && !mayTake(verb, task, await taskReader(work.tx, work.actor, task))) throw new Problem('kernel.forbidden')
  const next = taskLifecycle[task.state][verb]
  if (!next) throw notNow(task, verb)
  if (verb === 'verify' && isPartyTo(task, work.actor)) throw new Problem('supervision.verifier_must_be_another')
  return next
}

async function tell(work: Work, task: StoredTask, said: { verb: TaskAction; reason: string | null }): Promise<void> {
  const word = wordOfTask(said.verb, { title: task.title, dueOn: task.dueOn, askedDueOn: task.askedDueOn, reason: said.reason })
  if (!word) return
  const below = word.tells === 'takers'
  await notify(work.tx, {
    to: {
      accountNos: below ? [] : [task.givenBy],
      personNos: below ? [task.ownerNo] : [],
      holders: [
        below ? { roles: takers, organizationNo: task.organizationNo } : { roles: givers, organizationNo: task.givenByNo },
      ],
    },
    except: work.actor.accountNo,
    kind: `supervision.task_${said.verb}`,
    title: word.title,
    body: word.body,
    urgent: word.urgent,
    link: `/tasks/${task.id}`,
    at: work.now,
  })
}

/**
 * A step of the lifecycle as an action: state and revision are compared and set in one statement, so of two officers exactly one wins
 * and the other gets `supervision.task_not_allowed_now` with what is possible now. Givers' steps are asked over the organization that
 * gave the task, delegating over the one that has it.
 */
export function taskStep<Input extends z.ZodType<{ id: string }>>(
  verb: TaskAction,
  input: Input,
  step: (work: Work, task: StoredTask, input: z.output<Input>) => Promise<StepTaken> | StepTaken,
): Action<Input, TaskMoved> {
  return action({
    name: `supervision.task.${verb}`,
    input,
    touches: async (work, { id }) => {
      const task = await taskOf(work, id)
      return [verb === 'delegate' || isTheirs(verb) ? task.organizationNo : task.givenByNo]
    },
    run: async (work, asked) => {
      const task = await taskOf(work, asked.id)
      const state = await checkStep(work, task, verb)
      const { set, reason, body } = await step(work, task, asked)
      if (!(await changeTaskRow(work, task, { action: verb, state, set, reason, body })))
        throw notNow(await taskOf(work, asked.id), verb)
      const after = await taskOf(work, asked.id)
      await tell(work, after, { verb, reason: reason ?? (typeof body['waitingFor'] === 'string' ? body['waitingFor'] : null) })
      if (after.state !== task.state || after.dueOn !== task.dueOn) await tasksTouched(work, [task, after])
      return {
        reply: { id: task.id, state, revision: after.revision },
        objects: [{ kind: 'task', id: task.id }],
        fields: { state, reason, ...body },
      }
    },
  })
}
