import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { actorWith, growAncestry, type Planted, plantOrganization, plantPerson } from '../../../kernel/testing/plant.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import '../persons/work-items.queries.ts'
import './work-items.queries.ts'

const platform = await testPlatform('2026-11-23')
const owner = platform.owner.kysely
const items = (actor: Actor) => readAs(platform.database, actor, (read) => workItemsOf(read, actor, platform.clock.today()))
let city: Planted
let unit: Planted
let otherUnit: Planted
let overdue: Planted
let coming: Planted
let early: Planted

async function plantTerm(organization: Planted, dueOn: string, extendedTo: string | null = null): Promise<void> {
  await sql`insert into directory.committees (id, organization_no, kind, elected_on, term_years, due_on, extended_to)
    values (${`cmt_${organization.no}`}, ${organization.no}, 'committee', '2023-01-01', 3, ${dueOn}::date, ${extendedTo}::date)`.execute(
    owner,
  )
}

beforeAll(async () => {
  city = await plantOrganization(platform, { kind: 'working_committee', name: '示例工委' })
  unit = await plantOrganization(platform, { kind: 'unit', name: '甲局', under: city })
  otherUnit = await plantOrganization(platform, { kind: 'unit', name: '乙局', under: city })
  overdue = await plantOrganization(platform, { kind: 'branch', name: '甲局一支部', under: unit })
  coming = await plantOrganization(platform, { kind: 'branch', name: '甲局二支部', under: unit })
  early = await plantOrganization(platform, { kind: 'branch', name: '乙局支部', under: otherUnit })
  await growAncestry(platform)
  await plantTerm(overdue, '2026-03-01')
  await plantTerm(coming, '2026-03-01', '2027-02-01')
  await plantTerm(early, '2028-01-01')
})

describe('elections', () => {
  test('are one item for whoever keeps several organizations, the earliest first, an approved extension counted', async () => {
    for (const actor of [actorWith('committee_officer', city), actorWith('full_time_deputy', unit)]) {
      expect(await items(actor)).toEqual([
        {
          id: 'directory.elections',
          kind: 'directory.elections',
          title: '换届：1 个已届满，1 个六个月内届满',
          detail: '甲局一支部（2026年3月1日）、甲局二支部（2027年2月1日）',
          due: '2026-03-01',
          tone: 'soon',
          link: `/organizations/${overdue.id}`,
          count: 2,
        },
      ])
    }
  })

  test('a branch secretary is told of the own branch alone, a member of none', async () => {
    expect(await items(actorWith('branch_secretary', coming))).toMatchObject([
      { title: '换届：1 个六个月内届满', tone: 'info', count: 1, link: `/organizations/${coming.id}` },
    ])
    expect(await items(actorWith('branch_secretary', early))).toEqual([])
    expect(await items(actorWith('member', coming, { writes: false }))).toEqual([])
  })
})

describe('members without a branch', () => {
  test('are told to whoever keeps their file; other staff, those who left and those in a branch are not meant', async () => {
    const lost = await plantPerson(platform, { name: '丁某', home: otherUnit })
    await plantPerson(platform, { name: '戊某', home: early })
    await plantPerson(platform, { name: '己某', home: otherUnit, category: 'staff' })
    const gone = await plantPerson(platform, { name: '庚某', home: otherUnit })
    await sql`update directory.persons set left_on = '2026-10-01' where no = ${gone.no}`.execute(owner)
    expect(await items(actorWith('full_time_deputy', otherUnit))).toMatchObject([
      { title: '1 名党员没有编入支部', tone: 'soon', link: `/persons/${lost.id}`, count: 1 },
    ])
    expect(await items(actorWith('branch_secretary', early))).toEqual([])
    expect(await items(actorWith('unit_leader', otherUnit))).toEqual([])
  })
})
