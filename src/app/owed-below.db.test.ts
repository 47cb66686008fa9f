import { beforeAll, expect, test } from 'vitest'
import { worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { workItemsOf } from '../kernel/work-items/registry.ts'
import { cockpitFor, loadRulebooks, sweep, updateCells } from '../modules/rulebook/index.ts'
import { registerModules } from './modules.ts'

registerModules()
const platform = await testPlatform('2026-11-23')
const world = worldOf(platform)
let [officer, leader, secretary] = [] as unknown as [Actor, Actor, Actor]
let unitNo = 0

beforeAll(async () => {
  const city = await world.organization('working_committee', '示例工委', null)
  const unit = await world.organization('unit', '示例住建局', city)
  unitNo = unit.no
  const branch = await world.organization('branch', '第一支部', unit)
  await world.people(branch, 9)
  officer = await world.actor('committee_officer', city)
  leader = await world.actor('unit_leader', unit)
  secretary = await world.actor('branch_secretary', branch)
  await world.figuresFrom('2026-01-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  await writeAsSystem(platform.database, (tx) => sweep(tx, '2026-11-23'))
  await writeAsSystem(platform.database, (tx) => updateCells(tx))
})

const owed = async (actor: Actor) => {
  const items = await readAs(platform.database, actor, (read) => workItemsOf(read, actor, '2026-11-23'))
  return items.filter((item) => item.kind === 'rulebook.owed_below')
}

test('whoever answers for what stands below is told how much is owed there, as much as the cockpit says', async () => {
  const [line, named] = await owed(leader)
  const figures = await readAs(platform.database, leader, (read) =>
    cockpitFor(read, { tops: [unitNo], period: '2026', asOf: '2026-11-23' }),
  )
  const expected = figures.total.reduce((sum, { counts }) => sum + counts.not_reported + counts.unmet, 0)
  expect(expected).toBeGreaterThan(0)
  expect(line).toMatchObject({ count: expected, tone: 'short' })
  expect(line?.title).toMatch(new RegExp(`^示例住建局今年欠办 ${expected} 项，本季 \\d+ 项$`))
  expect(line?.link).toMatch(/^\/cockpit\?organization=org_.+&period=2026$/)
  expect(named?.link).toMatch(/^\/obligations\?under=org_.+&status=not_reported/)
  expect((await owed(officer))[0]?.count).toBeGreaterThanOrEqual(expected)
})

test('a branch secretary’s own duties stand one by one, not as a sum', async () => {
  expect(await owed(secretary)).toEqual([])
})
