import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'

/** Enters leave asked for before a meeting; asking again changes the reason. */
export async function enterLeave(work: Work, leave: { meetingNo: number; personNo: number; reason: string }): Promise<void> {
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.leave_requests')
    .values({ meeting_no: leave.meetingNo, person_no: leave.personNo, reason: leave.reason, asked_at: work.now })
    .onConflict((conflict) =>
      conflict.columns(['meeting_no', 'person_no']).doUpdateSet({ reason: leave.reason, asked_at: work.now }),
    )
    .execute()
}

/** Takes leave back before the meeting; false when there was none. */
export async function removeLeave(work: Work, leave: { meetingNo: number; personNo: number }): Promise<boolean> {
  const removed = await writing<'orglife'>(work.tx)
    .deleteFrom('orglife.leave_requests')
    .where('meeting_no', '=', leave.meetingNo)
    .where('person_no', '=', leave.personNo)
    .returning('person_no')
    .execute()
  return removed.length > 0
}

/** The organization that invites, and the account that planned the meeting. */
export async function plannedBy(
  read: Read,
  meetingNo: number,
): Promise<{ readonly organizationNo: number; readonly accountNo: number | null }> {
  const row = await reading<'orglife'>(read)
    .selectFrom('orglife.meetings as m')
    .leftJoin('orglife.meeting_revisions as r', (join) => join.onRef('r.meeting_no', '=', 'm.no').on('r.revision', '=', 1))
    .select(['m.organization_no', 'r.recorded_by'])
    .where('m.no', '=', meetingNo)
    .executeTakeFirstOrThrow()
  return { organizationNo: row.organization_no, accountNo: row.recorded_by }
}
