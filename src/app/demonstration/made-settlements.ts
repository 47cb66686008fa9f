import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import { addDays, type CivilDate } from '../../kernel/time/civil-date.ts'

/** What fell due longer ago than this has been settled in the made-up city; one in so many is still open. */
const [settledAfterDays, openEvery] = [30, 19]

/** What became of the resolutions of the past: settled on the day they were due, told by whoever recorded the meeting. */
export async function settleResolutions(tx: Tx, today: CivilDate): Promise<void> {
  await sql`insert into orglife.resolution_reports (meeting_no, content, settled, note, reported_on, reported_at, reported_by)
    select r.meeting_no, r.content, true, '已落实（演示）', r.due_on, r.due_on::timestamptz, m.recorded_by
    from orglife.resolutions r join orglife.meetings m on m.no = r.meeting_no and m.state = 'recorded'
    where r.due_on < ${addDays(today, -settledAfterDays)}::date and r.no % ${openEvery} <> 0`.execute(reading<'orglife'>(tx))
}
