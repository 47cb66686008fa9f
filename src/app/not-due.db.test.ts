import { beforeAll, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { perform } from '../kernel/actions/action.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { recordMeetingAction } from '../modules/orglife/index.ts'
import { recordMeetingBody } from '../modules/orglife/meetings/meetings.contract.ts'
import { cockpitFor, loadRulebooks, sweep, updateCells } from '../modules/rulebook/index.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World
let city: Planted
let unit: Planted
let branches: Planted[]
let officer: Actor

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-11-23')
  world = worldOf(platform)
  city = await world.organization('working_committee', '示例工委', null)
  unit = await world.organization('unit', '示例住建局', city)
  branches = [await world.organization('branch', '第一支部', unit), await world.organization('branch', '第二支部', unit)]
  for (const branch of branches) await world.people(branch, 4)
  officer = await world.actor('committee_officer', city)
  await world.figuresFrom('2026-11-01')
  await writeAsSystem(platform.database, async (tx) => {
    await loadRulebooks(tx, 'rulebooks')
    await sweep(tx, '2026-11-23')
  })
})

const total = async () => {
  const shown = await readAs(platform.database, officer, (read) =>
    cockpitFor(read, { tops: [city.no], period: '2026-11', asOf: platform.clock.today() }),
  )
  return shown.total.find((cell) => cell.dimension === 'D3')?.counts
}

it('what is still to come is counted as not due, and one record moves it to met; the sum stays', async () => {
  expect(await total()).toMatchObject({ not_due: 2, met: 0, not_reported: 0 })
  const input = recordMeetingBody.parse({
    organizationIds: [branches[0]?.id],
    kinds: ['theme_day'],
    title: '主题党日',
    heldOn: '2026-11-20',
    agenda: [{ title: '学习', category: 'political_theory' }],
  })
  await perform(platform, recordMeetingAction, { actor: officer, requestId: null, idempotencyKey: null, input })
  await writeAsSystem(platform.database, (tx) => updateCells(tx))
  expect(await total()).toMatchObject({ not_due: 1, met: 1, not_reported: 0 })
})

it('when the day for recording has passed nothing is not due any more', async () => {
  platform.clock.moveTo('2026-12-20')
  await writeAsSystem(platform.database, async (tx) => {
    await sweep(tx, '2026-12-20')
    await updateCells(tx)
  })
  expect(await total()).toMatchObject({ not_due: 0, met: 1, not_reported: 1 })
})
