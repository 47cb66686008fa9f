import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { askedOrganization, isLookedAt } from './asked-organization.queries.ts'
import { type Finding, type Looked, onLeaveSentence } from './findings.rules.ts'

interface Row {
  readonly no: number
  readonly id: string
  readonly title: string
  readonly heldOn: string
  readonly organizationNo: number
  readonly personNos: number[]
}

/** Present on a day for which the person had asked leave; leave from another meeting does not count when its hours are clear of this one's. */
export async function presentOnLeave(read: Read, looked: Looked): Promise<Finding[]> {
  const { rows } =
    await sql<Row>`select m.no, m.id, m.title, m.held_on as "heldOn", ${askedOrganization(sql`m.organization_no`)} as "organizationNo",
      array_agg(distinct a.person_no) as "personNos"
    from orglife.leave_requests l
    join orglife.meetings from_meeting on from_meeting.no = l.meeting_no and from_meeting.state <> 'cancelled'
    join orglife.attendances a on a.person_no = l.person_no and a.presence = 'present'
    join orglife.meetings m on m.no = a.meeting_no and m.state = 'recorded' and m.held_on = from_meeting.held_on
    where ${isLookedAt(looked)} and (m.no = from_meeting.no
      or not coalesce(m.ends_at <= from_meeting.starts_at or from_meeting.ends_at <= m.starts_at, false))
    group by m.no, m.id, m.title, m.held_on, m.organization_no order by m.no`.execute(reading<'orglife' | 'directory'>(read))
  return rows.map((row) => ({
    detector: 'on_leave',
    key: `on_leave/${row.id}`,
    organizationNo: row.organizationNo,
    meetingNos: [row.no],
    personNos: row.personNos,
    passages: [],
    sentence: onLeaveSentence({ ...row, persons: row.personNos.length }),
  }))
}
