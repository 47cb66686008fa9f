import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity, twoRequirements } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { readAs, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import type { StatusChange } from '../../rulebook/index.ts'
import { caseAsked } from './case-page.queries.ts'
import { caseSheet } from './case-export.queries.ts'
import * as acts from './cases.actions.ts'
import { type CasesAsked, casesAsked, funnelAsked } from './cases.queries.ts'
import { proposeCases, proposeStanding } from './proposals.store.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity
let requirement: { hard: number; soft: number }

beforeAll(async () => {
  city = await aSupervisedCity(platform)
  requirement = await twoRequirements(platform)
})

const asking = (actor: Actor) => ({ actor, today: platform.clock.today() })
const listed = (actor: Actor, asked: Partial<CasesAsked> = {}) =>
  readAs(platform.database, actor, (read) => casesAsked(read, { sort: '-proposedOn', limit: 100, ...asked }, asking(actor)))
const page = (actor: Actor, id: string) => readAs(platform.database, actor, (read) => caseAsked(read, id, asking(actor)))
const propose = (...changes: StatusChange[]) =>
  writeAsSystem(platform.database, (tx) => proposeCases(tx, { changes, at: platform.clock.now() }))

function missed(periodNo: number, more: Partial<StatusChange> = {}): StatusChange {
  return {
    requirementNo: requirement.hard,
    subjectKind: 'o',
    subjectNo: city.branch.no,
    organizationNo: city.branch.no,
    periodNo,
    before: null,
    after: 4,
    ...more,
  }
}

async function aProposal(periodNo: number, title?: string): Promise<string> {
  await propose(missed(periodNo))
  const { rows } = await sql<{ id: string }>`update supervision.cases set title = coalesce(${title ?? null}, title)
    where period_no = ${periodNo} and organization_no = ${city.branch.no} returning id`.execute(platform.owner.kysely)
  return rows[0]?.id ?? ''
}

const supervise = (id: string) =>
  act(city.deputy, acts.superviseAction, {
    id,
    ownerId: city.member.id,
    dueOn: '2026-12-01',
    remedies: '本月内补开',
    reason: '未整改',
  })

test('a missed hard duty proposes one case with a plain title; a soft one and a met one propose nothing', async () => {
  expect(await propose(missed(202609), missed(202609, { requirementNo: requirement.soft }), missed(202608, { after: 1 }))).toBe(1)
  const { items } = await listed(city.deputy, { state: 'proposed' })
  expect(items.map((item) => item.title)).toEqual(['第二支部 2026年9月 支委会 未报'])
  expect(items[0]).toMatchObject({
    unit: { name: '第一局' },
    requirement: 'T-hard',
    period: '2026-09',
    obligationStatus: 'not_applicable',
    number: null,
  })
  expect(await propose(missed(202609, { before: 1, after: 3 }))).toBe(0)
})

test('thousands of missed duties become proposals in one go, and again nothing', async () => {
  const periods = Array.from({ length: 12 }, (_, month) => 202501 + month)
  const changes = periods.flatMap((periodNo) =>
    Array.from({ length: 250 }, (_, subject) => missed(periodNo, { subjectKind: 'p', subjectNo: 5000 + subject })),
  )
  expect(await propose(...changes)).toBe(3000)
  expect(await propose(...changes)).toBe(0)
  await sql`delete from supervision.case_steps where case_no in (select no from supervision.cases where subject_kind = 'p')`.execute(
    platform.owner.kysely,
  )
  await sql`delete from supervision.cases where subject_kind = 'p'`.execute(platform.owner.kysely)
})

test('a duty made good shows so on its proposal, can be dismissed in bulk, and a later miss doubles nothing', async () => {
  const [good, open] = [await aProposal(202610), await aProposal(202607)]
  const status = (periodNo: number, stands: number) =>
    sql`insert into rulebook.obligations (year, requirement_no, period_no, subject_kind, subject_no,
    organization_no, status, numerator, denominator, due_on) values (2026, ${requirement.hard}, ${periodNo}, 'o', ${city.branch.no}, ${city.branch.no}, ${stands}, 1, 1, '2026-11-07')
    on conflict (year, organization_no, period_no, requirement_no, subject_kind, subject_no) do update set status = excluded.status`.execute(
      platform.owner.kysely,
    )
  await status(202610, 2)
  await status(202607, 4)
  expect((await page(city.deputy, good)).obligationStatus).toBe('met_late')
  expect((await page(city.deputy, open)).obligationStatus).toBe('not_reported')
  const settled = (await listed(city.deputy, { settled: 'yes', state: 'proposed' })).items.map((item) => item.id)
  expect(settled).toContain(good)
  expect(settled).not.toContain(open)
  const { id: taken } = await supervise(open)
  expect(await act(city.deputy, acts.dismissManyAction, { ids: [good, taken], reason: '已补开' })).toEqual({
    dismissed: 1,
    left: [taken],
  })
  await status(202610, 4)
  expect(await propose(missed(202610))).toBe(0)
  expect((await page(city.deputy, good)).state).toBe('dismissed')
})

test('what stands missed without a case is proposed after a rebuild', async () => {
  await sql`insert into rulebook.obligations (year, requirement_no, period_no, subject_kind, subject_no, organization_no, status, numerator, denominator, due_on)
    select 2026, r, 202604, 'o', ${city.otherBranch.no}, ${city.otherBranch.no}, 3, 0, 1, '2026-05-07' from unnest(array[${requirement.hard}, ${requirement.soft}]::int[]) r`.execute(
    platform.owner.kysely,
  )
  const standing = () =>
    writeAsSystem(platform.database, (tx) => proposeStanding(tx, { dueFrom: '2026-01-01', at: platform.clock.now() }))
  expect(await standing()).toBe(1)
  expect(await standing()).toBe(0)
  expect((await listed(city.otherDeputy)).items.map((item) => item.title)).toEqual(['直属支部 2026年4月 支委会 未达标'])
})

test('the whole way: proposed, reminded, supervised, reported, returned, reported, verified by another', async () => {
  const id = await aProposal(202606)
  await act(city.officer, acts.remindAction, { id, dueOn: '2026-11-25', reason: '请补开' })
  await supervise(id)
  await act(city.owner, acts.reportAction, { id, report: '已补开支委会' })
  await act(city.deputy, acts.returnAction, { id, reason: '没有会议记录', dueOn: '2026-12-05' })
  await act(city.branchSecretary, acts.reportAction, { id, report: '已补会议记录' })
  const before = await page(city.discipline, id)
  expect(before.abilities).toEqual(['verify', 'return'])
  await act(city.discipline, acts.verifyAction, { id, verification: '到支部核对了记录', onSite: true })
  const after = await page(city.owner, id)
  expect(after.steps.map((step) => step.actionName)).toEqual([
    '系统建议立项',
    '提醒',
    '转督办',
    '报告办理结果',
    '退回',
    '报告办理结果',
    '核验销号',
  ])
  expect(after.steps[2]?.details).toContainEqual({ label: '责任人', text: '甲某' })
  expect(after.steps[6]).toMatchObject({
    by: 'discipline_secretary',
    details: expect.arrayContaining([{ label: '核验方式', text: '到现场核验' }]),
  })
  expect(after).toMatchObject({
    state: 'closed',
    owner: { name: '甲某' },
    report: '已补会议记录',
    abilities: [],
    clauses: [{ code: 'T1-2' }],
  })
  expect(after.why).toContain('本月开过一次支委会即为已办。')
})

test('waiting above stops the clock: the days of the wait are not overdue, and the wait is shown', async () => {
  const id = await aProposal(202605)
  await supervise(id)
  platform.clock.moveTo('2026-12-03')
  expect((await page(city.deputy, id)).overdueDays).toBe(2)
  await act(city.owner, acts.pauseAction, { id, waitingFor: '上级批复' })
  platform.clock.moveTo('2026-12-13')
  expect(await page(city.deputy, id)).toMatchObject({ overdueDays: 2, waiting: true, waitingFor: '上级批复', waitedDays: 10 })
  await act(city.deputy, acts.resumeAction, { id })
  platform.clock.moveTo('2026-12-14')
  expect(await page(city.deputy, id)).toMatchObject({ overdueDays: 3, waiting: false, waitedDays: 10 })
  expect((await listed(city.deputy, { overdue: 'yes' })).items.map((item) => item.overdueDays)).toContain(3)
  platform.clock.moveTo('2026-11-23')
})

test('twenty supervised at once get numbers without a gap, and a refused one takes none', async () => {
  const last = async () =>
    (
      await sql<{ last: number }>`select coalesce(max(last), 0) as last from supervision.case_numbers where year = 2026`.execute(
        platform.owner.kysely,
      )
    ).rows[0]?.last ?? 0
  const start = await last()
  const ids = await Promise.all(
    Array.from({ length: 20 }, (_, index) => aProposal(202401 + (index % 12) + (index >= 12 ? 100 : 0) - 100)),
  )
  const stray = act(city.deputy, acts.superviseAction, {
    id: ids[0] ?? '',
    ownerId: city.stranger.id,
    dueOn: '2026-12-01',
    remedies: '本月内补开',
    reason: '未整改',
  })
  await Promise.all([
    expect(stray).rejects.toMatchObject({ code: 'supervision.owner_not_of_organization' }),
    ...ids.slice(1).map(supervise),
  ])
  await supervise(ids[0] ?? '')
  const { rows } = await sql<{ number: string }>`select number from supervision.cases where id in (${sql.join(ids)})`.execute(
    platform.owner.kysely,
  )
  const given = rows.map(({ number }) => Number(/〕(\d+)号/.exec(number)?.[1])).sort((a, b) => a - b)
  expect(given).toEqual(Array.from({ length: 20 }, (_, index) => start + 1 + index))
})

test('a due date in the past and an owner of another unit are refused at their field', async () => {
  const opened = {
    organizationId: city.branch.id,
    title: '整改会议记录',
    reason: '检查发现',
    ownerId: city.member.id,
    dueOn: '2026-12-01',
    remedies: '补齐记录',
  }
  await expect(act(city.officer, acts.openAction, { ...opened, dueOn: '2026-11-22' })).rejects.toMatchObject({
    code: 'supervision.due_in_past',
    errors: [{ field: 'dueOn' }],
  })
  await expect(act(city.officer, acts.openAction, { ...opened, ownerId: city.stranger.id })).rejects.toMatchObject({
    errors: [{ field: 'ownerId' }],
  })
  await expect(act(city.otherDeputy, acts.openAction, opened)).rejects.toMatchObject({ code: 'kernel.not_found' })
  await expect(act(city.branchSecretary, acts.openAction, opened)).rejects.toMatchObject({ code: 'kernel.forbidden' })
  const { id } = await act(city.officer, acts.openAction, opened)
  expect(await page(city.owner, id)).toMatchObject({
    state: 'supervised',
    source: 'manual',
    why: '检查发现',
    abilities: ['report', 'pause'],
  })
})

test('everybody sees what lies in their scope: the owner the own case, another unit nothing of this one', async () => {
  const mine = (await listed(city.owner)).items
  expect(mine.length).toBeGreaterThan(0)
  expect(new Set(mine.map((item) => item.owner?.name))).toEqual(new Set(['甲某']))
  expect((await listed(city.otherDeputy)).items.every((item) => item.organization.name === '直属支部')).toBe(true)
  await expect(page(city.otherDeputy, mine[0]?.id ?? '')).rejects.toMatchObject({ code: 'supervision.case_not_found' })
})

test('row-level security alone keeps another unit out, whatever a query forgets to ask', async () => {
  const seen = (actor: Actor) =>
    readAs(platform.database, actor, async (read) => {
      const { rows } = await sql<{
        cases: number
        steps: number
      }>`select (select count(*)::int from supervision.cases c where c.organization_no = ${city.branch.no}) as cases,
        (select count(*)::int from supervision.case_steps s join supervision.cases c on c.no = s.case_no and c.organization_no = ${city.branch.no}) as steps`.execute(
        reading<'supervision'>(read),
      )
      return rows[0]
    })
  expect(await seen(city.otherDeputy)).toEqual({ cases: 0, steps: 0 })
  expect((await seen(city.deputy))?.cases).toBeGreaterThan(0)
})

test.each(['dueOn', '-dueOn', '-proposedOn'] as const)('pages by %s join without a hole and without a double', async (sort) => {
  const whole = (await listed(city.officer, { sort, limit: 500 })).items.map((item) => item.id)
  const joined: string[] = []
  let after: string | undefined
  do {
    const part = await listed(city.officer, { sort, limit: 7, after })
    joined.push(...part.items.map((item) => item.id))
    after = part.next ?? undefined
  } while (after)
  expect(joined).toEqual(whole)
  expect(new Set(whole).size).toBe(whole.length)
})

test('what waits on me differs by role and state', async () => {
  const id = await aProposal(202603)
  const waits = async (actor: Actor) => (await listed(actor, { mine: 'to_act', limit: 500 })).items.some((item) => item.id === id)
  expect([await waits(city.deputy), await waits(city.branchSecretary), await waits(city.leader)]).toEqual([true, false, false])
  await supervise(id)
  expect([await waits(city.deputy), await waits(city.branchSecretary), await waits(city.owner)]).toEqual([false, true, true])
  await act(city.owner, acts.reportAction, { id, report: '已补开支委会' })
  expect([await waits(city.deputy), await waits(city.discipline), await waits(city.owner)]).toEqual([true, true, false])
})

test('the funnel and the export agree with the list', async () => {
  const { items } = await listed(city.deputy, { limit: 500 })
  const funnel = await readAs(platform.database, city.deputy, (read) => funnelAsked(read, {}, asking(city.deputy)))
  expect(funnel.stages.reduce((sum, stage) => sum + stage.count, 0)).toBe(items.length)
  expect(funnel.stages.find((stage) => stage.state === 'supervised')?.count).toBe(
    items.filter((item) => item.state === 'supervised').length,
  )
  const sheet = await readAs(platform.database, city.deputy, (read) => caseSheet(read, { sort: 'dueOn' }, asking(city.deputy)))
  expect([...(sheet.rows as Iterable<readonly unknown[]>)].length).toBe(items.length)
})
