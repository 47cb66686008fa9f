import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../tests/builders/a-supervised-city.ts'
import { registerModules } from './modules.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { loadRulebooks } from '../modules/rulebook/index.ts'
import { recordMeetingAction } from '../modules/orglife/meetings/meetings.actions.ts'
import { recordMeetingBody } from '../modules/orglife/meetings/meetings.contract.ts'
import * as acts from '../modules/orglife/year-plans/year-plans.actions.ts'
import { yearPlanPaperOf, yearPlanSheet } from '../modules/orglife/year-plans/year-plans.papers.ts'
import { yearPlanPageOf, yearPlansAsked } from '../modules/orglife/year-plans/year-plans.queries.ts'

registerModules()
const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity
let id = ''

const page = (actor: Actor) =>
  readAs(platform.database, actor, (read) => yearPlanPageOf(read, id, { actor, today: platform.clock.today() }))
const itemOf = async (kind: string, month: number) =>
  (await page(city.branchSecretary)).items.find((one) => one.kind === kind && one.month === month)
const idOf = async (kind: string, month: number) => (await itemOf(kind, month))?.id ?? ''
const propose = (actor: Actor, organizationId: string, year: number) =>
  act(actor, acts.proposeYearPlanAction, { organizationId, year })

beforeAll(async () => {
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, path.resolve('rulebooks')))
  city = await aSupervisedCity(platform)
  id = (await propose(city.branchSecretary, city.branch.id, 2027)).id
})

