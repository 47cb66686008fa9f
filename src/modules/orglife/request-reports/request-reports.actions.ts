import { z } from 'zod'
import { action } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { addDays } from '../../../kernel/time/civil-date.ts'
import { organizationById } from '../../directory/index.ts'
import { copyNumbers, decidingMeeting, requestWordsOf } from './request-body.queries.ts'
import * as contract from './request-reports.contract.ts'
import { answerDue, isAfterAct } from './request-reports.rules.ts'
import * as store from './request-reports.store.ts'
import { requestStep } from './request-steps.actions.ts'
import { arrive, noteAtStation, stationsOf } from './stations.store.ts'
import { daysAllowed, superiorsOf } from './superiors.queries.ts'

export const draftRequestAction = action({
  name: 'orglife.request_report.draft',
  input: contract.draftBody,
  touches: async (work, { organizationId }) => [(await organizationById(work.tx, organizationId)).no],
  run: async (work, { organizationId, ...body }) => {
    const { no } = await organizationById(work.tx, organizationId)
    const id = await store.insertRequest(work, no, await requestWordsOf(work, no, body))
    return { reply: { id }, objects: [{ kind: 'request_report', id }], fields: { kind: body.kind, title: body.title } }
  },
})

const withId = z.object({ id: z.string() })

export const editRequestAction = requestStep(
  'edit',
  withId.extend(contract.editRequest.body.shape),
  async (work, request, { id: _id, revision, ...body }) => {
    if (revision !== request.revision) throw new Problem('kernel.changed_meanwhile')
    const words = await requestWordsOf(work, request.organizationNo, body)
    await store.rewriteRequest(work, request, words)
    return { set: {}, words }
  },
)

export const sendRequestAction = requestStep(
  'send',
  withId.extend(contract.sendRequest.body.shape),
  async (work, request, { afterReason }) => {
    const afterAct = isAfterAct(request.kind, request.actOn, work.today)
    const why = afterReason ?? request.afterReason
    if (afterAct && why === null)
      throw new Problem('orglife.after_act_unexplained', {
        errors: [{ field: 'afterReason', message: '请写明为什么没有事前请示、已经怎样处置。' }],
      })
    const { answer } = await daysAllowed(work.tx, work.today)
    const dueOn = answerDue(request.kind, work.today, answer)
    await arrive(work, request, { organizationNo: request.toNo, dueOn })
    const sent = { sent_on: work.today, sent_by: work.actor.accountNo, return_ground: null, at_no: request.toNo }
    return { set: { ...sent, after_act: afterAct, ...(why !== null && afterAct && { after_reason: why }) }, dueOn }
  },
)

export const withdrawRequestAction = requestStep(
  'withdraw',
  withId.extend(contract.withdrawRequest.body.shape),
  async (work, request, { reason }) => {
    await noteAtStation(work, request.no, { done_on: work.today, outcome: 'withdrawn' })
    return { set: {}, said: reason }
  },
)

export const supplementRequestAction = requestStep(
  'supplement',
  withId.extend(contract.supplementRequest.body.shape),
  async (work, request, { copyIds, meetingId, circulated, signer }) => ({
    set: await store.supplementedBy(work, request, {
      copyNos: await copyNumbers(work.tx, copyIds),
      meetingNo: await decidingMeeting(work.tx, request.organizationNo, meetingId),
      circulated: circulated ?? null,
      signer: signer ?? null,
    }),
  }),
)

export const followUpAction = requestStep(
  'follow_up',
  withId.extend(contract.followUpRequest.body.shape),
  (_w, request, { report }) => ({
    set: { continued: true, ...(request.answeredOn !== null && { follow_due_on: null }) },
    said: report,
  }),
)

export const receiveAction = requestStep('receive', withId, async (work, request) => {
  await noteAtStation(work, request.no, { received_on: work.today })
  return { set: {} }
})

export const tellDelayAction = requestStep(
  'tell_delay',
  withId.extend(contract.tellDelay.body.shape),
  async (work, request, { until, reason }) => {
    const due = (await stationsOf(work.tx, request.no)).at(-1)?.dueOn ?? null
    if (due === null || work.today > due || until <= due)
      throw new Problem('orglife.delay_told_late', {
        errors: [{ field: 'until', message: `原期限是${due ?? '没有'}，请填之后的日期。` }],
      })
    await noteAtStation(work, request.no, { told_on: work.today, told_until: until, told_reason: reason })
    return { set: {}, said: `延到 ${until} 答复：${reason}` }
  },
)

export const returnRequestAction = requestStep(
  'return',
  withId.extend(contract.returnRequest.body.shape),
  async (work, request, { ground, reason }) => {
    await noteAtStation(work, request.no, { done_on: work.today, outcome: 'returned' })
    return { set: { return_ground: ground }, said: `${contract.returnGrounds[ground]}：${reason}` }
  },
)

export const passUpAction = requestStep(
  'pass_up',
  withId.extend(contract.passUpRequest.body.shape),
  async (work, request, { opinion }) => {
    const [next] = await superiorsOf(work.tx, request.atNo)
    if (!next) throw new Problem('orglife.report_not_passed')
    const { answer } = await daysAllowed(work.tx, work.today)
    const dueOn = answerDue(request.kind, work.today, answer)
    await noteAtStation(work, request.no, { done_on: work.today, outcome: 'passed' })
    await arrive(work, request, { organizationNo: next.no, dueOn })
    return { set: { at_no: next.no }, said: opinion, dueOn }
  },
)

export const answerRequestAction = requestStep(
  'answer',
  withId.extend(contract.answerRequest.body.shape),
  async (work, request, { answer }) => {
    const { followUp } = await daysAllowed(work.tx, work.today)
    await noteAtStation(work, request.no, { done_on: work.today, outcome: 'answered' })
    const dueOn = request.kind === 'request' ? addDays(work.today, followUp) : null
    return { set: { answered_on: work.today, follow_due_on: dueOn }, said: answer, dueOn }
  },
)

export const closeRequestAction = requestStep(
  'close',
  withId.extend(contract.closeRequest.body.shape),
  async (work, request, { note }) => {
    if (request.kind === 'request' && request.state === 'received') throw new Problem('orglife.request_unanswered')
    if (request.kind === 'request' && request.state === 'answered') throw new Problem('orglife.follow_up_owed')
    await noteAtStation(work, request.no, { done_on: work.today, outcome: 'closed' })
    return { set: { follow_due_on: null }, said: note ?? null }
  },
)
