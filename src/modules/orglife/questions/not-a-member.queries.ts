import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { askedOrganization, isLookedAt } from './asked-organization.queries.ts'
import { type Finding, type Looked, notAMemberSentence } from './findings.rules.ts'

interface Row {
  readonly no: number
  readonly id: string
  readonly title: string
  readonly heldOn: string
  readonly organizationNo: number
  readonly before: number
  readonly after: number
  readonly personNos: number[]
}

/** Present, not sitting in, at a branch's or group's meeting on a day on which the person did not belong to it, nor sat on its committee. */
export async function presentAsNoMember(read: Read, looked: Looked): Promise<Finding[]> {
  const { rows } = await sql<Row>`with stray as (
      select m.no, m.id, m.title, m.held_on, m.organization_no, a.person_no, a.organization_no as branch_no
      from orglife.meetings m
      join orglife.attendances a on a.meeting_no = m.no and a.presence = 'present'
      join directory.organizations b on b.no = a.organization_no and b.kind in ('branch', 'joint_branch', 'temporary_branch', 'group')
      where m.state = 'recorded' and ${isLookedAt(looked)}
        and not exists (select 1 from directory.memberships s where s.person_no = a.person_no and s.organization_no = a.organization_no and s.valid @> m.held_on)),
    strange as (
      select s.*, exists (select 1 from directory.memberships e where e.person_no = s.person_no and e.organization_no = s.branch_no
          and lower(e.valid) <= s.held_on) as left_before
      from stray s
      where not exists (select 1 from directory.committee_members c join directory.committees t on t.no = c.committee_no
        where c.person_no = s.person_no and t.organization_no = s.branch_no and c.valid @> s.held_on))
    select m.no, m.id, m.title, m.held_on as "heldOn", ${askedOrganization(sql`m.organization_no`)} as "organizationNo",
      (count(*) filter (where not m.left_before))::int as before, (count(*) filter (where m.left_before))::int as after,
      array_agg(m.person_no order by m.person_no) as "personNos"
    from strange m group by m.no, m.id, m.title, m.held_on, m.organization_no order by m.no`.execute(
    reading<'orglife' | 'directory'>(read),
  )
  return rows.map((row) => ({
    detector: 'not_a_member',
    key: `not_a_member/${row.id}`,
    organizationNo: row.organizationNo,
    meetingNos: [row.no],
    personNos: row.personNos,
    passages: [],
    sentence: notAMemberSentence(row),
  }))
}
