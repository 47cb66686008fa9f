import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { perform } from '../kernel/actions/action.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { makeDetermination } from '../modules/rulebook/determinations/determinations.contract.ts'
import {
  correctDeterminationAction,
  decideObjectionAction,
  determinationPageOf,
  loadRulebooks,
  makeDeterminationAction,
  objectAction,
  withdrawDeterminationAction,
} from '../modules/rulebook/index.ts'
import { registerModules } from './modules.ts'

const rulebook = `
document: { code: GS2026, title: 示例办法, issuer: 示例工委, issued_on: 2026-01-01, in_force_from: 2026-01-01, kind: local_document }
clauses:
  - { code: GS-1, title: 阵地, gist: 支部要有活动阵地并且用起来。, dimension: D3 }
requirements:
  - { code: GS1, title: 活动阵地, clauses: [GS-1], dimension: D3, version: 1, valid_from: 2026-01-01, strength: hard, confidence: A, enabled: true,
      source: { regulation: 示例办法, article: 第一条 }, subject: { kinds: [branch] }, cadence: half, grace_days: 5,
      measure: { name: rulebook.determinations, params: { code: GS1 } }, target: { ratio_at_least: 1 },
      formula: 由检查人员实地看过以后认定做到没有, remedy: 把阵地整理好以后请上级来看 }
  - { code: GS2, title: 党员大会, clauses: [GS-1], dimension: D3, version: 1, valid_from: 2026-01-01, strength: hard, confidence: A, enabled: true,
      source: { regulation: 示例办法, article: 第一条 }, subject: { kinds: [branch] }, cadence: half, grace_days: 5,
      measure: { name: orglife.meetings_held, params: { kinds: [members_meeting] } }, target: { at_least: 1 },
      formula: 期内召开并已记录的党员大会, remedy: 尽快召开并且记录 }
`

let platform: TestPlatform
let world: World
let unit: Planted
let actors: Record<'inspector' | 'officer' | 'deputy' | 'secretary', Actor>

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-11-10')
  world = worldOf(platform)
  const city = await world.organization('working_committee', '示例工委', null)
  unit = await world.organization('unit', '示例住建局', city)
  await world.figuresFrom('2026-01-01')
  const folder = await mkdtemp(join(tmpdir(), 'rulebook-'))
  await writeFile(join(folder, 'example.yaml'), rulebook)
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, folder))
  actors = {
    inspector: await world.actor('inspector', city),
    officer: await world.actor('committee_officer', city),
    deputy: await world.actor('full_time_deputy', unit),
    secretary: await world.actor('branch_secretary', unit),
  }
})

const by = (actor: Actor) => ({ actor, requestId: null, idempotencyKey: null })
let made = 0
/** A branch nobody has looked at yet. */
async function aBranch(): Promise<Planted> {
  made += 1
  const branch = await world.organization('branch', `第${made}支部`, unit)
  await world.people(branch, 3)
  return branch
}
const finding = (branch: Planted, more: object = {}) =>
  makeDetermination.body.parse({
    requirement: 'GS1',
    organizationId: branch.id,
    period: '2026H2',
    met: false,
    seen: '活动室堆了杂物',
    seenOn: '2026-11-09',
    manner: 'on_the_spot',
    ...more,
  })
const make = (actor: Actor, branch: Planted, more: object = {}) =>
  perform(platform, makeDeterminationAction, { ...by(actor), input: finding(branch, more) })
const object = (actor: Actor, id: string) =>
  perform(platform, objectAction, { ...by(actor), input: { id, objection: '杂物是当天搬家临时放的' } })
const decide = (actor: Actor, id: string, outcome: 'upheld' | 'changed') =>
  perform(platform, decideObjectionAction, { ...by(actor), input: { id, outcome, decision: '又去看过，已经清走' } })

/** 1 met, 3 unmet; undefined while nobody has looked. */
async function standing(branch: Planted): Promise<number | undefined> {
  const { rows } = await sql<{
    status: number
  }>`select o.status from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no
    where r.code = 'GS1' and o.organization_no = ${branch.no}`.execute(world.db)
  return rows[0]?.status
}

