import { type Kysely, sql } from 'kysely'
import type { Actor } from '../../src/kernel/access/actor.ts'
import type { DB } from '../../src/kernel/database/schema.generated.ts'
import { newId } from '../../src/kernel/identity/ids.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'

export interface Planted {
  readonly no: number
  readonly id: string
}

const since = '2020-01-01'
const inOffice = '2024-01-01'
const categories: Readonly<Record<string, string>> = { full: 'full_member', probationary: 'probationary_member', staff: 'staff' }

/** Plants organizations, people and accounts behind the walls, as the owner, for tests that need a small city. */
export class World {
  readonly db: Kysely<DB>
  #position = 0

  constructor(platform: TestPlatform) {
    this.db = platform.owner.kysely
  }

  async #inserted(id: string, statement: ReturnType<typeof sql<{ no: number }>>): Promise<Planted> {
    const { rows } = await statement.execute(this.db)
    return { no: rows[0]?.no ?? 0, id }
  }

  async organization(kind: string, name: string, parent: Planted | null): Promise<Planted> {
    const id = newId('org')
    this.#position += 1
    const planted = await this.#inserted(
      id,
      sql`insert into directory.organizations (id, kind, position, established_on)
        values (${id}, ${kind}, ${this.#position}, ${since}::date) returning no`,
    )
    await sql`insert into directory.organization_names (organization_no, name, pinyin, valid)
      values (${planted.no}, ${name}, ${name}, daterange(${since}::date, null))`.execute(this.db)
    if (parent) {
      await sql`insert into directory.organization_edges (organization_no, parent_no, valid)
        values (${planted.no}, ${parent.no}, daterange(${since}::date, null))`.execute(this.db)
    }
    await this.deriveAll()
    return planted
  }

  async deriveAll(): Promise<void> {
    await sql`truncate directory.organization_ancestry`.execute(this.db)
    await sql`with recursive line as (
        select no as organization_no, no as ancestor_no, 0 as depth, daterange(null, null) as valid from directory.organizations
        union all
        select l.organization_no, e.parent_no, l.depth + 1, l.valid * e.valid from line l join directory.organization_edges e
          on e.organization_no = l.ancestor_no and e.valid && l.valid)
      insert into directory.organization_ancestry select * from line where not isempty(valid)`.execute(this.db)
  }

  async person(home: Planted, name: string, more: { standing?: string; exempt?: boolean } = {}): Promise<Planted> {
    const id = newId('per')
    const standing = more.standing ?? 'full'
    const planted = await this.#inserted(
      id,
      sql`insert into directory.persons (id, name, pinyin, initials, category, home_no, exempt_from_duties)
        values (${id}, ${name}, ${name}, ${name}, ${categories[standing] ?? 'activist'}, ${home.no}, ${more.exempt ?? false}) returning no`,
    )
    await sql`insert into directory.memberships (person_no, organization_no, standing, valid)
      values (${planted.no}, ${home.no}, ${standing}, daterange(${since}::date, null))`.execute(this.db)
    return planted
  }

  async people(home: Planted, count: number): Promise<Planted[]> {
    const planted: Planted[] = []
    for (let index = 1; index <= count; index += 1) planted.push(await this.person(home, `示例${home.no}之${index}`))
    return planted
  }

  async committee(of: Planted, members: readonly Planted[]): Promise<void> {
    const id = newId('com')
    const planted = await this.#inserted(
      id,
      sql`insert into directory.committees (id, organization_no, kind, elected_on, term_years, due_on)
        values (${id}, ${of.no}, 'committee', ${inOffice}::date, 3, ${inOffice}::date + interval '3 years') returning no`,
    )
    for (const member of members) {
      await sql`insert into directory.committee_members (committee_no, person_no, duty, valid)
        values (${planted.no}, ${member.no}, '委员', daterange(${inOffice}::date, null))`.execute(this.db)
    }
  }

  async post(holder: Planted, at: Planted, code: string): Promise<void> {
    await sql`insert into directory.posts (id, person_no, organization_no, post, valid)
      values (${newId('pst')}, ${holder.no}, ${at.no}, ${code}, daterange(${inOffice}::date, null))`.execute(this.db)
  }

  async actor(role: string, at: Planted, more: { person?: Planted; writes?: boolean } = {}): Promise<Actor> {
    const id = newId('acc')
    const personNo = more.person?.no ?? null
    const account = await this.#inserted(
      id,
      sql`insert into directory.accounts (id, username, username_key, display_name, person_no, created_at)
        values (${id}, ${id}, ${id}, ${role}, ${personNo}, now()) returning no`,
    )
    return {
      accountNo: account.no,
      accountId: id,
      name: role,
      personNo,
      administrator: null,
      grants: [{ role, organizationNo: at.no }],
      readOrganizations: [at.no],
      writeOrganizations: more.writes === false ? [] : [at.no],
    }
  }

  async administrator(kind: 'system' | 'security' | 'audit'): Promise<Actor> {
    const id = newId('acc')
    const account = await this.#inserted(
      id,
      sql`insert into directory.accounts (id, username, username_key, display_name, administrator, created_at)
        values (${id}, ${id}, ${id}, ${kind}, ${kind}, now()) returning no`,
    )
    const nothing = { grants: [], readOrganizations: [], writeOrganizations: [] }
    return { accountNo: account.no, accountId: id, name: kind, personNo: null, administrator: kind, ...nothing }
  }

  async figuresFrom(day: string): Promise<void> {
    await sql`insert into kernel.settings (name, value, updated_at) values ('rulebook.figures_from', to_jsonb(${day}::text), now())
      on conflict (name) do update set value = excluded.value`.execute(this.db)
  }

  /** Leaves on only these of the loaded requirements, where a test needs a few of each sort rather than all. */
  async onlyRequirements(...codes: readonly string[]): Promise<void> {
    await sql`update rulebook.requirements set enabled = false, reason_off = '这里不算' where enabled and code <> all (${codes}::text[])`.execute(
      this.db,
    )
  }
}

export function worldOf(platform: TestPlatform): World {
  return new World(platform)
}
