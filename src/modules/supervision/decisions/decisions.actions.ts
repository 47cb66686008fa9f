import { z } from 'zod'
import { type Action, action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { organizationById } from '../../directory/index.ts'
import { factsChanged } from '../../rulebook/index.ts'
import { giveTasks, ofItself, organizationsOf } from '../tasks/giving.actions.ts'
import * as contract from './decisions.contract.ts'
import { type DecisionAction, decisionLifecycle, decisionRefusal, type DecisionState } from './decisions.lifecycle.ts'
import './decisions.policy.ts'
import {
  changeDecision,
  type DecisionWords,
  findDecision,
  insertDecision,
  mattersOf,
  replaceMatters,
  type StoredDecision,
} from './decisions.store.ts'
import { mattersOpen, mattersWithTasks } from './matter-tasks.queries.ts'

interface DecisionMoved {
  readonly id: string
  readonly state: DecisionState
  readonly revision: number
}

async function decisionOf(work: Work, id: string): Promise<StoredDecision> {
  const found = await findDecision(work.tx, id)
  if (!found) throw new Problem('supervision.decision_not_found')
  return found
}

function nextState(decision: StoredDecision, verb: DecisionAction): DecisionState {
  const next = decisionLifecycle[decision.state][verb]
  if (!next) throw new Problem('supervision.decision_not_allowed_now', { detail: decisionRefusal(decision.state, verb) })
  return next
}

/** Computes again what counts matters of decisions. */
async function decisionTouched(work: Work, organizationNo: number, days: readonly string[]): Promise<void> {
  await factsChanged(work, { organizations: [organizationNo], dates: [work.today, ...days], of: ['supervision'] })
}

export const recordDecisionAction = action({
  name: 'supervision.decision.record',
  input: contract.recordDecision.body,
  touches: async (work, { organizationId }) => [(await organizationById(work.tx, organizationId)).no],
  run: async (work, { organizationId, matters, ...words }) => {
    const { no } = await organizationById(work.tx, organizationId)
    const id = await insertDecision(work, { organizationNo: no, words, matters })
    await decisionTouched(
      work,
      no,
      matters.map((matter) => matter.dueOn),
    )
    return { reply: { id }, objects: [{ kind: 'decision', id }], fields: { ...words, matters: matters.length } }
  },
})

interface Step {
  readonly reason: string | null
  readonly body: Readonly<Record<string, unknown>>
  readonly words?: DecisionWords
}

/** A step of the lifecycle: state and revision are compared and set in one statement, so of two officers exactly one wins. */
function decisionStep<Input extends z.ZodType<{ id: string }>>(
  verb: Exclude<DecisionAction, 'break_down'>,
  input: Input,
  step: (work: Work, decision: StoredDecision, input: z.output<Input>) => Promise<Step> | Step,
): Action<Input, DecisionMoved> {
  return action({
    name: `supervision.decision.${verb}`,
    input,
    touches: async (work, { id }) => [(await decisionOf(work, id)).organizationNo],
    run: async (work, asked) => {
      const decision = await decisionOf(work, asked.id)
      const state = nextState(decision, verb)
      const before = await mattersOf(work.tx, decision.no)
      const taken = await step(work, decision, asked)
      if (!(await changeDecision(work, decision, { action: verb, state, ...taken }))) {
        const now = await decisionOf(work, asked.id)
        throw new Problem('supervision.decision_not_allowed_now', { detail: decisionRefusal(now.state, verb) })
      }
      const after = await mattersOf(work.tx, decision.no)
      await decisionTouched(
        work,
        decision.organizationNo,
        [...before, ...after].map((matter) => matter.dueOn),
      )
      return {
        reply: { id: decision.id, state, revision: decision.revision + 1 },
        objects: [{ kind: 'decision', id: decision.id }],
        fields: { state, reason: taken.reason },
      }
    },
  })
}

const withId = z.object({ id: z.string() })

export const correctDecisionAction = decisionStep(
  'correct',
  withId.extend(contract.correctDecision.body.shape),
  async (work, decision, { id: _id, revision, matters, reason, ...words }) => {
    if (revision !== decision.revision) throw new Problem('kernel.changed_meanwhile')
    const before = await mattersOf(work.tx, decision.no)
    const kept = new Set(matters.flatMap((matter) => matter.id ?? []))
    if ([...kept].some((id) => !before.some((matter) => matter.id === id))) throw new Problem('supervision.matter_not_found')
    const busy = await mattersWithTasks(work.tx, decision.no)
    const lost = before.find((matter) => !kept.has(matter.id) && busy.has(matter.no))
    if (lost)
      throw new Problem('supervision.matter_has_tasks', {
        detail: `要点“${lost.text.slice(0, 20)}”已经分解为任务，不能去掉；不再需要的先撤销任务。`,
      })
    await replaceMatters(work, decision.no, { before, after: matters })
    return { reason, words, body: { ...words, matters } }
  },
)

export const closeDecisionAction = decisionStep(
  'close',
  withId.extend(contract.closeDecision.body.shape),
  async (work, decision, { reason }) => {
    const open = await mattersOpen(work.tx, decision.no)
    if (open.length > 0)
      throw new Problem('supervision.decision_not_done', {
        detail: `还有 ${open.length} 个要点没有办结：${open.slice(0, 3).join('；')}。每个要点的任务都办结后再办结部署。`,
      })
    return { reason: reason ?? null, body: {} }
  },
)

export const reopenDecisionAction = decisionStep(
  'reopen',
  withId.extend(contract.reopenDecision.body.shape),
  (_work, _decision, { reason }) => ({ reason, body: {} }),
)

export const withdrawDecisionAction = decisionStep(
  'withdraw',
  withId.extend(contract.withdrawDecision.body.shape),
  async (work, decision, { reason }) => {
    if ((await mattersWithTasks(work.tx, decision.no)).size > 0) throw new Problem('supervision.matter_has_tasks')
    return { reason, body: {} }
  },
)

/** One matter becomes several tasks in one go, for several units at once: all or none. */
export const breakDownAction = action({
  name: 'supervision.decision.break_down',
  input: withId.extend(contract.breakDown.body.shape),
  touches: async (work, { id, tasks }) => [(await decisionOf(work, id)).organizationNo, ...(await organizationsOf(work, tasks))],
  run: async (work, { id, matterId, title, tasks }) => {
    const decision = await decisionOf(work, id)
    nextState(decision, 'break_down')
    const matter = (await mattersOf(work.tx, decision.no)).find((one) => one.id === matterId)
    if (!matter)
      throw new Problem('supervision.matter_not_found', { errors: [{ field: 'matterId', message: '请重新选择要点。' }] })
    const ids = await giveTasks(work, tasks, {
      ...ofItself,
      givenByNo: decision.organizationNo,
      title: title ?? matter.text.slice(0, 200),
      ceiling: { what: '部署要点', dueOn: matter.dueOn },
      decisionNo: decision.no,
      matterNo: matter.no,
    })
    await decisionTouched(work, decision.organizationNo, [matter.dueOn])
    return {
      reply: { ids },
      objects: [{ kind: 'decision', id }, ...ids.map((one) => ({ kind: 'task', id: one }))],
      fields: { matterId, tasks: ids.length },
    }
  },
})
