import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor, HeldRole } from '../access/actor.ts'
import { systemActor } from '../access/actor.ts'
import type { CivilDate } from '../time/civil-date.ts'
import type { TestPlatform } from './test-platform.ts'

/** Rows that tests of any module need to stand on, planted by the database's owner behind all walls. */
export interface Planted {
  readonly no: number
  readonly id: string
}

const tail = () => randomBytes(8).toString('hex')

/** Plants an organization with its name and place; the ancestry is derived by `growAncestry`. */
export async function plantOrganization(
  platform: TestPlatform,
  planted: { kind: string; name: string; under?: Planted; since?: CivilDate; position?: number },
): Promise<Planted> {
  const since = planted.since ?? '2020-01-01'
  const id = `org_${tail()}`
  const { rows } = await sql<{ no: number }>`with o as (
      insert into directory.organizations (id, kind, position, established_on)
      values (${id}, ${planted.kind}, ${planted.position ?? 0}, ${since}) returning no),
    n as (insert into directory.organization_names (organization_no, name, pinyin, valid)
      select no, ${planted.name}, ${planted.name}, daterange(${since}::date, null) from o),
    e as (insert into directory.organization_edges (organization_no, parent_no, valid)
      select no, ${planted.under?.no ?? 0}, daterange(${since}::date, null) from o where ${planted.under !== undefined})
    select no from o`.execute(platform.owner.kysely)
  return { no: rows[0]?.no ?? 0, id }
}

/** Derives the ancestry of everything planted so far. */
export async function growAncestry(platform: TestPlatform): Promise<void> {
  await sql`delete from directory.organization_ancestry`.execute(platform.owner.kysely)
  await sql`with recursive line as (
      select no as organization_no, no as ancestor_no, 0 as depth, daterange(null, null) as valid from directory.organizations
      union all
      select l.organization_no, e.parent_no, l.depth + 1, l.valid * e.valid
      from line l join directory.organization_edges e on e.organization_no = l.ancestor_no and e.valid && l.valid)
    insert into directory.organization_ancestry (organization_no, ancestor_no, depth, valid)
    select organization_no, ancestor_no, depth, valid from line where not isempty(valid)`.execute(platform.owner.kysely)
}

const standingOf: Record<string, string> = { full_member: 'full', probationary_member: 'probationary', applicant: 'staff' }

/** Plants a person who belongs to an organization since a day. */
export async function plantPerson(
  platform: TestPlatform,
  planted: { name: string; home: Planted; category?: string; since?: CivilDate; pinyin?: string },
): Promise<Planted> {
  const id = `per_${tail()}`
  const category = planted.category ?? 'full_member'
  const { rows } = await sql<{ no: number }>`with p as (
      insert into directory.persons (id, name, pinyin, initials, category, home_no, joined_on)
      values (${id}, ${planted.name}, ${planted.pinyin ?? planted.name}, '', ${category}, ${planted.home.no}, '2015-07-01') returning no),
    m as (insert into directory.memberships (person_no, organization_no, standing, valid)
      select no, ${planted.home.no}, ${standingOf[category] ?? category}, daterange(${planted.since ?? '2020-01-01'}::date, null) from p)
    select no from p`.execute(platform.owner.kysely)
  return { no: rows[0]?.no ?? 0, id }
}

/** An actor who holds a role over an organization; `writes: false` for roles that only read. */
export function actorWith(
  role: HeldRole['role'],
  over: Planted,
  more: { person?: Planted; writes?: boolean; accountNo?: number } = {},
): Actor {
  return {
    ...systemActor,
    accountNo: more.accountNo ?? 1000 + over.no,
    accountId: `acc_${role.replaceAll('_', '')}${over.no}`,
    name: role,
    personNo: more.person?.no ?? null,
    grants: [{ role, organizationNo: over.no }],
    readOrganizations: [over.no],
    writeOrganizations: more.writes === false ? [] : [over.no],
  }
}
