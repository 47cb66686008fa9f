import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import { declareOrglifeMeasures, orglifeRoutes } from '../index.ts'
import { planMeetingAction } from '../meetings/meetings.actions.ts'
import { planMeetingBody } from '../meetings/meetings.contract.ts'
import { issueCircularAction, withdrawCircularAction } from './circulars.actions.ts'
import { circularPageOf, circularsAsked } from './circulars.queries.ts'

declareOrglifeMeasures()
const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity

beforeAll(async () => {
  city = await aSupervisedCity(platform)
})

const notice = (toIds: string[], more: object = {}) => ({
  organizationId: city.city.id,
  toIds,
  kind: 'work' as const,
  title: '做好年底工作',
  content: '请各支部按计划安排。',
  validUntil: '2026-12-10',
  fileIds: [],
  ...more,
})
const today = () => platform.clock.today()
const due = async (actor: Actor) =>
  (await readAs(platform.database, actor, (read) => workItemsOf(read, actor, today())))
    .filter(({ kind }) => kind === 'orglife.circulars')
    .map(({ title }) => title)
const page = (actor: Actor, id: string) =>
  readAs(platform.database, actor, (read) => circularPageOf(read, id, { actor, today: today() }))
const list = async (actor: Actor, more: object = {}) =>
  (await readAs(platform.database, actor, (read) => circularsAsked(read, { limit: 50, ...more }, today()))).items.map(
    ({ title }) => title,
  )

test('a notice goes to the chosen organizations and all under them, stands on their due page as long as it holds, and nowhere else', async () => {
  const { id } = await act(city.officer, issueCircularAction, notice([city.unit.id]))
  expect(await due(city.branchSecretary)).toEqual(['通知：做好年底工作'])
  // A plain member reads it too; the other unit and the sender are not told.
  expect(await due(city.owner)).toEqual(['通知：做好年底工作'])
  expect(await due(city.otherDeputy)).toEqual([])
  expect(await due(city.officer)).toEqual([])
  expect(await list(city.otherDeputy)).toEqual([])
  await expect(page(city.otherDeputy, id)).rejects.toMatchObject({ code: 'orglife.circular_not_found', status: 404 })
  expect(await page(city.owner, id)).toMatchObject({ inForce: true, abilities: [], to: [{ name: '第一局' }] })
  platform.clock.moveTo('2026-12-11')
  expect(await due(city.branchSecretary)).toEqual([])
  expect(await list(city.branchSecretary)).toEqual(['做好年底工作'])
  expect(await list(city.branchSecretary, { inForce: 'yes' })).toEqual([])
  platform.clock.moveTo('2026-11-23')
  const out = await act(city.officer, withdrawCircularAction, { id, reason: '另行安排' })
  expect(out.state).toBe('withdrawn')
  expect(await due(city.branchSecretary)).toEqual([])
  expect(await page(city.branchSecretary, id)).toMatchObject({ state: 'withdrawn', endReason: '另行安排' })
  await expect(act(city.officer, withdrawCircularAction, { id, reason: '再撤' })).rejects.toMatchObject({
    code: 'orglife.circular_not_allowed_now',
    status: 409,
  })
})

test('a new notice takes the place of an old one and each names the other; only an own one, only downward, only with days left', async () => {
  const { id: old } = await act(
    city.deputy,
    issueCircularAction,
    notice([city.branch.id], { organizationId: city.unit.id, title: '旧通知' }),
  )
  const next = notice([city.branch.id], { organizationId: city.unit.id, title: '新通知', supersedesId: old })
  const { id } = await act(city.deputy, issueCircularAction, next)
  expect(await page(city.branchSecretary, old)).toMatchObject({ state: 'superseded', supersededBy: { id, title: '新通知' } })
  expect((await page(city.branchSecretary, id)).supersedes).toEqual({ id: old, title: '旧通知' })
  await expect(act(city.deputy, issueCircularAction, next)).rejects.toMatchObject({ status: 409 })
  const own = { organizationId: city.unit.id }
  await expect(act(city.deputy, issueCircularAction, notice([city.otherUnit.id], own))).rejects.toMatchObject({
    code: 'orglife.circular_not_below',
  })
  await expect(
    act(city.deputy, issueCircularAction, notice([city.branch.id], { ...own, validUntil: '2026-11-22' })),
  ).rejects.toMatchObject({
    code: 'orglife.circular_over',
  })
  await expect(act(city.deputy, issueCircularAction, notice([city.otherBranch.id]))).rejects.toMatchObject({ status: 404 })
  await expect(act(city.owner, issueCircularAction, notice([city.branch.id]))).rejects.toMatchObject({ status: 403 })
  await expect(act(city.otherDeputy, withdrawCircularAction, { id, reason: '别人的' })).rejects.toMatchObject({ status: 404 })
  await expect(act(city.owner, withdrawCircularAction, { id, reason: '别人的' })).rejects.toMatchObject({ status: 403 })
})

test('a notice names the planned meeting it is about, and the meeting finds it', async () => {
  const { id: meetingId } = await act(
    city.deputy,
    planMeetingAction,
    planMeetingBody.parse({
      organizationIds: [city.branch.id],
      kinds: ['theme_day'],
      title: '主题党日',
      heldOn: '2026-11-28',
      agenda: [{ title: '学习', category: 'political_theory' }],
    }),
  )
  await act(
    city.deputy,
    issueCircularAction,
    notice([city.branch.id], { organizationId: city.unit.id, title: '主题党日材料', meetingId }),
  )
  expect(await list(city.owner, { meetingId })).toEqual(['主题党日材料'])
  await expect(
    act(
      city.deputy,
      issueCircularAction,
      notice([city.branch.id], { organizationId: city.unit.id, meetingId: 'mtg_0000000000' }),
    ),
  ).rejects.toMatchObject({ code: 'orglife.circular_meeting_not_found', errors: [{ field: 'meetingId' }] })
})

test('who opened a notice is kept nowhere: looking at it changes no table, and no operation and no column asks for it', async () => {
  const { rows } = await sql<{ name: string }>`select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'orglife' and table_name like 'circular%'`.execute(platform.owner.kysely)
  const named = rows.map(({ name }) => name).join(' ')
  expect(named).not.toMatch(/person|account_no|opened|seen|receipt|reply|answer/)
  const operations = orglifeRoutes.filter(({ endpoint }) => endpoint.path.startsWith('/api/v1/circulars'))
  expect(operations.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`).sort()).toEqual([
    'GET /api/v1/circulars',
    'GET /api/v1/circulars/:id',
    'POST /api/v1/circulars',
    'POST /api/v1/circulars/:id/withdraw',
  ])
})
