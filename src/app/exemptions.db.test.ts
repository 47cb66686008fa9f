import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { perform } from '../kernel/actions/action.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import {
  exemptMemberAction,
  revokeExemptionAction,
  revokeMemberExemptionAction,
} from '../modules/rulebook/exemptions/exemptions.actions.ts'
import { listExemptions } from '../modules/rulebook/exemptions/exemptions.contract.ts'
import { exemptionsAsked } from '../modules/rulebook/exemptions/exemptions.queries.ts'
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

const today = '2026-11-23'
const listed = (actor: Actor, query: object = {}) =>
  readAs(platform.database, actor, (read) => exemptionsAsked(read, listExemptions.query.parse(query), { actor, today }))

it('an exemption names its ground, ends, and is not given twice', async () => {
  const input = {
    subject: branch.id,
    ground: 'temporary_branch' as const,
    from: '2026-11-01',
    to: '2026-12-31',
    reason: '按临时支部管理',
  }
  await expect(perform(platform, exemptAction, { ...by(keeper), input: { ...input, to: '2026-10-01' } })).rejects.toMatchObject({
    code: 'kernel.invalid_input',
  })
  await expect(perform(platform, exemptAction, { ...by(keeper), input: { ...input, ground: 'illness' } })).rejects.toMatchObject({
    code: 'kernel.invalid_input',
  })
  await expect(
    perform(platform, exemptAction, { ...by(keeper), input: { ...input, requirement: 'XX99' } }),
  ).rejects.toMatchObject({ code: 'kernel.invalid_input' })
  await perform(platform, exemptAction, { ...by(keeper), input })
  await expect(perform(platform, exemptAction, { ...by(keeper), input })).rejects.toMatchObject({
    code: 'rulebook.exemption_exists',
  })
})

it('a decided ground relieves of what lists it, and of nothing else', async () => {
  const rows = await sql<{
    code: string
    status: number
    lists: boolean
  }>`select r.code, o.status, r.subject -> 'exempt' ? 'temporary_branch' as lists
    from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no join rulebook.periods p on p.no = o.period_no
    where o.organization_no = ${branch.no} and p.name in ('2026-11', '2026Q4', '2026')`.execute(world.db)
  expect(rows.rows.filter((row) => row.lists).length).toBeGreaterThan(0)
  expect(rows.rows.filter((row) => row.lists !== (row.status === 5))).toEqual([])
})

it('revoked from a day on, the periods that end later are owed again and those before stay exempt', async () => {
  const { items } = await listed(keeper, { requirement: 'ZB14', state: 'ended' })
  const [ended] = items
  expect(ended).toMatchObject({ ground: 'other', requirement: 'ZB14', to: '2026-10-31', abilities: [] })
  const revoke = (id: string, from?: string) =>
    perform(platform, revokeExemptionAction, { ...by(keeper), input: { id, reason: '情况有变', ...(from && { from }) } })
  await expect(revoke(ended?.id ?? '')).rejects.toMatchObject({ code: 'rulebook.exemption_over' })
  // Decided in error: taken back whole.
  await revoke(ended?.id ?? '', '2026-10-01')
  expect(await statusOf('2026-10')).toBe(3)
  await expect(revoke(ended?.id ?? '', '2026-10-01')).rejects.toMatchObject({ code: 'rulebook.exemption_over' })
  const secretary = await world.actor('branch_secretary', branch)
  const [standing] = (await listed(keeper, { state: 'in_force' })).items
  await expect(
    perform(platform, revokeExemptionAction, { ...by(secretary), input: { id: standing?.id ?? '', reason: '自己撤销' } }),
  ).rejects.toMatchObject({ code: 'kernel.forbidden' })
})

it('a branch decides for its ill member, those above see it, the member reads why, a colleague does not', async () => {
  const [ill, colleague] = [await world.person(branch, '示例病员'), await world.person(branch, '示例同事')]
  const secretary = await world.actor('branch_secretary', branch, { person: colleague })
  const input = {
    subject: ill.id,
    ground: 'illness' as const,
    from: '2026-11-01',
    to: '2027-04-30',
    reason: '住院治疗，支部委员会研究',
  }
  await expect(
    perform(platform, exemptMemberAction, { ...by(secretary), input: { ...input, ground: 'mobile_member' } }),
  ).rejects.toMatchObject({ code: 'kernel.forbidden' })
  await expect(perform(platform, exemptAction, { ...by(secretary), input })).rejects.toMatchObject({ code: 'kernel.forbidden' })
  await expect(
    perform(platform, exemptMemberAction, { ...by(secretary), input: { ...input, subject: colleague.id } }),
  ).rejects.toMatchObject({ code: 'rulebook.exemption_of_self' })
  const { id } = await perform(platform, exemptMemberAction, { ...by(secretary), input })
  const told = await sql<{ title: string }>`select n.title from desk.notices n where n.account_no = ${keeper.accountNo}`.execute(
    world.db,
  )
  expect(told.rows.map((row) => row.title)).not.toContain('已决定豁免')
  for (const reader of [keeper, secretary, await world.actor('member', branch, { person: ill, writes: false })]) {
    expect((await listed(reader, { subject: ill.id })).items.map((item) => item.reason)).toEqual([input.reason])
  }
  const other = await world.person(branch, '另一同事')
  expect(
    (await listed(await world.actor('member', branch, { person: other, writes: false }), { subject: ill.id })).items,
  ).toEqual([])
  const standing = await listed(secretary, { subject: ill.id })
  expect(standing.items[0]?.abilities).toEqual(['revoke'])
  await perform(platform, revokeMemberExemptionAction, { ...by(secretary), input: { id, reason: '已经痊愈' } })
  await expect(
    perform(platform, revokeMemberExemptionAction, { ...by(secretary), input: { id, reason: '已经痊愈' } }),
  ).rejects.toMatchObject({ code: 'rulebook.exemption_over' })
})
