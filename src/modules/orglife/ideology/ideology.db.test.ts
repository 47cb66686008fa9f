import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import { declareOrglifeMeasures, orglifeRoutes } from '../index.ts'
import { ideologyKeepersNamed } from './ideology.measures.ts'
import { endKeeperAction, nameKeeperAction } from './keepers.actions.ts'
import { keepersAsked } from './keepers.queries.ts'
import * as outlets from './outlets.actions.ts'
import { outletPageOf, outletsAsked } from './outlets.queries.ts'

declareOrglifeMeasures()
const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity

beforeAll(async () => {
  city = await aSupervisedCity(platform)
})

const name = (actor: Actor, organizationId: string, more: { personId: string; from?: string; duty?: 'first' | 'direct' }) =>
  act(actor, nameKeeperAction, { organizationId, duty: 'first', from: '2026-10-01', ...more })
const register = (actor: Actor, more: object = {}) =>
  readAs(platform.database, actor, (read) => keepersAsked(read, { limit: 50, ...more }, actor))
const asking = (actor: Actor) => ({ actor, today: platform.clock.today() })
const due = async (actor: Actor) =>
  (await readAs(platform.database, actor, (read) => workItemsOf(read, actor, platform.clock.today())))
    .filter(({ kind }) => kind === 'orglife.ideology')
    .map(({ title }) => title)
async function counted(organizationNo: number, ends = '2026-12-31'): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`with due as (select 'o'::"char" as subject_kind, ${organizationNo}::bigint as subject_no, ${organizationNo}::bigint as organization_no,
      1 as period_no, 2026 as year, '2026-10-01'::date as starts, ${ends}::date as ends, ${platform.clock.today()}::date as as_of)
    select coalesce(sum(f.numerator), 0)::int as n from (${ideologyKeepersNamed.facts({})}) f`.execute(platform.owner.kysely)
  return rows[0]?.n ?? 0
}

test('gaps of the three levels stand by name of organization and day; who leaves opens one, who follows closes it', async () => {
  const before = await register(city.officer, { gaps: 'yes' })
  expect(before.items.map(({ organization, level, gapSince }) => [organization.name, level, gapSince])).toEqual([
    ['市直机关工委', 'committee', '2020-01-01'],
    ['第一局机关党委', 'party_committee', '2020-01-01'],
    ['第二支部', 'branch', '2020-01-01'],
    ['直属支部', 'branch', '2020-01-01'],
  ])
  const { id } = await name(city.branchSecretary, city.branch.id, { personId: city.keeper.id })
  expect(await counted(city.branch.no)).toBe(1)
  await expect(name(city.branchSecretary, city.branch.id, { personId: city.member.id })).rejects.toMatchObject({
    code: 'orglife.ideology_days_reversed',
    errors: [{ field: 'from' }],
  })
  await name(city.branchSecretary, city.branch.id, { personId: city.member.id, from: '2026-11-10' })
  await expect(act(city.branchSecretary, endKeeperAction, { id, on: '2026-11-20', reason: '调动' })).rejects.toMatchObject({
    code: 'orglife.ideology_keeper_ended',
    status: 409,
  })
  const line = (await register(city.branchSecretary)).items.find(({ organization }) => organization.id === city.branch.id)
  expect(line).toMatchObject({
    keepers: [{ person: { name: '甲某' }, duty: 'first', from: '2026-11-10' }],
    past: [{ person: { name: '乙某' }, from: '2026-10-01', to: '2026-11-09' }],
    gapSince: null,
  })
  await act(city.branchSecretary, endKeeperAction, { id: line?.keepers[0]?.id ?? '', on: '2026-11-20', reason: '调动' })
  expect(
    (await register(city.deputy, { gaps: 'yes' })).items.find(({ organization }) => organization.name === '第二支部')?.gapSince,
  ).toBe('2026-11-21')
  expect(await counted(city.branch.no)).toBe(0)
  expect(await counted(city.branch.no, '2026-11-15')).toBe(1)
  expect(await due(city.deputy)).toEqual(['2 个组织没有登记意识形态责任人'])
})

