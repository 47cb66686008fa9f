import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { factsChanged, servedBy } from '../../rulebook/index.ts'
import { bodyOf, chosenOrganizations } from './meeting-body.queries.ts'
import { countedAsStored, countedOf, meetingFacts } from './meeting-facts.queries.ts'
import { planNotice } from './meeting-notices.rules.ts'
import {
  cancelMeeting,
  correctMeeting,
  planMeetingBody,
  type RecordMeetingInput,
  recordMeetingBody,
  withdrawMeeting,
} from './meetings.contract.ts'
import { meetingRecorded } from './meetings.events.ts'
import { type MeetingAction, meetingActions, meetingLifecycle, meetingStates } from './meetings.lifecycle.ts'
import { agendaWarnings, quorumWarnings, seasonWarnings, type Warning } from './meetings.rules.ts'
import {
  changeState,
  findMeeting,
  insertMeeting,
  type MeetingBody,
  replaceMeeting,
  type StoredMeeting,
} from './meetings.store.ts'
import { checkLateness, satisfiedOf } from './served-duties.rules.ts'

const numbersOf = async (work: Work, ids: readonly string[]) =>
  (await chosenOrganizations(work.tx, ids)).map((organization) => organization.no)

async function meetingOf(work: Work, id: string): Promise<StoredMeeting> {
  const meeting = await findMeeting(work.tx, id)
  if (!meeting) throw new Problem('orglife.meeting_not_found')
  return meeting
}

function allowed(meeting: StoredMeeting, verb: MeetingAction): void {
  if (meetingLifecycle[meeting.state][verb]) return
  const possible = Object.keys(meetingLifecycle[meeting.state]).map((key) => meetingActions[key as MeetingAction])
  throw new Problem('kernel.not_allowed_now', {
    detail: `这次会议${meetingStates[meeting.state]}，不能${meetingActions[verb]}。${possible.length > 0 ? `现在可以：${possible.join('、')}。` : '它已经办结。'}`,
  })
}

function bodyWarnings(body: MeetingBody): Warning[] {
  const sum = (of: (heads: MeetingBody['organizations'][number]) => number) =>
    body.organizations.reduce((total, heads) => total + of(heads), 0)
  return [
    ...agendaWarnings(body.kinds, body.agenda[0]?.category),
    ...seasonWarnings(body.kinds, body.heldOn),
    ...quorumWarnings(body.kinds, {
      eligible: sum((heads) => heads.eligible),
      eligiblePresent: sum((heads) => heads.eligiblePresent),
      committeeExpected: sum((heads) => heads.committeeExpected),
      committeePresent: sum((heads) => heads.committeePresent),
      expected: sum((heads) => heads.expected),
      present: sum((heads) => heads.present),
    }),
  ]
}

export const recordMeetingAction = action({
  name: 'orglife.meeting.record',
  input: recordMeetingBody,
  touches: (work, input) => numbersOf(work, input.organizationIds),
  run: async (work, input) => {
    if (input.heldOn > work.today)
      throw new Problem('orglife.held_in_future', { errors: [{ field: 'heldOn', message: '召开日期还没到。' }] })
    const body = await bodyOf(work.tx, input, await chosenOrganizations(work.tx, input.organizationIds))
    const entered = await enter(work, input, body)
    await factsChanged(work, meetingFacts(countedOf(body)))
    const served = await servedBy(work.tx, { kind: 'meeting', no: entered.no, heldOn: body.heldOn })
    checkLateness(served, input.lateReason)
    await work.emit(meetingRecorded.of({ meetingNo: entered.no, heldOn: body.heldOn }))
    return {
      reply: { id: entered.id, satisfied: satisfiedOf(served), warnings: bodyWarnings(body) },
      objects: [{ kind: 'meeting', id: entered.id }],
      fields: { title: body.title, heldOn: body.heldOn, kinds: [...body.kinds], lateReason: input.lateReason },
    }
  },
})

/** A planned meeting becomes its record; any other record is new. */
async function enter(work: Work, input: RecordMeetingInput, body: MeetingBody): Promise<{ no: number; id: string }> {
  const lateReason = input.lateReason ?? null
  if (!input.plannedId) return insertMeeting(work, body, { state: 'recorded', lateReason })
  const planned = await meetingOf(work, input.plannedId)
  allowed(planned, 'record')
  const replaced = await replaceMeeting(work, planned, { body, state: 'recorded', reason: lateReason, lateReason })
  if (!replaced) throw new Problem('kernel.changed_meanwhile')
  return planned
}