test('a plan is proposed from what is due: the theme day each month, the assembly each quarter, the yearly ones at their time', async () => {
  const { items, state, organization } = await page(city.branchSecretary)
  expect([state, organization.name]).toEqual(['drafted', '第二支部'])
  const months = (kind: string) => items.filter((item) => item.kind === kind).map(({ month }) => month)
  expect(months('theme_day')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  expect(months('members_meeting')).toEqual([2, 5, 8, 11])
  expect(months('organization_life_meeting')).toEqual([12])
  // A branch without a committee or groups is asked for no meeting of theirs.
  expect(months('committee_meeting')).toEqual([])
  expect(months('group_meeting')).toEqual([])
  expect(items.every(({ requirements, standing }) => requirements.length > 0 && standing === 'due')).toBe(true)
})

test('one plan a branch and year, of branches alone, of this year or the next; others may not, elsewhere it is not there', async () => {
  const refused = (actor: Actor, organization: string, year: number) => expect(propose(actor, organization, year)).rejects
  await refused(city.branchSecretary, city.branch.id, 2027).toMatchObject({ code: 'orglife.year_plan_exists', status: 409 })
  await refused(city.deputy, city.committee.id, 2027).toMatchObject({ code: 'orglife.year_plan_of_branch' })
  await refused(city.branchSecretary, city.branch.id, 2029).toMatchObject({
    code: 'orglife.year_plan_far',
    errors: [{ field: 'year' }],
  })
  await refused(city.leader, city.branch.id, 2026).toMatchObject({ status: 403 })
  await refused(city.otherDeputy, city.branch.id, 2026).toMatchObject({ status: 404 })
  await expect(page(city.otherDeputy)).rejects.toMatchObject({ code: 'orglife.year_plan_not_found' })
  const of = {
    id,
    itemId: await idOf('theme_day', 1),
    month: 2,
    reason: '换个时间',
    title: '参观',
    kind: 'lecture' as const,
    approval: '支委会通过',
  }
  const all = [
    acts.addItemAction,
    acts.moveItemAction,
    acts.cancelItemAction,
    acts.restoreItemAction,
    acts.approveYearPlanAction,
    acts.planItemMeetingAction,
  ]
  for (const one of all) {
    await expect(act(city.leader, one as typeof acts.moveItemAction, of)).rejects.toMatchObject({ status: 403 })
    await expect(act(city.otherDeputy, one as typeof acts.moveItemAction, of)).rejects.toMatchObject({
      status: expect.toSatisfy((s) => s === 404 || s === 403),
    })
  }
  // The branch decides its own plan; those above may help to write it.
  await expect(act(city.deputy, acts.approveYearPlanAction, { id, approval: '机关党委定的' })).rejects.toMatchObject({
    status: 403,
  })
})

test('lines are moved, cancelled with a reason, restored and added; nothing becomes a meeting before the branch has decided', async () => {
  await act(city.branchSecretary, acts.moveItemAction, {
    id,
    itemId: await idOf('members_meeting', 2),
    month: 3,
    reason: '二月放假',
  })
  await act(city.branchSecretary, acts.cancelItemAction, { id, itemId: await idOf('theme_day', 8), reason: '八月集中休假' })
  const cancelled = await idOf('theme_day', 8)
  await expect(
    act(city.branchSecretary, acts.moveItemAction, { id, itemId: cancelled, month: 9, reason: '改到九月' }),
  ).rejects.toMatchObject({ code: 'orglife.year_plan_item_stands', status: 409 })
  await act(city.branchSecretary, acts.restoreItemAction, { id, itemId: cancelled })
  await expect(act(city.branchSecretary, acts.restoreItemAction, { id, itemId: cancelled })).rejects.toMatchObject({
    status: 409,
  })
  await act(city.branchSecretary, acts.cancelItemAction, { id, itemId: cancelled, reason: '八月集中休假' })
  await act(city.branchSecretary, acts.addItemAction, { id, month: 7, kind: 'lecture', title: '七一专题党课' })
  await expect(
    act(city.branchSecretary, acts.planItemMeetingAction, { id, itemId: await idOf('theme_day', 1) }),
  ).rejects.toMatchObject({
    code: 'orglife.year_plan_not_allowed_now',
    status: 409,
    detail: expect.stringContaining('现在可以：'),
  })
  await act(city.branchSecretary, acts.approveYearPlanAction, { id, approval: '2026年11月支部党员大会通过' })
  await expect(act(city.branchSecretary, acts.approveYearPlanAction, { id, approval: '再通过' })).rejects.toMatchObject({
    status: 409,
  })
  const { changes, items } = await page(city.branchSecretary)
  expect(changes.map(({ said, reason }) => [said, reason])).toContainEqual(['“支部党员大会”从 2 月改到 3 月', '二月放假'])
  expect(items.filter(({ standing }) => standing === 'cancelled').map(({ month, reason }) => [month, reason])).toEqual([
    [8, '八月集中休假'],
  ])
})

test('one tap makes the planned meeting and tells those expected; its record ticks the line off, and so does any record of the kind', async () => {
  const first = await act(city.branchSecretary, acts.planItemMeetingAction, { id, itemId: await idOf('theme_day', 1) })
  expect(first.heldOn).toBe('2027-01-15')
  expect(await itemOf('theme_day', 1)).toMatchObject({
    standing: 'arranged',
    meeting: { id: first.meetingId, title: '1月主题党日' },
  })
  await expect(
    act(city.branchSecretary, acts.planItemMeetingAction, { id, itemId: await idOf('theme_day', 1) }),
  ).rejects.toMatchObject({ code: 'orglife.year_plan_item_stands' })
  platform.clock.moveTo('2027-03-02')
  const record = (heldOn: string, more: object) =>
    act(
      city.branchSecretary,
      recordMeetingAction,
      recordMeetingBody.parse({
        organizationIds: [city.branch.id],
        kinds: ['theme_day'],
        title: '主题党日',
        heldOn,
        agenda: [{ title: '学习', category: 'political_theory' }],
        lateReason: '补记',
        ...more,
      }),
    )
  await record('2027-01-15', { plannedId: first.meetingId })
  expect(
    (await page(city.branchSecretary)).items
      .filter(({ month }) => month < 3)
      .map(({ kind, month, standing }) => [kind, month, standing]),
  ).toEqual([
    ['theme_day', 1, 'held'],
    ['theme_day', 2, 'missed'],
  ])
  await record('2027-02-20', {})
  const shown = await page(city.branchSecretary)
  expect(shown).toMatchObject({ held: 2, missed: 0 })
  const list = await readAs(platform.database, city.officer, (read) =>
    yearPlansAsked(read, { limit: 20, year: 2027 }, '2027-03-02'),
  )
  expect(list).toMatchObject({ total: 1, items: [{ id, held: 2, missed: 0, state: 'approved' }] })
  expect(yearPlanPaperOf(shown)).toMatchObject({
    title: '2027年度组织生活计划',
    standing: null,
    remark: '2026年11月支部党员大会通过',
  })
  const rows = [...(yearPlanSheet(shown).rows as readonly (readonly unknown[])[])]
  expect(rows.find((row) => row[0] === '8月' && row[2] === '主题党日')).toEqual([
    '8月',
    '主题党日',
    '主题党日',
    expect.any(String),
    '已取消',
    undefined,
    '八月集中休假',
  ])
})
