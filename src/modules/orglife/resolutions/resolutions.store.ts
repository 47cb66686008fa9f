import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'

export interface StoredResolution {
  readonly ownerNo: number | null
  readonly settled: boolean
}

/** A resolution of a meeting by its words, with the last word on it. */
export async function findResolution(read: Read, meetingNo: number, content: string): Promise<StoredResolution | undefined> {
  const { rows } =
    await sql<StoredResolution>`select r.owner_no as "ownerNo", coalesce((select p.settled from orglife.resolution_reports p
      where p.meeting_no = r.meeting_no and p.content = r.content order by p.no desc limit 1), false) as settled
    from orglife.resolutions r where r.meeting_no = ${meetingNo} and r.content = ${content} order by r.position limit 1`.execute(
      reading<'orglife'>(read),
    )
  return rows[0]
}

export async function insertReport(
  work: Work,
  report: { meetingNo: number; content: string; settled: boolean; note: string },
): Promise<void> {
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.resolution_reports')
    .values({
      meeting_no: report.meetingNo,
      content: report.content,
      settled: report.settled,
      note: report.note,
      reported_on: work.today,
      reported_at: work.now,
      reported_by: work.actor.accountNo,
    })
    .execute()
}

export async function insertThemeDay(work: Work, fixed: { organizationNo: number; day: number }): Promise<void> {
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.theme_days')
    .values({
      organization_no: fixed.organizationNo,
      day: fixed.day,
      since: work.today,
      decided_at: work.now,
      decided_by: work.actor.accountNo,
    })
    .execute()
}
