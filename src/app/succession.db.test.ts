import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import { perform } from '../kernel/actions/action.ts'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { mergeOrganizationAction } from '../modules/directory/index.ts'
import { loadRulebooks, sweep } from '../modules/rulebook/index.ts'
import { proposeCases } from '../modules/supervision/index.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World
let [gone, heir] = [
  { no: 0, id: '' },
  { no: 0, id: '' },
] as [Planted, Planted]

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-10-20')
  world = worldOf(platform)
  const city = await world.organization('working_committee', '示例工委', null)
  const unit = await world.organization('unit', '示例住建局', city)
  gone = await world.organization('branch', '第一支部', unit)
  heir = await world.organization('branch', '第二支部', unit)
  await world.people(gone, 4)
  await world.people(heir, 4)
  await world.figuresFrom('2026-09-01')
  await writeAsSystem(platform.database, async (tx) => {
    await loadRulebooks(tx, 'rulebooks')
    await proposeCases(tx, { changes: await sweep(tx, '2026-10-20'), at: platform.clock.now() })
  })
  const officer = await world.actor('committee_officer', city)
  await perform(platform, mergeOrganizationAction, {
    actor: officer,
    requestId: null,
    idempotencyKey: null,
    input: { id: gone.id, intoId: heir.id, on: '2026-10-15', reason: '机构改革' },
  })
})

it('when a branch is merged, its open cases go to the successor with a step that says so', async () => {
  const cases = await sql<{
    organization_no: number
    steps: string[]
  }>`select c.organization_no, array(select s.action from supervision.case_steps s where s.case_no = c.no order by s.revision) as steps
    from supervision.cases c where c.subject_no = ${gone.no}`.execute(world.db)
  expect(cases.rows.length).toBeGreaterThan(0)
  for (const row of cases.rows) expect(row).toEqual({ organization_no: heir.no, steps: ['propose', 'hand_over'] })
})

it('its decided duties stay with it, and no duty of a later period is asked of it', async () => {
  const duties = await sql<{
    period: string
    status: number
  }>`select p.name as period, o.status from rulebook.obligations o join rulebook.periods p on p.no = o.period_no
    where o.organization_no = ${gone.no} order by p.no`.execute(world.db)
  expect(duties.rows).toEqual([{ period: '2026-09', status: 4 }])
})