test('who may not name, and elsewhere: refused; only the three levels have keepers', async () => {
  const of = { personId: city.member.id }
  await expect(name(city.leader, city.branch.id, of)).rejects.toMatchObject({ status: 403 })
  await expect(name(city.otherDeputy, city.branch.id, of)).rejects.toMatchObject({ status: 404 })
  await expect(name(city.deputy, city.unit.id, of)).rejects.toMatchObject({ code: 'orglife.ideology_level_unfit' })
  await expect(name(city.branchSecretary, city.branch.id, { personId: city.stranger.id })).rejects.toMatchObject({ status: 404 })
  const { id } = await name(city.deputy, city.committee.id, of)
  await expect(act(city.leader, endKeeperAction, { id, on: '2026-11-20', reason: '调动' })).rejects.toMatchObject({ status: 403 })
  await expect(act(city.branchSecretary, endKeeperAction, { id, on: '2026-11-20', reason: '调动' })).rejects.toMatchObject({
    status: 404,
  })
})

test('an outlet has keeper and deputy, is reviewed by its day, corrected by a revision, and stays in the register when it is closed', async () => {
  const outlet = {
    kind: 'official_account' as const,
    name: '第二支部公众号',
    keeperId: city.keeper.id,
    deputyId: city.member.id,
    openedOn: '2025-03-01',
    reviewOn: '2026-12-20',
  }
  const own = { organizationId: city.branch.id }
  await expect(
    act(city.branchSecretary, outlets.registerOutletAction, { ...own, ...outlet, deputyId: city.keeper.id }),
  ).rejects.toMatchObject({ code: 'orglife.outlet_keepers_same' })
  await expect(act(city.leader, outlets.registerOutletAction, { ...own, ...outlet })).rejects.toMatchObject({ status: 403 })
  const { id } = await act(city.branchSecretary, outlets.registerOutletAction, { ...own, ...outlet })
  platform.clock.moveTo('2026-12-20')
  expect(await due(city.branchSecretary)).toContain('1 个阵地到了复核日期')
  const why = { reason: '仍在用' }
  const steps = {
    correct: (actor: Actor) =>
      act(actor, outlets.correctOutletAction, {
        id,
        revision: 1,
        ...outlet,
        reviewOn: '2027-01-20',
        name: '二支部公众号',
        ...why,
      }),
    review: (actor: Actor) => act(actor, outlets.reviewOutletAction, { id, reviewOn: '2027-06-30', ...why }),
    close: (actor: Actor) => act(actor, outlets.closeOutletAction, { id, on: '2026-12-20', reason: '不再更新' }),
  }
  for (const step of Object.values(steps)) {
    await expect(step(city.leader)).rejects.toMatchObject({ status: 403 })
    await expect(step(city.otherDeputy)).rejects.toMatchObject({ code: 'orglife.outlet_not_found', status: 404 })
    await step(city.branchSecretary)
  }
  for (const step of Object.values(steps))
    await expect(step(city.branchSecretary)).rejects.toMatchObject({ code: 'orglife.outlet_closed', status: 409 })
  const shown = await readAs(platform.database, city.officer, (read) => outletPageOf(read, id, asking(city.officer)))
  expect(shown).toMatchObject({ state: 'closed', name: '二支部公众号', closedOn: '2026-12-20', reviewDue: false, abilities: [] })
  expect(shown.history.map(({ action }) => action)).toEqual(['登记', '更正', '复核', '注销'])
  const list = await readAs(platform.database, city.officer, (read) => outletsAsked(read, { limit: 20 }, asking(city.officer)))
  expect(list.items.map(({ name: called, state }) => [called, state])).toEqual([['二支部公众号', 'closed']])
  platform.clock.moveTo('2026-11-23')
})

test('nothing here reads or watches what is published: the register has no place for it, and no operation takes or fetches it', async () => {
  const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_schema = 'orglife' and (table_name like 'outlet%' or table_name like 'ideology%')`.execute(platform.owner.kysely)
  expect(rows.map(({ name: column }) => column).join(' ')).not.toMatch(
    /content|posts?\b|message|comment|viewer|follower|score|sentiment|keyword/,
  )
  const bodies = orglifeRoutes.filter(({ endpoint }) => /outlets|ideology/.test(endpoint.path))
  const fields = bodies.flatMap(({ endpoint }) => Object.keys((endpoint.body as { shape?: object }).shape ?? {}))
  expect(fields.join(' ')).not.toMatch(/content|posts?\b|message|comment|viewer|follower|keyword|crawl|fetch/i)
  expect(bodies.length).toBeGreaterThan(10)
})
