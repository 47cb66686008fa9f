import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import { addDays, type CivilDate } from '../../kernel/time/civil-date.ts'
import { askEverything } from '../../modules/orglife/index.ts'

/**
 * Looks at the made city's records as the product would. In the branch that visitors see somebody had twice asked leave, came after
 * all, and nobody took the leave back: two questions to answer.
 */
export async function askDemonstration(tx: Tx, is: { shownNo: number; today: CivilDate }): Promise<void> {
  await sql`insert into orglife.leave_requests (meeting_no, person_no, reason, asked_at)
    select * from (select distinct on (m.no) m.no, a.person_no, '出差（演示）', (m.held_on - 2 + time '15:20') at time zone 'Asia/Shanghai'
      from orglife.meetings m join orglife.attendances a on a.meeting_no = m.no and a.presence = 'present'
      where m.organization_no = ${is.shownNo} and m.state = 'recorded' and m.held_on < ${addDays(is.today, -20)}::date
        and m.held_on > ${addDays(is.today, -200)}::date and a.person_no is distinct from m.chair_no
      order by m.no desc, a.person_no limit 2) t`.execute(reading<'orglife'>(tx))
  await askEverything(tx, { today: is.today, at: new Date(`${is.today}T00:00:50+08:00`) })
}
