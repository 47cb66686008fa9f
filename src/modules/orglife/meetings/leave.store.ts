import type { Work } from '../../../kernel/actions/action.ts'
import { writing } from '../../../kernel/database/handles.ts'

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
