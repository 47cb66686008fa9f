import { beforeAll, describe, expect, it } from 'vitest'
import { writeAsSystem } from '../../kernel/database/transaction.ts'
import { testPlatform } from '../../kernel/testing/test-platform.ts'
import { loadRulebooks, rebuild } from '../../modules/rulebook/index.ts'
import { registerModules } from '../modules.ts'
import { proposeMissed } from './made-cases.ts'
import { fillProvince } from './seed-province.ts'

const today = '2026-11-23'
registerModules()
const platform = await testPlatform(today)
const count = async (query: string) =>
  Number((await platform.owner.pool.query<{ count: number }>(`select count(*) as count ${query}`)).rows[0]?.count)

beforeAll(async () => {
  await writeAsSystem(platform.database, async (tx) => {
    await loadRulebooks(tx, 'rulebooks')
    const shape = { cities: 3, unitsPerCity: 2, branchesPerUnit: 4, membersPerBranch: 20 }
    await fillProvince(tx, shape, { today, passwordHash: 'scrypt$made-up', tell: () => undefined })
    await rebuild(tx, today)
    await proposeMissed(tx, null)
  })
}, 60_000)

describe('a province made inside the database', () => {
  it('has the asked shape, one tree, and everybody in one branch', async () => {
    expect(await count(`from directory.organizations where kind = 'branch'`)).toBe(24)
    expect(await count('from directory.persons')).toBe(480)
    const root = `(select no from directory.organizations where id = (select id from directory.organizations order by no limit 1))`
    expect(await count(`from directory.organization_ancestry where ancestor_no = ${root}`)).toBe(1 + 3 + 6 * 3 + 24)
    expect(await count(`from (select person_no from directory.memberships group by 1 having count(*) = 1) t`)).toBe(480)
  })

  it('has committees and posts of people who belong to the organization', async () => {
    expect(await count('from directory.committees')).toBe(24)
    expect(
      await count(`from directory.committee_members m join directory.committees c on c.no = m.committee_no
      join directory.persons p on p.no = m.person_no and p.home_no = c.organization_no`),
    ).toBe(72)
    expect(
      await count(
        `from directory.posts t join directory.persons p on p.no = t.person_no and p.home_no = t.organization_no where t.post = 'branch_secretary'`,
      ),
    ).toBe(24)
    expect(await count(`from directory.posts where post = 'leading_group_secretary'`)).toBe(6)
  })

  it('has meetings with one host, heads, an agenda and a revision each, none in the future', async () => {
    const meetings = await count('from orglife.meetings')
    expect(meetings).toBeGreaterThan(400)
    for (const part of ['meeting_organizations', 'agenda_items', 'meeting_revisions'])
      expect(await count(`from orglife.${part}`)).toBe(meetings)
    expect(
      await count(`from orglife.meetings where held_on > '${today}' or recorded_on > '${today}' or recorded_on < held_on`),
    ).toBe(0)
    expect(
      await count('from orglife.meeting_organizations where present > expected or committee_present > committee_expected'),
    ).toBe(0)
  })

  it('gives believable figures and proposes cases for what was missed', async () => {
    const met = await count(
      `from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no and r.code in ('ZB14', 'ZB9', 'ZB6') where status in (1, 2)`,
    )
    const due = await count(
      `from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no and r.code in ('ZB14', 'ZB9', 'ZB6') where status < 5`,
    )
    expect(met / due).toBeGreaterThan(0.8)
    expect(met / due).toBeLessThan(0.98)
    const missed = await count(
      `from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no and r.strength = 'hard' where status in (3, 4)`,
    )
    expect(missed).toBeGreaterThan(0)
    expect(await count(`from supervision.cases where state = 'proposed'`)).toBe(missed)
  })

  it('has the eleven accounts', async () => {
    expect(await count(`from directory.accounts where state = 'active' and demonstration`)).toBe(11)
    expect(await count(`from directory.grants where state = 'approved'`)).toBe(8)
  })
})
