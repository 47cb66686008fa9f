import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { askedOrganization } from './asked-organization.queries.ts'
import { burstSentence, type Finding } from './findings.rules.ts'

/** Entries at least so long after the meeting, so many of them within so short a time. */
export const burstOf = { records: 4, hours: 48, daysAfter: 10 } as const
/** A visit that lies further back is not looked at again. */
const lookBack = 30

interface Row {
  readonly checkId: string
  readonly check: string
  readonly announcedOn: CivilDate
  readonly organizationId: string
  readonly organizationNo: number
  readonly meetingNos: number[]
  readonly from: CivilDate
  readonly to: CivilDate
}

/** Organizations that entered many old meetings close together between the announcement of a check and its visit. */
export async function burstsBeforeChecks(read: Read, today: CivilDate): Promise<Finding[]> {
  const { rows } = await sql<Row>`with entries as (
      select c.no as check_no, m.no, m.recorded_on, m.recorded_at, ${askedOrganization(sql`m.organization_no`)} as asked_no
      from orglife.announced_checks c
      join directory.organization_ancestry a on a.ancestor_no = c.organization_no and upper_inf(a.valid)
      join orglife.meetings m on m.organization_no = a.organization_no and m.state = 'recorded'
        and m.recorded_on between c.announced_on and c.visit_on and m.recorded_on - m.held_on >= ${burstOf.daysAfter}::int
      where c.cancelled_at is null and c.announced_on <= ${today}::date and c.visit_on >= ${addDays(today, -lookBack)}::date),
    close as (
      select e.*, count(*) over (partition by e.check_no, e.asked_no order by e.recorded_at
        range between ${`${burstOf.hours} hours`}::interval preceding and ${`${burstOf.hours} hours`}::interval following) as near
      from entries e where e.asked_no is not null)
    select c.id as "checkId", c.title as check, c.announced_on as "announcedOn", o.id as "organizationId", o.no as "organizationNo",
      array_agg(e.no order by e.recorded_at, e.no) as "meetingNos", min(e.recorded_on) as from, max(e.recorded_on) as to
    from close e join orglife.announced_checks c on c.no = e.check_no join directory.organizations o on o.no = e.asked_no
    where e.near >= ${burstOf.records}
    group by c.no, o.no order by c.no, o.no`.execute(reading<'orglife' | 'directory'>(read))
  return rows.map((row) => ({
    detector: 'burst',
    key: `burst/${row.checkId}/${row.organizationId}`,
    organizationNo: row.organizationNo,
    meetingNos: row.meetingNos,
    personNos: [],
    passages: [],
    sentence: burstSentence({ ...row, records: row.meetingNos.length }),
  }))
}
