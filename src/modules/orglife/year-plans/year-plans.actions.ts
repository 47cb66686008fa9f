import { z } from 'zod'
import { type Action, action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { organizationById } from '../../directory/index.ts'
import { type MeetingKind, meetingKinds, planMeetingBody } from '../meetings/meetings.contract.ts'
import { planMeetingAction } from '../meetings/meetings.actions.ts'
import { findMeeting } from '../meetings/meetings.store.ts'
import { dutiesOfYear } from './coming-duties.queries.ts'
import { heldMeetingsOf, usualDay, usualSpeaker } from './year-plans.queries.ts'
import * as contract from './year-plans.contract.ts'
import { type YearPlanAction, yearPlanLifecycle, yearPlanRefusal, type YearPlanState } from './year-plans.lifecycle.ts'
import './year-plans.policy.ts'
import { meetingsOfItems, proposedItems } from './year-plans.rules.ts'
import * as store from './year-plans.store.ts'

const branches = ['branch', 'joint_branch', 'temporary_branch']

async function planOf(work: Work, id: string): Promise<store.StoredYearPlan> {
  const found = await store.findYearPlan(work.tx, id)
  if (!found) throw new Problem('orglife.year_plan_not_found')
  return found
}

export const proposeYearPlanAction = action({
  name: 'orglife.year_plan.propose',
  input: contract.proposeYearPlan.body,
  touches: async (work, { organizationId }) => [(await organizationById(work.tx, organizationId)).no],
  run: async (work, { organizationId, year }) => {
    const organization = await organizationById(work.tx, organizationId)
    if (!branches.includes(organization.kind))
      throw new Problem('orglife.year_plan_of_branch', { errors: [{ field: 'organizationId', message: '请选择支部。' }] })
    const thisYear = Number(work.today.slice(0, 4))
    if (year !== thisYear && year !== thisYear + 1)
      throw new Problem('orglife.year_plan_far', {
        errors: [{ field: 'year', message: `请选 ${thisYear} 或 ${thisYear + 1}。` }],
      })
    const items = proposedItems(await dutiesOfYear(work.tx, organization, { year, today: work.today }))
    const id = await store.insertYearPlan(work, { organizationNo: organization.no, year, items })
    return { reply: { id, items: items.length }, objects: [{ kind: 'year_plan', id }], fields: { year, items: items.length } }
  },
})

interface StepTaken {
  readonly said: string
  readonly reason?: string | null
  readonly set?: { approved_on: string; approval: string }
}
interface PlanMoved {
  readonly id: string
  readonly state: YearPlanState
  readonly revision: number
}

const notNow = (state: YearPlanState, verb: YearPlanAction) =>
  new Problem('orglife.year_plan_not_allowed_now', { detail: yearPlanRefusal(state, verb) })

async function taken(work: Work, plan: store.StoredYearPlan, step: StepTaken & { verb: YearPlanAction }): Promise<PlanMoved> {
  const state = yearPlanLifecycle[plan.state][step.verb]
  if (!state) throw notNow(plan.state, step.verb)
  const moved = await store.changeYearPlan(work, plan, { ...step, action: step.verb, state })
  if (!moved) throw new Problem('kernel.changed_meanwhile')
  return { id: plan.id, state, revision: plan.revision + 1 }
}

/** A step of the plan: whether it is possible now is asked before anything is done. */
function planStep<Input extends z.ZodType<{ id: string }>>(
  verb: YearPlanAction,
  input: Input,
  step: (work: Work, plan: store.StoredYearPlan, input: z.output<Input>) => Promise<StepTaken> | StepTaken,
): Action<Input, PlanMoved> {
  return action({
    name: `orglife.year_plan.${verb}`,
    input,
    touches: async (work, { id }) => [(await planOf(work, id)).organizationNo],
    run: async (work, asked) => {
      const plan = await planOf(work, asked.id)
      if (!yearPlanLifecycle[plan.state][verb]) throw notNow(plan.state, verb)
      const done = await step(work, plan, asked)
      const reply = await taken(work, plan, { ...done, verb })
      return { reply, objects: [{ kind: 'year_plan', id: plan.id }], fields: { said: done.said, reason: done.reason } }
    },
  })
}

/** A line of the plan that is neither held nor arranged; cancelled ones only where that is asked. */
async function itemOf(
  work: Work,
  plan: store.StoredYearPlan,
  asked: { itemId: string; cancelled: boolean },
): Promise<store.StoredItem> {
  const items = await store.itemsOf(work.tx, plan.no)
  const item = items.find(({ id }) => id === asked.itemId)
  if (!item)
    throw new Problem('orglife.year_plan_item_not_found', { errors: [{ field: 'itemId', message: '请从计划中选一项。' }] })
  const meeting = meetingsOfItems(items, await heldMeetingsOf(work.tx, plan)).get(item.id)
  if (meeting || item.cancelled !== asked.cancelled) {
    const how = meeting ? (meeting.state === 'recorded' ? '已经开过' : '已经预定会议') : item.cancelled ? '已经取消' : '没有取消'
    throw new Problem('orglife.year_plan_item_stands', { detail: `“${item.title}”${how}，不能这样改。` })
  }
  return item
}

const withId = z.object({ id: z.string() })

export const addItemAction = planStep('add', withId.extend(contract.addItem.body.shape), async (work, plan, item) => {
  const { month, kind, title, reason } = item
  await store.insertItems(work, plan.no, [{ month, kind, title, requirements: [] }])
  return { said: `${month} 月加一项：${title}`, reason: reason ?? null }
})

export const moveItemAction = planStep('move', withId.extend(contract.moveItem.body.shape), async (work, plan, asked) => {
  const item = await itemOf(work, plan, { itemId: asked.itemId, cancelled: false })
  await store.changeItem(work, item.no, { month: asked.month, reason: asked.reason })
  return { said: `“${item.title}”从 ${item.month} 月改到 ${asked.month} 月`, reason: asked.reason }
})

export const cancelItemAction = planStep('cancel', withId.extend(contract.cancelItem.body.shape), async (work, plan, asked) => {
  const item = await itemOf(work, plan, { itemId: asked.itemId, cancelled: false })
  await store.changeItem(work, item.no, { state: 'cancelled', reason: asked.reason })
  return { said: `取消 ${item.month} 月的“${item.title}”`, reason: asked.reason }
})

export const restoreItemAction = planStep(
  'restore',
  withId.extend(contract.restoreItem.body.shape),
  async (work, plan, asked) => {
    const item = await itemOf(work, plan, { itemId: asked.itemId, cancelled: true })
    await store.changeItem(work, item.no, { state: 'planned', reason: null })
    return { said: `恢复 ${item.month} 月的“${item.title}”` }
  },
)

export const approveYearPlanAction = planStep(
  'approve',
  withId.extend(contract.approveYearPlan.body.shape),
  (work, _plan, { approval }) => ({ said: `支部通过：${approval}`, set: { approved_on: work.today, approval } }),
)

/** A line becomes a planned meeting of its kind: nothing is entered twice, and the record of the meeting ticks it off. */
export const planItemMeetingAction = action({
  name: 'orglife.year_plan.plan_meeting',
  input: withId.extend(contract.planItemMeeting.body.shape),
  touches: async (work, { id }) => [(await planOf(work, id)).organizationNo],
  run: async (work, { id, itemId, heldOn }) => {
    const plan = await planOf(work, id)
    if (!yearPlanLifecycle[plan.state].plan_meeting) throw notNow(plan.state, 'plan_meeting')
    const item = await itemOf(work, plan, { itemId, cancelled: false })
    const on = heldOn ?? (await usualDay(work.tx, plan, { month: item.month, kind: item.kind, today: work.today }))
    const speakerId = item.kind === 'lecture' ? await usualSpeaker(work.tx, plan.organizationNo) : null
    const planned = await planMeetingAction.run(
      work,
      planMeetingBody.parse({
        organizationIds: [plan.organizationId],
        kinds: [item.kind],
        title: `${item.month}月${item.title}`.slice(0, 100),
        heldOn: on,
        ...(speakerId !== null && { speakerId }),
        agenda: [{ title: '政治理论学习', category: 'political_theory' }],
      }),
    )
    const meeting = await findMeeting(work.tx, planned.reply.id)
    await store.changeItem(work, item.no, { meeting_no: meeting?.no ?? null })
    await taken(work, plan, { verb: 'plan_meeting', said: `预定 ${on} 的${meetingKinds[item.kind as MeetingKind]}` })
    const objects = [{ kind: 'year_plan', id }, ...planned.objects]
    return { reply: { id, meetingId: planned.reply.id, heldOn: on }, objects, fields: { heldOn: on, itemId } }
  },
})
