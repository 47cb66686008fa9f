import { type RawBuilder, sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { byStrokes } from './name-order.rules.ts'

export type Standing = 'full' | 'probationary' | 'development_target' | 'activist' | 'staff'

/** A person as belonging somewhere on a day. */
export interface MemberOn {
  readonly personNo: number
  readonly personId: string
  readonly name: string
  readonly standing: Standing
  /** JY6: left out of every denominator. */
  readonly exempt: boolean
  /** The group of the person's branch on that day. */
  readonly groupNo: number | null
}

/** A member of an elected committee. */
export interface CommitteeMemberOn {
  readonly personNo: number
  readonly personId: string
  readonly name: string
  readonly duty: string
}

async function peopleOn(read: Read, on: CivilDate, which: RawBuilder<boolean>): Promise<MemberOn[]> {
  const { rows } = await sql<MemberOn>`select distinct on (p.no) p.no as "personNo", p.id as "personId", p.name, m.standing,
      p.exempt_from_duties as exempt,
      (select g.organization_no from directory.memberships g join directory.organizations go on go.no = g.organization_no and go.kind = 'group'
        where g.person_no = p.no and g.valid @> ${on}::date limit 1) as "groupNo"
    from directory.memberships m join directory.persons p on p.no = m.person_no
    where m.valid @> ${on}::date and ${which}
    order by p.no, array_position(array['full', 'probationary', 'development_target', 'activist', 'staff'], m.standing)`.execute(
    reading<'directory'>(read),
  )
  return rows.toSorted((a, b) => byStrokes(a.name, b.name) || a.personNo - b.personNo)
}

const standingUnder = (organizationNo: number, on: CivilDate) => sql<boolean>`m.organization_no in (
  select a.organization_no from directory.organization_ancestry a where a.ancestor_no = ${organizationNo} and a.valid @> ${on}::date)`

/** Full and probationary members of a branch, of a group, or of everything under a committee on a day; by strokes. */
export function membersOn(read: Read, organizationNo: number, on: CivilDate): Promise<MemberOn[]> {
  return peopleOn(read, on, sql<boolean>`m.standing in ('full', 'probationary') and ${standingUnder(organizationNo, on)}`)
}

/** Everybody under a unit on a day, members or not; by strokes. */
export function staffOn(read: Read, organizationNo: number, on: CivilDate): Promise<MemberOn[]> {
  return peopleOn(read, on, standingUnder(organizationNo, on))
}

const placeOfDuty = (duty: string) => (/(^|、)书记/.test(duty) ? 0 : duty.includes('副书记') ? 1 : 2)

/** Members of the committee in office on a day: secretary, deputies, the others by strokes; empty when there is none. */
export async function committeeOn(read: Read, organizationNo: number, on: CivilDate): Promise<CommitteeMemberOn[]> {
  const { rows } =
    await sql<CommitteeMemberOn>`select p.no as "personNo", p.id as "personId", p.name, string_agg(m.duty, '、') as duty
    from directory.committees c
    join directory.committee_members m on m.committee_no = c.no and m.valid @> ${on}::date
    join directory.persons p on p.no = m.person_no
    where c.organization_no = ${organizationNo} and c.elected_on <= ${on}::date and (c.ended_on is null or c.ended_on > ${on}::date)
    group by p.no, p.id, p.name`.execute(reading<'directory'>(read))
  return rows.toSorted((a, b) => placeOfDuty(a.duty) - placeOfDuty(b.duty) || byStrokes(a.name, b.name))
}
