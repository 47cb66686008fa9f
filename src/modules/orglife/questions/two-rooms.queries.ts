import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { askedOrganization, isLookedAt, nameOf } from './asked-organization.queries.ts'
import { type Finding, type Looked, type TwoRooms, twoRoomsSentence } from './findings.rules.ts'

interface Row extends Omit<TwoRooms, 'persons'> {
  readonly no: number
  readonly other: number
  readonly id: string
  readonly otherId: string
  readonly organizationNo: number
  readonly personNos: number[]
}

const hoursOf = (alias: 'm' | 'o') =>
  sql`to_char(${sql.ref(`${alias}.starts_at`)}, 'HH24:MI') || '—' || to_char(${sql.ref(`${alias}.ends_at`)}, 'HH24:MI')`

/** The same person present at two meetings whose hours overlap at different places. The one recorded later is asked about. */
export async function inTwoRooms(read: Read, looked: Looked): Promise<Finding[]> {
  const day =
    looked.meetings === null
      ? isLookedAt(looked)
      : sql`m.held_on in (select m.held_on from orglife.meetings m where ${isLookedAt(looked)})`
  const one = looked.meetings === null ? sql`true` : sql`array[m.no, o.no] && ${`{${looked.meetings.join(',')}}`}::bigint[]`
  const { rows } = await sql<Row>`with timed as materialized (
      select m.no, m.id, m.title, m.organization_no, m.held_on, m.starts_at, m.ends_at, m.recorded_at, lower(btrim(m.place)) as place, a.person_no
      from orglife.meetings m join orglife.attendances a on a.meeting_no = m.no and a.presence <> 'absent'
      where m.state = 'recorded' and m.starts_at is not null and m.ends_at is not null and btrim(m.place) <> '' and ${day})
    select m.no, o.no as other, m.id, o.id as "otherId", m.held_on as "heldOn", m.title, ${hoursOf('m')} as hours, ${hoursOf('o')} as "otherHours",
      ${nameOf(sql`o.organization_no`)} as "otherOrganization", ${askedOrganization(sql`m.organization_no`)} as "organizationNo",
      array_agg(distinct m.person_no) as "personNos"
    from timed m join timed o on o.person_no = m.person_no and o.held_on = m.held_on and (o.recorded_at, o.no) < (m.recorded_at, m.no)
      and o.starts_at < m.ends_at and m.starts_at < o.ends_at and o.place <> m.place
    where ${one}
    group by m.no, o.no, m.id, o.id, m.held_on, m.title, m.starts_at, m.ends_at, o.starts_at, o.ends_at, m.organization_no, o.organization_no
    order by m.no, o.no`.execute(reading<'orglife' | 'directory'>(read))
  return rows.map((row) => ({
    detector: 'two_rooms',
    key: `two_rooms/${row.id}/${row.otherId}`,
    organizationNo: row.organizationNo,
    meetingNos: [row.no, row.other],
    personNos: row.personNos,
    passages: [],
    sentence: twoRoomsSentence({ ...row, persons: row.personNos.length }),
  }))
}
