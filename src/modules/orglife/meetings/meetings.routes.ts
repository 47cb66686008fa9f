import { rehearse } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { type Route, route } from '../../../kernel/http/route.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import './meetings.policy.ts'
import { expectedAt } from './expected.queries.ts'
import { askLeaveAction, takeLeaveBackAction } from './leave.actions.ts'
import { chosenOrganizations } from './meeting-body.queries.ts'
import { meetingFormOf } from './meeting-form.queries.ts'
import {
  cancelMeetingAction,
  correctMeetingAction,
  planMeetingAction,
  recordMeetingAction,
  withdrawMeetingAction,
} from './meetings.actions.ts'
import {
  askLeave,
  cancelMeeting,
  correctMeeting,
  listMeetings,
  planMeeting,
  previewMeeting,
  recordMeeting,
  recordMeetingBody,
  showMeeting,
  takeLeaveBack,
  withdrawMeeting,
} from './meetings.contract.ts'
import { meetingForm } from './meeting-form.contract.ts'
import { meetingPageOf, meetingsAsked } from './meetings.queries.ts'
import { expects } from './meetings.rules.ts'

const placeholder = '预览'

export const meetingsRoutes: readonly Route[] = [
  route(meetingForm, {
    permission: 'orglife.meeting.record',
    handle: ({ query, read, platform }) => read((db) => meetingFormOf(db, query, platform.clock.today())),
  }),
  route(listMeetings, {
    permission: 'orglife.meeting.read',
    handle: ({ query, read }) => read((db) => meetingsAsked(db, query)),
  }),
  route(recordMeeting, {
    permission: 'orglife.meeting.record',
    handle: ({ body, perform }) => perform(recordMeetingAction, body),
  }),
  route(previewMeeting, {
    permission: 'orglife.meeting.record',
    handle: async ({ body, actor, platform, requestId }) => {
      const people = await readAs(platform.database, actor, async (read) => {
        const organizations = await chosenOrganizations(read, body.organizationIds)
        const everybody = await expectedAt(
          read,
          organizations.map((organization) => organization.no),
          body.heldOn,
        )
        return expects(body.kinds) === 'committee' ? everybody.filter((person) => person.onCommittee) : everybody
      })
      const speaker = people[0]?.personId
      const input = recordMeetingBody.parse({
        organizationIds: body.organizationIds,
        kinds: body.kinds,
        title: placeholder,
        heldOn: body.heldOn,
        agenda: [{ title: placeholder, category: body.firstCategory ?? 'other' }],
        absent: body.absentIds
          .filter((id) => people.some((person) => person.personId === id))
          .map((personId) => ({ personId, reason: placeholder })),
        ...(body.kinds.includes('lecture') && speaker && { speakerId: speaker }),
      })
      const request = { actor, requestId, idempotencyKey: null }
      const heads = {
        expected: people.filter((person) => !person.exempt).length,
        eligible: people.filter((person) => person.eligible && !person.exempt).length,
      }
      try {
        const trial = await rehearse(platform, recordMeetingAction, { ...request, input })
        return { satisfies: trial.satisfied, warnings: trial.warnings, needsLateReason: false, ...heads }
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'orglife.late_reason_missing') throw error
        const trial = await rehearse(platform, recordMeetingAction, { ...request, input: { ...input, lateReason: placeholder } })
        return { satisfies: trial.satisfied, warnings: trial.warnings, needsLateReason: true, ...heads }
      }
    },
  }),
  route(planMeeting, { permission: 'orglife.meeting.plan', handle: ({ body, perform }) => perform(planMeetingAction, body) }),
  route(showMeeting, {
    permission: 'orglife.meeting.read',
    handle: ({ params, read, actor }) => read((db) => meetingPageOf(db, actor, params.id)),
  }),
  route(askLeave, {
    permission: 'orglife.meeting.ask_leave',
    handle: ({ params, body, perform }) => perform(askLeaveAction, { ...params, ...body }),
  }),
  route(takeLeaveBack, {
    permission: 'orglife.meeting.take_leave_back',
    handle: ({ params, perform }) => perform(takeLeaveBackAction, params),
  }),
  route(cancelMeeting, {
    permission: 'orglife.meeting.cancel',
    handle: ({ params, body, perform }) => perform(cancelMeetingAction, { ...params, ...body }),
  }),
  route(correctMeeting, {
    permission: 'orglife.meeting.correct',
    handle: ({ params, body, perform }) => perform(correctMeetingAction, { ...params, ...body }),
  }),
  route(withdrawMeeting, {
    permission: 'orglife.meeting.withdraw',
    handle: ({ params, body, perform }) => perform(withdrawMeetingAction, { ...params, ...body }),
  }),
]
