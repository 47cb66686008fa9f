import { sql } from 'kysely'
import type { Actor } from '../../src/kernel/access/actor.ts'
import { newId } from '../../src/kernel/identity/ids.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'

export interface Planted {
  readonly no: number
  readonly id: string
}

/** Plants organizations, people and grants behind the walls, as the owner, for tests that need a small city. */
export function worldOf(platform: TestPlatform) {
  const db = platform.owner.kysely
  let position = 0

  async function organization(kind: string, name: string, parent: Planted | null, since = '2020-01-01'): Promise<Planted> {
    const id = newId('org')
    position += 1
    const row = await sql<{
      no: number
    }>`insert into directory.organizations (id, kind, position, established_on) values (${id}, ${kind}, ${position}, ${since}::date) returning no`.execute(
      db,
    )
    const no = row.rows[0]?.no ?? 0
    await sql`insert into directory.organization_names (organization_no, name, pinyin, valid) values (${no}, ${name}, ${name}, daterange(${since}::date, null))`.execute(
      db,
    )
    if (parent)
      await sql`insert into directory.organization_edges (organization_no, parent_no, valid) values (${no}, ${parent.no}, daterange(${since}::date, null))`.execute(
        db,
      )
    await deriveAll()
    return { no, id }
  }

  async function deriveAll(): Promise<void> {
    await sql`truncate directory.organization_ancestry`.execute(db)
    await sql`with recursive line as (
        select no as organization_no, no as ancestor_no, 0 as depth, daterange(null, null) as valid from directory.organizations
        union all
        select l.organization_no, e.parent_no, l.depth + 1, l.valid * e.valid from line l join directory.organization_edges e
          on e.organization_no = l.ancestor_no and e.valid && l.valid)
      insert into directory.organization_ancestry select * from line where not isempty(valid)`.execute(db)
  }

  async function person(
    home: Planted,
    name: string,
    more: { standing?: string; since?: string; exempt?: boolean } = {},
  ): Promise<Planted> {
    const id = newId('per')
    const standing = more.standing ?? 'full'
    const category = { full: 'full_member', probationary: 'probationary_member', staff: 'staff' }[standing] ?? 'activist'
    const row = await sql<{
      no: number
    }>`insert into directory.persons (id, name, pinyin, initials, category, home_no, exempt_from_duties)
      values (${id}, ${name}, ${name}, ${name}, ${category}, ${home.no}, ${more.exempt ?? false}) returning no`.execute(db)
    const no = row.rows[0]?.no ?? 0
    await sql`insert into directory.memberships (person_no, organization_no, standing, valid)
      values (${no}, ${home.no}, ${standing}, daterange(${more.since ?? '2020-01-01'}::date, null))`.execute(db)
    return { no, id }
  }

  async function people(home: Planted, count: number): Promise<Planted[]> {
    const planted: Planted[] = []
    for (let index = 0; index < count; index += 1) planted.push(await person(home, `示例${home.no}之${index + 1}`))
    return planted
  }

  async function committee(of: Planted, members: readonly Planted[], electedOn = '2024-01-01'): Promise<void> {
    const row = await sql<{
      no: number
    }>`insert into directory.committees (id, organization_no, kind, elected_on, term_years, due_on)
      values (${newId('com')}, ${of.no}, 'committee', ${electedOn}::date, 3, ${electedOn}::date + interval '3 years') returning no`.execute(
      db,
    )
    for (const member of members) {
      await sql`insert into directory.committee_members (committee_no, person_no, duty, valid)
        values (${row.rows[0]?.no ?? 0}, ${member.no}, '委员', daterange(${electedOn}::date, null))`.execute(db)
    }
  }

  async function post(holder: Planted, at: Planted, code: string, since = '2024-01-01'): Promise<void> {
    await sql`insert into directory.posts (id, person_no, organization_no, post, valid) values (${newId('pst')}, ${holder.no}, ${at.no}, ${code}, daterange(${since}::date, null))`.execute(
      db,
    )
  }

  async function actor(role: string, at: Planted, more: { person?: Planted; writes?: boolean } = {}): Promise<Actor> {
    const id = newId('acc')
    const row = await sql<{
      no: number
    }>`insert into directory.accounts (id, username, username_key, display_name, person_no, created_at)
      values (${id}, ${id}, ${id}, ${role}, ${more.person?.no ?? null}, now()) returning no`.execute(db)
    return {
      accountNo: row.rows[0]?.no ?? 0,
      accountId: id,
      name: role,
      personNo: more.person?.no ?? null,
      administrator: null,
      grants: [{ role, organizationNo: at.no }],
      readOrganizations: [at.no],
      writeOrganizations: more.writes === false ? [] : [at.no],
    }
  }

  async function administrator(kind: 'system' | 'security' | 'audit'): Promise<Actor> {
    const id = newId('acc')
    const row = await sql<{
      no: number
    }>`insert into directory.accounts (id, username, username_key, display_name, administrator, created_at)
      values (${id}, ${id}, ${id}, ${kind}, ${kind}, now()) returning no`.execute(db)
    return {
      accountNo: row.rows[0]?.no ?? 0,
      accountId: id,
      name: kind,
      personNo: null,
      administrator: kind,
      grants: [],
      readOrganizations: [],
      writeOrganizations: [],
    }
  }

  async function figuresFrom(day: string): Promise<void> {
    await sql`insert into kernel.settings (name, value, updated_at) values ('rulebook.figures_from', to_jsonb(${day}::text), now())
      on conflict (name) do update set value = excluded.value`.execute(db)
  }

  return { organization, person, people, committee, post, actor, administrator, figuresFrom, deriveAll, db }
}

export type World = ReturnType<typeof worldOf>
