import { sql } from 'kysely'
import { keptPlan } from '../../../kernel/database/kept-plans.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'

/** Somebody who is expected at a meeting, and in which capacities. */
export interface Expected {
  readonly personNo: number
  readonly personId: string
  readonly name: string
  readonly organizationNo: number
  /** Full member with a vote (XJ3): the denominator of ZB7. */
  readonly eligible: boolean
  readonly onCommittee: boolean
  /** JY6: may come, is not expected and stands in no denominator. */
  readonly exempt: boolean
}

/**
 * Everybody who belongs to the organizations on a day: members of a branch or group; of a body its committee and the members under it;
 * the leading group's holders of posts; a unit's whole staff. A person who belongs to several is counted with the first.
 */
export async function expectedAt(read: Read, organizations: readonly number[], day: CivilDate): Promise<Expected[]> {
  const list = sql`${`{${organizations.join(',')}}`}::bigint[]`
  const rows = await sql<{
    person_no: number
    person_id: string
    name: string
    organization_no: number
    eligible: boolean
    on_committee: boolean
    exempt: boolean
  }>`${keptPlan}
    with asked as (select o.no, o.kind, a.position from unnest(${list}) with ordinality as a (no, position) join directory.organizations o on o.no = a.no),
    belonging as (
      select k.no as organization_no, k.position, m.person_no, m.standing, false as on_committee
      from asked k
      join directory.organization_ancestry a on a.ancestor_no = k.no and a.valid @> ${day}::date
        and (k.kind in ('unit', 'party_committee', 'general_branch') or a.depth = 0)
      join directory.memberships m on m.organization_no = a.organization_no and m.valid @> ${day}::date
        and (m.standing in ('full', 'probationary') or k.kind = 'unit' and m.standing = 'staff')
      where k.kind <> 'leading_group'
      union all
      select k.no, k.position, c.person_no, 'full', true
      from asked k join directory.committees t on t.organization_no = k.no and t.kind = 'committee' and t.elected_on <= ${day}::date
        and (t.ended_on is null or t.ended_on > ${day}::date)
      join directory.committee_members c on c.committee_no = t.no and c.valid @> ${day}::date
      union all
      select k.no, k.position, p.person_no, 'full', true
      from asked k join directory.posts p on p.organization_no = k.no and p.valid @> ${day}::date
      where k.kind = 'leading_group'),
    merged as (
      select person_no, (array_agg(organization_no order by position))[1] as organization_no, bool_or(standing = 'full') as eligible,
        bool_or(on_committee) as on_committee
      from belonging group by person_no)
    select m.person_no, p.id as person_id, p.name, m.organization_no, m.eligible, m.on_committee, p.exempt_from_duties as exempt
    from merged m join directory.persons p on p.no = m.person_no
    order by p.pinyin, p.no`.execute(reading<'directory'>(read))
  return rows.rows.map((row) => ({
    personNo: row.person_no,
    personId: row.person_id,
    name: row.name,
    organizationNo: row.organization_no,
    eligible: row.eligible,
    onCommittee: row.on_committee,
    exempt: row.exempt,
  }))
}

/** Heads of one organization at a meeting. */
export interface OrganizationHeads {
  readonly organizationNo: number
  readonly expected: number
  readonly present: number
  readonly eligible: number
  readonly eligiblePresent: number
  readonly committeeExpected: number
  readonly committeePresent: number
}

/** Counts heads by organization; who is exempt counts only when present. */
export function headsOf(organizationNo: number, people: readonly Expected[], absent: ReadonlySet<number>): OrganizationHeads {
  const own = people.filter((person) => person.organizationNo === organizationNo)
  const came = own.filter((person) => !absent.has(person.personNo))
  const owed = (person: Expected) => !person.exempt || !absent.has(person.personNo)
  const count = (list: readonly Expected[], test: (person: Expected) => boolean) => list.filter(test).length
  return {
    organizationNo,
    expected: count(own, owed),
    present: came.length,
    eligible: count(own, (person) => person.eligible && owed(person)),
    eligiblePresent: count(came, (person) => person.eligible),
    committeeExpected: count(own, (person) => person.onCommittee && owed(person)),
    committeePresent: count(came, (person) => person.onCommittee),
  }
}