describe('a determination', () => {
  it('moves the figure; before anybody looked the branch is not short', async () => {
    const branch = await aBranch()
    expect(await standing(branch)).toBeUndefined()
    const { id } = await make(actors.inspector, branch)
    expect(await standing(branch)).toBe(3)
    await expect(make(actors.officer, branch)).rejects.toMatchObject({ code: 'rulebook.determined_already' })
    const page = await readAs(platform.database, actors.inspector, (read) =>
      determinationPageOf(read, actors.inspector, { id, today: '2026-11-10' }),
    )
    expect(page).toMatchObject({ met: false, objectUntil: '2026-11-25', abilities: ['correct', 'withdraw'] })
  })

  it('is made from above only, of what is judged by hand, and of days that lie in the period', async () => {
    const branch = await aBranch()
    await expect(make(actors.secretary, branch)).rejects.toMatchObject({ code: 'kernel.forbidden' })
    const insider = await world.actor('full_time_deputy', branch)
    await expect(make(insider, branch)).rejects.toMatchObject({ code: 'kernel.not_found' })
    await expect(make(actors.inspector, branch, { requirement: 'GS2' })).rejects.toMatchObject({
      code: 'rulebook.not_determined_by_hand',
    })
    await expect(make(actors.inspector, branch, { seenOn: '2026-06-30' })).rejects.toMatchObject({
      code: 'rulebook.seen_outside',
    })
    await expect(make(actors.inspector, branch, { fileIds: ['fil_none'] })).rejects.toMatchObject({
      code: 'rulebook.evidence_not_found',
    })
  })

  it('is corrected and withdrawn by its author alone, each version kept', async () => {
    const branch = await aBranch()
    const { id } = await make(actors.inspector, branch)
    const { requirement: _r, organizationId: _o, period: _p, ...seen } = finding(branch, { met: true, seen: '已经整理好' })
    const input = { id, revision: 1, reason: '看错了房间', ...seen }
    await expect(perform(platform, correctDeterminationAction, { ...by(actors.officer), input })).rejects.toMatchObject({
      code: 'rulebook.not_own_determination',
    })
    await perform(platform, correctDeterminationAction, { ...by(actors.inspector), input })
    expect(await standing(branch)).toBe(1)
    const withdraw = (actor: Actor) =>
      perform(platform, withdrawDeterminationAction, { ...by(actor), input: { id, reason: '重复' } })
    await expect(withdraw(actors.officer)).rejects.toMatchObject({ code: 'rulebook.not_own_determination' })
    await withdraw(actors.inspector)
    expect(await standing(branch)).toBeUndefined()
    await expect(withdraw(actors.inspector)).rejects.toMatchObject({ code: 'kernel.not_allowed_now' })
    const page = await readAs(platform.database, actors.officer, (read) =>
      determinationPageOf(read, actors.officer, { id, today: '2026-11-10' }),
    )
    expect(page.revisions.map(({ state }) => state)).toEqual(['stated', 'stated', 'withdrawn'])
  })
})

describe('an objection', () => {
  it('is made once by the organization and decided by somebody who is neither of the two', async () => {
    const branch = await aBranch()
    const { id } = await make(actors.inspector, branch)
    await expect(decide(actors.officer, id, 'upheld')).rejects.toMatchObject({ code: 'kernel.not_allowed_now' })
    await object(actors.secretary, id)
    expect(await standing(branch)).toBe(3)
    await expect(object(actors.secretary, id)).rejects.toMatchObject({ code: 'kernel.not_allowed_now' })
    await expect(decide(actors.inspector, id, 'upheld')).rejects.toMatchObject({ code: 'kernel.forbidden' })
    expect(await decide(actors.officer, id, 'changed')).toEqual({ id, met: true })
    expect(await standing(branch)).toBe(1)
    await expect(decide(actors.officer, id, 'upheld')).rejects.toMatchObject({ code: 'kernel.not_allowed_now' })
  })

  it('is not decided by whoever made the determination, and comes too late after the stated day', async () => {
    const branch = await aBranch()
    const { id } = await make(actors.officer, branch)
    await expect(object(actors.officer, id)).rejects.toMatchObject({ code: 'rulebook.own_objection' })
    await object(actors.deputy, id)
    await expect(decide(actors.officer, id, 'upheld')).rejects.toMatchObject({ code: 'rulebook.own_objection' })
    await expect(decide(actors.deputy, id, 'changed')).rejects.toMatchObject({ code: 'rulebook.own_objection' })
    const late = await make(actors.inspector, await aBranch())
    platform.clock.moveTo('2026-11-26')
    await expect(object(actors.secretary, late.id)).rejects.toMatchObject({ code: 'rulebook.objection_too_late' })
    platform.clock.moveTo('2026-11-10')
  })
})
