import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import { plantOrganization, growAncestry } from '../../../kernel/testing/plant.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import { declareOrglifeMeasures } from '../index.ts'
import { requestPageOf } from './request-page.queries.ts'
import * as acts from './request-reports.actions.ts'
import { requestMeasures } from './request-reports.measures.ts'
import { requestPaperOf } from './request-reports.papers.ts'
import { requestFormOf, requestsAsked } from './request-reports.queries.ts'

declareOrglifeMeasures()
const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity
let group: { no: number; id: string }

beforeAll(async () => {
  city = await aSupervisedCity(platform)
  group = await plantOrganization(platform, { kind: 'leading_group', name: '第一局党组', under: city.unit })
  await growAncestry(platform)
})

const paper = (toId: string, more: object = {}) => ({
  kind: 'request' as 'request' | 'report',
  title: '购置活动室桌椅',
  content: '拟购置三十套。',
  urgent: false,
  toId,
  copyIds: [] as string[],
  fileIds: [],
  ...more,
})
const draft = async (actor: Actor, organizationId: string, body: ReturnType<typeof paper>) =>
  (await act(actor, acts.draftRequestAction, { organizationId, ...body })).id
const asking = (actor: Actor) => ({ actor, today: platform.clock.today() })
const page = (actor: Actor, id: string) => readAs(platform.database, actor, (read) => requestPageOf(read, id, asking(actor)))
const list = (actor: Actor, more: object = {}) =>
  readAs(platform.database, actor, (read) => requestsAsked(read, { limit: 50, ...more }, asking(actor)))
const due = async (actor: Actor) =>
  (await readAs(platform.database, actor, (read) => workItemsOf(read, actor, platform.clock.today())))
    .filter(({ kind }) => kind === 'orglife.request_reports')
    .map(({ title }) => title)

/** What a measure counts of an organization in the last quarter of 2026, as of today. */
async function counted(name: string, organizationNo: number): Promise<[number, number]> {
  const measure = requestMeasures.find((one) => one.name === `orglife.requests_${name}`)
  if (!measure) throw new Error(name)
  const { rows } = await sql<{
    n: number
    d: number
  }>`with due as (select 'o'::"char" as subject_kind, ${organizationNo}::bigint as subject_no,
      ${organizationNo}::bigint as organization_no, 202604 as period_no, 2026 as year, '2026-10-01'::date as starts, '2026-12-31'::date as ends,
      ${platform.clock.today()}::date as as_of)
    select coalesce(sum(f.numerator), 0)::int as n, coalesce(sum(f.denominator), 0)::int as d from (${measure.facts({})}) f`.execute(
    platform.owner.kysely,
  )
  return [rows[0]?.n ?? 0, rows[0]?.d ?? 0]
}

test('the right superior and the copy are proposed; a level is not skipped without a reason, and only superiors receive', async () => {
  const form = (actor: Actor, id: string) => readAs(platform.database, actor, (read) => requestFormOf(read, id, asking(actor)))
  expect(await form(city.branchSecretary, city.branch.id)).toMatchObject({
    superiors: [{ name: '第一局机关党委' }, { name: '市直机关工委' }],
    copyOwed: null,
    answerDays: 15,
    followDays: 30,
  })
  expect(await form(city.deputy, city.committee.id)).toMatchObject({
    superiors: [{ name: '市直机关工委' }],
    copyOwed: { name: '第一局党组' },
  })
  // Directly under a unit without a committee, the branch reports to the working committee.
  expect((await form(city.otherDeputy, city.otherBranch.id)).superiors).toMatchObject([{ name: '市直机关工委' }])
  await expect(form(city.otherDeputy, city.branch.id)).rejects.toMatchObject({ status: 404 })
  await expect(draft(city.branchSecretary, city.branch.id, paper(city.city.id))).rejects.toMatchObject({
    code: 'orglife.level_skipped',
    errors: [{ field: 'skipReason', message: '直接上级是第一局机关党委；确需越级的，写明理由。' }],
  })
  await expect(draft(city.branchSecretary, city.branch.id, paper(city.otherUnit.id))).rejects.toMatchObject({
    code: 'orglife.not_a_superior',
  })
  const report = paper(city.committee.id, { kind: 'report', content: '近期情况如上。另拟购置桌椅，妥否，请批示。' })
  await expect(draft(city.branchSecretary, city.branch.id, report)).rejects.toMatchObject({
    code: 'orglife.report_holds_request',
    errors: [{ field: 'content', message: '“妥否”是请示的话。请另写一份请示，或改文种。' }],
  })
})

