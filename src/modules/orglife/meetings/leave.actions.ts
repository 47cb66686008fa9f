import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { enterLeave, plannedBy, removeLeave } from './leave.store.ts'
import { leaveNotice } from './meeting-notices.rules.ts'
import { askLeave } from './meetings.contract.ts'
import { findMeeting, type StoredMeeting } from './meetings.store.ts'

/** The meeting ahead and whoever acts for himself; leave is the business of nobody else. */
async function ahead(work: Work, id: string): Promise<{ meeting: StoredMeeting; personNo: number }> {
  const meeting = await findMeeting(work.tx, id)
  if (!meeting) throw new Problem('orglife.meeting_not_found')
  if (meeting.state !== 'planned')
    throw new Problem('kernel.not_allowed_now', { detail: '只能在会前请假或取消请假；会已经开了，请由记录人登记缺席。' })
  if (work.actor.personNo === null) throw new Problem('kernel.forbidden')
  return { meeting, personNo: work.actor.personNo }
}

/** Tells the account that planned the meeting and the keepers of the organization that invites. */
async function tellKeepers(work: Work, meeting: StoredMeeting, change: 'asked' | 'taken_back'): Promise<void> {
  const { organizationNo, accountNo } = await plannedBy(work.tx, meeting.no)
  await notify(work.tx, {
    to: {
      holders: [{ organizationNo, roles: ['branch_secretary', 'group_leader'] }],
      ...(accountNo !== null && { accountNos: [accountNo] }),
    },
    except: work.actor.accountNo,
    kind: change === 'asked' ? 'orglife.leave_asked' : 'orglife.leave_taken_back',
    ...leaveNotice(change, meeting),
    link: `/meetings/${meeting.id}`,
    at: work.now,
  })
}

const ofMeeting = z.object({ id: z.string() })

export const askLeaveAction = action({
  name: 'orglife.meeting.ask_leave',
  input: ofMeeting.extend(askLeave.body.shape),
  touches: () => [],
  run: async (work, { id, reason }) => {
    const { meeting, personNo } = await ahead(work, id)
    await enterLeave(work, { meetingNo: meeting.no, personNo, reason })
    await tellKeepers(work, meeting, 'asked')
    return { reply: { id }, objects: [{ kind: 'meeting', id }], fields: { reason } }
  },
})

export const takeLeaveBackAction = action({
  name: 'orglife.meeting.take_leave_back',
  input: ofMeeting,
  touches: () => [],
  run: async (work, { id }) => {
    const { meeting, personNo } = await ahead(work, id)
    // Taken back already: what was wanted stands, and nobody need be told twice.
    if (await removeLeave(work, { meetingNo: meeting.no, personNo })) await tellKeepers(work, meeting, 'taken_back')
    return { reply: { id }, objects: [{ kind: 'meeting', id }] }
  },
})
