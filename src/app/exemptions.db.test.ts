import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { perform } from '../kernel/actions/action.ts'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { declareNotDoneAction, exemptAction, loadRulebooks, sweep } from '../modules/rulebook/index.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World
let [city, committee, branch] = [
  { no: 0, id: '' },
  { no: 0, id: '' },
  { no: 0, id: '' },
] as [Planted, Planted, Planted]
let keeper: Actor

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-11-23')
  world = worldOf(platform)
  city = await world.organization('working_committee', '示例工委', null)
  const unit = await world.organization('unit', '示例住建局', city)
  committee = await world.organization('party_committee', '机关党委', unit)
  branch = await world.organization('branch', '第一支部', committee)
  await world.people(branch, 4)
  keeper = await world.actor('committee_secretary', committee)
  await world.figuresFrom('2026-10-01')
  await writeAsSystem(platform.database, async (tx) => {
    await loadRulebooks(tx, 'rulebooks')
    await sweep(tx, '2026-11-23')
  })
})

const statusOf = async (period: string) => {
  const rows = await sql<{
    status: number
  }>`select o.status from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no
    join rulebook.periods p on p.no = o.period_no where r.code = 'ZB14' and p.name = ${period} and o.organization_no = ${branch.no}`.execute(
    world.db,
  )
  return rows.rows[0]?.status
}
const by = (actor: Actor) => ({ actor, requestId: null, idempotencyKey: null })
const exemption = (subject: string) => ({
  ground: 'other' as const,
  requirement: 'ZB14',
  subject,
  from: '2026-10-01',
  to: '2026-10-31',
  reason: '整体外出执行任务',
})

it('a branch that says itself that nothing was held is unmet with its reason, no longer not reported', async () => {
  expect(await statusOf('2026-10')).toBe(4)
  const secretary = await world.actor('branch_secretary', branch)
  const input = { requirement: 'ZB14', subject: branch.id, period: '2026-10', reason: '全体下沉一线' }
  await perform(platform, declareNotDoneAction, { ...by(secretary), input })
  expect(await statusOf('2026-10')).toBe(3)
  await expect(perform(platform, declareNotDoneAction, { ...by(secretary), input })).rejects.toMatchObject({
    code: 'rulebook.already_declared',
  })
})

it('a committee exempts a branch below it, never itself', async () => {
  await expect(perform(platform, exemptAction, { ...by(keeper), input: exemption(committee.id) })).rejects.toMatchObject({
    code: 'kernel.not_found',
  })
  await expect(
    perform(platform, exemptAction, { ...by(await world.actor('committee_officer', city)), input: exemption(city.id) }),
  ).rejects.toMatchObject({
    code: 'rulebook.exemption_needs_superior',
  })
  await perform(platform, exemptAction, { ...by(keeper), input: exemption(branch.id) })
  expect(await statusOf('2026-10')).toBe(5)
})