test('a request after the act says why; both sides see the clocks, each in its own measure; a draft is the sender’s alone', async () => {
  const late = await draft(city.branchSecretary, city.branch.id, paper(city.committee.id, { actOn: '2026-11-23' }))
  await expect(page(city.officer, late)).rejects.toMatchObject({ status: 404 })
  expect((await list(city.officer)).items).toEqual([])
  await expect(act(city.branchSecretary, acts.sendRequestAction, { id: late })).rejects.toMatchObject({
    code: 'orglife.after_act_unexplained',
  })
  await act(city.branchSecretary, acts.sendRequestAction, { id: late, afterReason: '管道破裂，先行抢修' })
  expect(await page(city.deputy, late)).toMatchObject({ afterAct: true, dueOn: '2026-12-08', overdueDays: 0 })
  expect(await counted('beforehand', city.branch.no)).toEqual([0, 1])
  const good = await draft(
    city.branchSecretary,
    city.branch.id,
    paper(city.committee.id, { actOn: '2027-01-10', circulated: '传批审定', signer: '乙某' }),
  )
  await act(city.branchSecretary, acts.sendRequestAction, { id: good })
  expect(await counted('beforehand', city.branch.no)).toEqual([1, 2])
  expect(await counted('decided', city.branch.no)).toEqual([1, 2])
  await act(city.branchSecretary, acts.supplementRequestAction, { id: late, copyIds: [], circulated: '传批', signer: '乙某' })
  expect(await counted('decided', city.branch.no)).toEqual([2, 2])
  expect(await due(city.deputy)).toEqual(['2 份请示报告待签收'])

  // One is passed on, and its second clock runs above; of the other it is said in time that it takes longer.
  await act(city.deputy, acts.receiveAction, { id: good })
  await act(city.deputy, acts.receiveAction, { id: late })
  await expect(act(city.deputy, acts.tellDelayAction, { id: late, until: '2026-12-01', reason: '等预算' })).rejects.toMatchObject(
    { code: 'orglife.delay_told_late' },
  )
  await act(city.deputy, acts.tellDelayAction, { id: late, until: '2026-12-12', reason: '等预算批复' })
  await act(city.deputy, acts.passUpAction, { id: good, opinion: '拟同意' })
  platform.clock.moveTo('2026-12-14')
  expect(await page(city.branchSecretary, good)).toMatchObject({
    at: { name: '市直机关工委' },
    dueOn: '2026-12-08',
    overdueDays: 6,
  })
  expect((await list(city.officer, { overdue: 'yes' })).items.map(({ id }) => id).sort()).toEqual([good, late].sort())
  expect((await list(city.branchSecretary, { overdue: 'yes' })).total).toBe(2)
  expect(await due(city.branchSecretary)).toEqual(['2 份请示上级超期没有答复'])
  expect(await due(city.officer)).toContain('2 份请示超过答复期限')
  expect(await counted('answered', city.committee.no)).toEqual([2, 2])
  expect(await counted('answered', city.city.no)).toEqual([0, 1])

  // Answered late; then the sender owes what came of it.
  await act(city.officer, acts.receiveAction, { id: good })
  await act(city.officer, acts.answerRequestAction, { id: good, answer: '同意' })
  expect(await counted('answered', city.city.no)).toEqual([0, 1])
  expect(await page(city.branchSecretary, good)).toMatchObject({ state: 'answered', followDueOn: '2027-01-13', dueOn: null })
  await expect(act(city.officer, acts.closeRequestAction, { id: good })).rejects.toMatchObject({ code: 'orglife.follow_up_owed' })
  await act(city.branchSecretary, acts.followUpAction, { id: good, report: '已经购置到位' })
  await act(city.officer, acts.closeRequestAction, { id: good })
  const whole = await page(city.branchSecretary, good)
  expect(whole.steps.map(({ actionName }) => actionName)).toEqual([
    '起草',
    '报送',
    '签收',
    '转报上一级',
    '签收',
    '答复',
    '续报',
    '办结',
  ])
  expect(whole.stations.map(({ organization, outcome }) => [organization.name, outcome])).toEqual([
    ['第一局机关党委', 'passed'],
    ['市直机关工委', 'answered'],
  ])
  expect(whole.abilities).toEqual([])
  platform.clock.moveTo('2026-11-23')
})

test('a copy is owed under twofold leadership until it is there, and read by whoever got it; what mixes matters is returned and counts', async () => {
  const id = await draft(city.deputy, city.committee.id, paper(city.city.id))
  await act(city.deputy, acts.sendRequestAction, { id })
  expect(await counted('copied', city.committee.no)).toEqual([0, 1])
  await act(city.deputy, acts.supplementRequestAction, { id, copyIds: [group.id] })
  expect(await counted('copied', city.committee.no)).toEqual([1, 1])
  expect((await page(city.leader, id)).copies).toEqual([{ id: group.id, name: '第一局党组' }])
  await act(city.officer, acts.receiveAction, { id })
  await act(city.officer, acts.returnRequestAction, { id, ground: 'several_matters', reason: '两件事分开报' })
  expect(await counted('single', city.committee.no)).toEqual([0, 1])
  expect((await page(city.deputy, id)).stateReason).toBe('一份写了几件事：两件事分开报')
  await act(city.deputy, acts.sendRequestAction, { id })
  expect(await counted('single', city.committee.no)).toEqual([1, 1])
  expect(await counted('upward', city.committee.no)).toEqual([1, 1])
})

test('the paper goes up under the organization’s own head, to one superior, with signer and the words of its kind', async () => {
  const id = await draft(
    city.branchSecretary,
    city.branch.id,
    paper(city.committee.id, { urgent: true, circulated: '传批', signer: '乙某', documentNumber: '二支〔2026〕3号' }),
  )
  expect(requestPaperOf(await page(city.branchSecretary, id))).toMatchObject({
    mark: '第二支部文件',
    title: '关于购置活动室桌椅的请示',
    to: ['第一局机关党委'],
    signers: ['乙某'],
    urgency: '加急',
    standing: '草稿，未报送',
    blocks: [{ runs: ['拟购置三十套。'] }, { runs: ['妥否，请批示。'] }],
  })
})
