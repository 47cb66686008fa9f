import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import { action, perform } from '../kernel/actions/action.ts'
import { dispatchNext } from '../kernel/actions/outbox.ts'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { factsChanged, loadRulebooks } from '../modules/rulebook/index.ts'
import { z } from 'zod'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World
let city: Planted
const branchCount = 230

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-11-23')
  world = worldOf(platform)
  city = await world.organization('working_committee', '示例工委', null)
  await sql`insert into directory.organizations (id, kind, position, established_on)
    select 'org_many' || n, 'branch', n, '2020-01-01' from generate_series(1, ${branchCount}::int) n`.execute(world.db)
  await sql`insert into directory.organization_names (organization_no, name, pinyin, valid)
    select no, id, id, daterange('2020-01-01', null) from directory.organizations where id like 'org_many%'`.execute(world.db)
  await sql`insert into directory.organization_edges (organization_no, parent_no, valid)
    select no, ${city.no}, daterange('2020-01-01', null) from directory.organizations where id like 'org_many%'`.execute(world.db)
  await world.deriveAll()
  await world.figuresFrom('2026-10-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
}, 60_000)

const touchAll = action({
  name: 'directory.organization.arrange',
  input: z.strictObject({}),
  touches: () => [city.no],
  run: async (work) => {
    const rows = await sql<{ no: number }>`select no from directory.organizations where kind = 'branch'`.execute(
      platform.owner.kysely,
    )
    await factsChanged(work, { organizations: rows.rows.map((row) => row.no), dates: ['2026-10-01', '2026-10-31'] })
    return { reply: {}, objects: [] }
  },
})

const judged = async () => {
  const rows = await sql<{ n: number }>`select count(distinct organization_no)::int as n from rulebook.obligations o
    join rulebook.requirements r on r.no = o.requirement_no where r.code = 'ZB14'`.execute(world.db)
  return rows.rows[0]?.n
}

it('a change that bears on hundreds answers at once for the first and follows up for the rest', async () => {
  const officer = await world.actor('committee_officer', city)
  await perform(platform, touchAll, { actor: officer, requestId: null, idempotencyKey: null, input: {} })
  const first = await judged()
  expect(first).toBeGreaterThan(0)
  expect(first).toBeLessThan(branchCount)
  while ((await dispatchNext(platform)) > 0);
  expect(await judged()).toBe(branchCount)
})