export const planMeetingAction = action({
  name: 'orglife.meeting.plan',
  input: planMeetingBody,
  touches: (work, input) => numbersOf(work, input.organizationIds),
  run: async (work, { notice, ...input }) => {
    if (input.heldOn < work.today)
      throw new Problem('orglife.planned_in_past', { errors: [{ field: 'heldOn', message: '预定日期已过。' }] })
    const whole = recordMeetingBody.parse(input)
    const body = await bodyOf(work.tx, whole, await chosenOrganizations(work.tx, input.organizationIds))
    const { id } = await insertMeeting(work, { ...body, attendance: [] }, { state: 'planned', lateReason: null })
    await notify(work.tx, {
      to: { personNos: body.attendance.map((row) => row.personNo) },
      except: work.actor.accountNo,
      kind: 'orglife.meeting_planned',
      title: `${inChinese(body.heldOn)}开会：${body.title}`,
      body: planNotice({ notice, place: body.place, agenda: body.agenda }),
      link: `/meetings/${id}`,
      at: work.now,
    })
    return {
      reply: {
        id,
        warnings: [...agendaWarnings(body.kinds, body.agenda[0]?.category), ...seasonWarnings(body.kinds, body.heldOn)],
      },
      objects: [{ kind: 'meeting', id }],
      fields: { title: body.title, heldOn: body.heldOn, kinds: [...body.kinds] },
    }
  },
})

const ofMeeting = z.object({ id: z.string() })

export const cancelMeetingAction = action({
  name: 'orglife.meeting.cancel',
  input: ofMeeting.extend(cancelMeeting.body.shape),
  touches: async (work, input) => (await meetingOf(work, input.id)).organizationNos,
  run: async (work, { id, reason }) => {
    const meeting = await meetingOf(work, id)
    allowed(meeting, 'cancel')
    if (!(await changeState(work, meeting, { state: 'cancelled', reason }))) throw new Problem('kernel.changed_meanwhile')
    return { reply: { id }, objects: [{ kind: 'meeting', id }], fields: { reason } }
  },
})

export const withdrawMeetingAction = action({
  name: 'orglife.meeting.withdraw',
  input: ofMeeting.extend(withdrawMeeting.body.shape),
  touches: async (work, input) => (await meetingOf(work, input.id)).organizationNos,
  run: async (work, { id, reason }) => {
    const meeting = await meetingOf(work, id)
    allowed(meeting, 'withdraw')
    const counted = await countedAsStored(work.tx, meeting.no)
    if (!(await changeState(work, meeting, { state: 'withdrawn', reason }))) throw new Problem('kernel.changed_meanwhile')
    await factsChanged(work, meetingFacts(counted))
    return { reply: { id }, objects: [{ kind: 'meeting', id }], fields: { reason } }
  },
})

export const correctMeetingAction = action({
  name: 'orglife.meeting.correct',
  input: ofMeeting.extend(correctMeeting.body.shape),
  touches: async (work, input) => [
    ...(await meetingOf(work, input.id)).organizationNos,
    ...(await numbersOf(work, input.organizationIds)),
  ],
  run: async (work, { id, revision, reason, ...input }) => {
    const meeting = await meetingOf(work, id)
    allowed(meeting, 'correct')
    if (meeting.revision !== revision) throw new Problem('kernel.changed_meanwhile')
    if (input.heldOn > work.today)
      throw new Problem('orglife.held_in_future', { errors: [{ field: 'heldOn', message: '召开日期还没到。' }] })
    const body = await bodyOf(work.tx, input, await chosenOrganizations(work.tx, input.organizationIds))
    const before = await countedAsStored(work.tx, meeting.no)
    if (!(await replaceMeeting(work, meeting, { body, state: 'recorded', reason, lateReason: meeting.lateReason })))
      throw new Problem('kernel.changed_meanwhile')
    await factsChanged(work, meetingFacts(before, countedOf(body)))
    const served = await servedBy(work.tx, { kind: 'meeting', no: meeting.no, heldOn: body.heldOn })
    return {
      reply: { id, revision: revision + 1, satisfied: satisfiedOf(served), warnings: bodyWarnings(body) },
      objects: [{ kind: 'meeting', id }],
      fields: { reason, title: body.title, heldOn: body.heldOn, kinds: [...body.kinds] },
    }
  },
})
