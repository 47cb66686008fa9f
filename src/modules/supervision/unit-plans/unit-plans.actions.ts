import { z } from 'zod'
import { type Action, action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { organizationById } from '../../directory/index.ts'
import { giveTasks, ofItself, organizationsOf } from '../tasks/giving.actions.ts'
import { belowOrSame } from '../tasks/linkable.queries.ts'
import * as contract from './unit-plans.contract.ts'
import { type PlanAction, planLifecycle, planRefusal, type PlanState } from './unit-plans.lifecycle.ts'
import './unit-plans.policy.ts'
import * as store from './unit-plans.store.ts'

interface PlanMoved {
  readonly id: string
  readonly state: PlanState
  readonly revision: number
}

async function planOf(work: Work, id: string): Promise<store.StoredPlan> {
  const found = await store.findPlan(work.tx, id)
  if (!found) throw new Problem('supervision.unit_plan_not_found')
  return found
}

const notNow = (state: PlanState, verb: PlanAction) =>
  new Problem('supervision.unit_plan_not_allowed_now', { detail: planRefusal(state, verb) })

export const writePlanAction = action({
  name: 'supervision.unit_plan.write',
  input: contract.writePlan.body,
  touches: async (work, { organizationId }) => [(await organizationById(work.tx, organizationId)).no],
  run: async (work, { organizationId, year, ...body }) => {
    const { no, kind } = await organizationById(work.tx, organizationId)
    if (kind !== 'unit')
      throw new Problem('supervision.unit_plan_of_unit', { errors: [{ field: 'organizationId', message: '请选择单位。' }] })
    const id = await store.insertPlan(work, { organizationNo: no, year, body })
    return { reply: { id }, objects: [{ kind: 'unit_plan', id }], fields: { year, title: body.title } }
  },
})

/** Who hears how a review ended. */
const writers = ['committee_secretary', 'full_time_deputy'] as const

async function tell(work: Work, plan: store.StoredPlan, said: { verb: PlanAction; reason: string | null }): Promise<void> {
  const words: Partial<Record<PlanAction, string>> = {
    return: '实施方案被退回，请修改后再报',
    approve: '实施方案已审定，可以印发',
  }
  const title = words[said.verb]
  if (!title) return
  await notify(work.tx, {
    to: { accountNos: [], personNos: [], holders: [{ roles: writers, organizationNo: plan.organizationNo }] },
    except: work.actor.accountNo,
    kind: `supervision.unit_plan_${said.verb}`,
    title,
    body: said.reason ?? '',
    urgent: said.verb === 'return',
    link: `/unit-plans?open=${plan.id}`,
    at: work.now,
  })
}

/** A step of the lifecycle: state and revision are compared and set in one statement, so of two who act exactly one wins. */
function planStep<Input extends z.ZodType<{ id: string }>>(
  verb: PlanAction,
  input: Input,
  step: (work: Work, plan: store.StoredPlan, input: z.output<Input>) => Promise<StepTaken> | StepTaken,
): Action<Input, PlanMoved> {
  return action({
    name: `supervision.unit_plan.${verb}`,
    input,
    touches: async (work, { id }) => [(await planOf(work, id)).organizationNo],
    run: async (work, asked) => {
      const plan = await planOf(work, asked.id)
      const state = planLifecycle[plan.state][verb]
      if (!state) throw notNow(plan.state, verb)
      const { set, reason } = await step(work, plan, asked)
      if (!(await store.changePlan(work, plan, { action: verb, state, set, reason })))
        throw notNow((await planOf(work, asked.id)).state, verb)
      await tell(work, plan, { verb, reason })
      return {
        reply: { id: plan.id, state, revision: plan.revision + 1 },
        objects: [{ kind: 'unit_plan', id: plan.id }],
        fields: { state, reason },
      }
    },
  })
}
interface StepTaken {
  readonly set: store.PlanSet
  readonly reason: string | null
}

const withId = z.object({ id: z.string() })
const said = ({ reason }: { reason: string }): StepTaken => ({ set: {}, reason })

export const editPlanAction = planStep(
  'edit',
  withId.extend(contract.editPlan.body.shape),
  async (work, plan, { id: _id, revision, ...body }) => {
    if (revision !== plan.revision) throw new Problem('kernel.changed_meanwhile')
    await store.rewriteVersion(work, { planNo: plan.no, version: plan.version }, body)
    return { set: { title: body.title }, reason: null }
  },
)
export const submitPlanAction = planStep('submit', withId, (work) => ({
  set: { submitted_by: work.actor.accountNo, submitted_on: work.today },
  reason: null,
}))
export const takeBackPlanAction = planStep('take_back', withId.extend(contract.takeBackPlan.body.shape), (_w, _p, asked) =>
  said(asked),
)
export const returnPlanAction = planStep('return', withId.extend(contract.returnPlan.body.shape), (_w, _p, asked) => said(asked))
export const approvePlanAction = planStep('approve', withId.extend(contract.approvePlan.body.shape), (_w, _p, { reason }) => ({
  set: {},
  reason: reason ?? null,
}))
export const publishPlanAction = planStep('publish', withId, (work, plan) => ({
  set: { published_version: plan.version, published_on: work.today },
  reason: null,
}))
export const amendPlanAction = planStep('amend', withId.extend(contract.amendPlan.body.shape), async (work, plan, { reason }) => {
  const now = { planNo: plan.no, version: plan.version }
  const body = { ...(await store.planWords(work.tx, plan)), fileIds: await store.fileIdsOf(work.tx, now) }
  const version = await store.nextVersion(work.tx, plan.no)
  await store.insertVersion(work, { planNo: plan.no, version }, body)
  return { set: { version }, reason }
})
export const dropAmendmentAction = planStep(
  'drop',
  withId.extend(contract.dropAmendment.body.shape),
  async (work, plan, { reason }) => {
    const version = plan.publishedVersion ?? plan.version
    return { set: { version, title: (await store.planWords(work.tx, { no: plan.no, version })).title }, reason }
  },
)

/** Tasks made from an item of the plan that was published; each with organization, person, date and criterion. */
export const giveByPlanAction = action({
  name: 'supervision.unit_plan.give',
  input: withId.extend(contract.giveByPlan.body.shape),
  touches: async (work, { id, tasks }) => [(await planOf(work, id)).organizationNo, ...(await organizationsOf(work, tasks))],
  run: async (work, { id, item, title, tasks }) => {
    const plan = await planOf(work, id)
    if (plan.publishedVersion === null)
      throw new Problem('supervision.unit_plan_not_allowed_now', {
        detail: '方案还没有印发，先报送审核、审定、印发，再按它交办任务。',
      })
    const words = await store.planWords(work.tx, { no: plan.no, version: plan.publishedVersion })
    if (!words.items.some((one) => one.title === item))
      throw new Problem('supervision.unit_plan_item_unknown', { errors: [{ field: 'item', message: '请从任务清单中选一项。' }] })
    if (!(await belowOrSame(work.tx, await organizationsOf(work, tasks), plan.organizationNo)))
      throw new Problem('supervision.organization_not_below')
    const origin = { ...ofItself, givenByNo: plan.organizationNo, title: title ?? item, planNo: plan.no, planItem: item }
    const ids = await giveTasks(work, tasks, origin)
    return { reply: { ids }, objects: [{ kind: 'unit_plan', id }], fields: { item, tasks: ids.length } }
  },
})
