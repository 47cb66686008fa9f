import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity, twoRequirements } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { writePaper } from '../../../kernel/papers/paper-writer.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import { entryActionsOf } from '../entries/entries.actions.ts'
import { ceremonies } from '../ceremonies/ceremonies.contract.ts'
import { heartTalks } from '../heart-talks/heart-talks.contract.ts'
import { declareOrglifeMeasures, orglifeRoutes } from '../index.ts'
import { recordMeetingAction } from '../meetings/meetings.actions.ts'
import { recordMeetingBody } from '../meetings/meetings.contract.ts'
import { checklist } from './checklist.contract.ts'
import * as acts from './political-checks.actions.ts'
import { checkLifecycle, type CheckState } from './political-checks.lifecycle.ts'
import { politicalChecks } from './political-checks.measures.ts'
import { checkPaperOf, checksSheet } from './political-checks.papers.ts'
import { checkPageOf, checksAsked } from './political-checks.queries.ts'

declareOrglifeMeasures()
const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity

beforeAll(async () => {
  city = await aSupervisedCity(platform)
})

const days = { from: '2026-01-01', to: '2026-11-23' }
const start = (actor: Actor, more: object = {}) =>
  act(actor, acts.startCheckAction, { organizationId: city.branch.id, byId: city.committee.id, ...days, ...more })
const page = (actor: Actor, id: string) => readAs(platform.database, actor, (read) => checkPageOf(read, id, actor))
const due = async (actor: Actor) =>
  (await readAs(platform.database, actor, (read) => workItemsOf(read, actor, platform.clock.today())))
    .filter(({ kind }) => kind === 'orglife.political_checks')
    .map(({ title }) => title)
const findAll = async (actor: Actor, id: string) => {
  for (const { code } of checklist) await act(actor, acts.findInCheckAction, { id, code, verdict: 'mostly', finding: '记录完整' })
}
const conclude = (actor: Actor, id: string) => act(actor, acts.concludeCheckAction, { id, conclusion: '总体正常' })
async function counted(organizationNo: number): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`with due as (select 'o'::"char" as subject_kind, ${organizationNo}::bigint as subject_no, ${organizationNo}::bigint as organization_no,
      1 as period_no, 2026 as year, '2026-01-01'::date as starts, '2026-12-31'::date as ends, '2026-11-23'::date as as_of)
    select coalesce(sum(f.numerator), 0)::int as n from (${politicalChecks.facts({ tags: ['political_check'] })}) f`.execute(
    platform.owner.kysely,
  )
  return rows[0]?.n ?? 0
}
/** A meeting, a ceremony and a heart talk of the branch. */
async function records() {
  await act(
    city.branchSecretary,
    recordMeetingAction,
    recordMeetingBody.parse({
      organizationIds: [city.branch.id],
      kinds: ['theme_day'],
      title: '主题党日',
      heldOn: '2026-11-20',
      agenda: [{ title: '学习纪律处分条例', category: 'party_discipline' }],
      chairId: city.keeper.id,
    }),
  )
  const common = { organizationIds: [city.branch.id], heldOn: '2026-11-20' }
  const ceremony = { ...common, forms: ['oath'], attendeeIds: [city.keeper.id] }
  await act(city.branchSecretary, entryActionsOf(ceremonies).record, ceremonies.recordBody.parse(ceremony))
  const talk = { ...common, talkerIds: [city.keeper.id], talkedWithIds: [city.member.id] }
  await act(city.branchSecretary, entryActionsOf(heartTalks).record, heartTalks.recordBody.parse(talk))
}

test('the checklist is filled from records with the way to them, confined ones as a number, and says where nothing is kept', async () => {
  await records()
  const { hard } = await twoRequirements(platform)
  await sql`update rulebook.requirements set clauses = '{SBS2020:D1.4}' where no = ${hard}`.execute(platform.owner.kysely)
  await sql`insert into rulebook.obligations (year, requirement_no, period_no, subject_kind, subject_no, organization_no, status, numerator, denominator, due_on)
    select 2026, ${hard}, p, 'o', ${city.branch.no}, ${city.branch.no}, p, 0, 1, '2027-01-05' from unnest(array[1, 3]) p`.execute(
    platform.owner.kysely,
  )
  const { id } = await start(city.deputy)
  const found = await page(city.deputy, id)
  expect(found.questions.map(({ code }) => code)).toEqual(checklist.map(({ code }) => code))
  const said = (code: string) =>
    found.questions.find((one) => one.code === code)?.figures.map(({ label, value }) => `${label} ${value}`)
  expect(said('discipline')).toEqual(['有党规党纪学习议题的会议 1 次（共 1 次会议）'])
  expect(said('life')).toEqual(['主题党日 1 次', '微宣讲 0 次', '谈心谈话 1 对'])
  expect(said('ceremonies')?.[0]).toBe('重温入党誓词 1 次')
  expect(said('requests')?.[0]).toBe('请示 0 件，其中事前报送 0 件、事后 0 件')
  expect(said('admission')).toEqual([])
  expect(said('duties')).toEqual(['支委会 已办 1 项，迟办 0 项，没有办 1 项'])
  const links = found.questions.flatMap(({ figures }) => figures.flatMap(({ link }) => link ?? []))
  expect(links).toContain(`/meetings?under=${city.branch.id}&from=2026-01-01&to=2026-11-23&kind=theme_day`)
  expect(JSON.stringify(found)).not.toContain(city.member.id)
  // A unit is checked by the working committee, with all under it.
  const unit = await start(city.officer, { organizationId: city.unit.id, byId: city.city.id })
  expect((await page(city.officer, unit.id)).questions[2]?.figures[0]?.value).toBe('1 次')
  await act(city.officer, acts.withdrawCheckAction, { id: unit.id, reason: '另行安排' })
  await act(city.deputy, acts.withdrawCheckAction, { id, reason: '另行安排' })
})

test('found, concluded, answered: counted for who checked, shown to who was checked, answered by them alone', async () => {
  const { id } = await start(city.deputy)
  await act(city.deputy, acts.findInCheckAction, { id, code: 'life', verdict: 'conforms', finding: '会议按月开' })
  // What is still being written is not shown to those who are checked.
  expect((await page(city.branchSecretary, id)).questions.every(({ verdict }) => verdict === null)).toBe(true)
  await expect(conclude(city.deputy, id)).rejects.toMatchObject({ code: 'orglife.political_check_incomplete' })
  await findAll(city.deputy, id)
  await act(city.deputy, acts.fillCheckAction, { id })
  expect((await page(city.deputy, id)).questions[2]).toMatchObject({ verdict: 'mostly', finding: '记录完整' })
  expect([await due(city.branchSecretary), await counted(city.committee.no)]).toEqual([[], 0])
  expect(await conclude(city.deputy, id)).toMatchObject({ state: 'concluded' })
  expect([await due(city.branchSecretary), await due(city.deputy)]).toEqual([['第一局机关党委的专项考察已经反馈'], []])
  expect([await counted(city.committee.no), await counted(city.branch.no)]).toEqual([1, 0])
  expect((await page(city.branchSecretary, id)).abilities).toEqual(['answer'])
  expect((await page(city.deputy, id)).abilities).toEqual(['withdraw'])
  await expect(act(city.deputy, acts.answerCheckAction, { id, answer: '照此办理' })).rejects.toMatchObject({
    code: 'orglife.political_check_answered_by_checked',
    status: 403,
  })
  await act(city.branchSecretary, acts.answerCheckAction, { id, answer: '照此改进' })
  const shown = await page(city.branchSecretary, id)
  expect(shown).toMatchObject({ state: 'answered', conclusion: '总体正常', answer: '照此改进' })
  expect(checksSheet([shown]).rows).toHaveLength(checklist.length)
  expect(JSON.stringify(checkPaperOf(shown).blocks)).toMatch(/谈心谈话 1 对.*系统里还没有发展党员的记录.*照此改进/)
  expect((await writePaper(checkPaperOf(shown))).length).toBeGreaterThan(1000)
  await act(city.deputy, acts.withdrawCheckAction, { id, reason: '重复' })
  expect(await counted(city.committee.no)).toBe(0)
})

/** Every act, as the one who might. */
const every = (id: string) => ({
  fill: () => act(city.deputy, acts.fillCheckAction, { id }),
  find: () => act(city.deputy, acts.findInCheckAction, { id, code: 'life', verdict: 'fails', finding: '没有记录' }),
  conclude: () => conclude(city.deputy, id),
  answer: () => act(city.branchSecretary, acts.answerCheckAction, { id, answer: '照此改进' }),
  withdraw: () => act(city.deputy, acts.withdrawCheckAction, { id, reason: '重复' }),
})

test('each step that a state does not know answers 409 with what can be done instead, and changes nothing', async () => {
  const { id } = await start(city.deputy)
  await findAll(city.deputy, id)
  const way: [CheckState, (() => Promise<unknown>) | null][] = [
    ['started', every(id).conclude],
    ['concluded', every(id).answer],
    ['answered', every(id).withdraw],
    ['withdrawn', null],
  ]
  for (const [state, next] of way) {
    for (const [verb, run] of Object.entries(every(id)).filter(([name]) => !(name in checkLifecycle[state])))
      await expect(run(), `${state} ${verb}`).rejects.toMatchObject({
        code: 'orglife.political_check_not_allowed_now',
        status: 409,
        message: expect.stringContaining('现在可以：'),
      })
    expect((await page(city.deputy, id)).state).toBe(state)
    await next?.()
  }
})

test('only who stands above checks, with a permission over both; others are refused or find nothing', async () => {
  await expect(start(city.branchSecretary)).rejects.toMatchObject({ status: 403 })
  await expect(start(city.owner)).rejects.toMatchObject({ status: 403 })
  await expect(start(city.otherDeputy)).rejects.toMatchObject({ status: 404 })
  await expect(start(city.deputy, { byId: city.city.id })).rejects.toMatchObject({ status: 404 })
  const field = (name: string) => ({ code: 'orglife.political_check_unfit', errors: [{ field: name }] })
  await expect(start(city.deputy, { organizationId: city.committee.id })).rejects.toMatchObject(field('organizationId'))
  await expect(start(city.deputy, { byId: city.unit.id })).rejects.toMatchObject(field('byId'))
  for (const [wrong, name] of [
    [{ to: '2026-11-24' }, 'to'],
    [{ from: '2026-11-23', to: '2026-11-01' }, 'from'],
    [{ from: '2025-01-01' }, 'from'],
  ] as const)
    await expect(start(city.deputy, wrong)).rejects.toMatchObject({ errors: [{ field: name }] })
  // The unit's deputy may not write in a check of the working committee.
  const { id } = await start(city.officer, { byId: city.city.id })
  await expect(every(id).find()).rejects.toMatchObject({ status: 404 })
  await expect(
    act(city.officer, acts.findInCheckAction, { id, code: 'x', verdict: 'fails', finding: '没有' }),
  ).rejects.toMatchObject({ errors: [{ field: 'code' }] })
  for (const run of [acts.fillCheckAction, acts.findInCheckAction, acts.concludeCheckAction, acts.withdrawCheckAction])
    await expect(
      act(
        city.branchSecretary,
        run as typeof acts.fillCheckAction,
        { id, code: 'life', reason: '重复', conclusion: '正常' } as never,
      ),
    ).rejects.toMatchObject({ status: 403 })
  await expect(act(city.owner, acts.answerCheckAction, { id, answer: '照办' })).rejects.toMatchObject({ status: 403 })
  await expect(page(city.otherDeputy, id)).rejects.toMatchObject({ code: 'orglife.political_check_not_found', status: 404 })
  const listed = (actor: Actor) => readAs(platform.database, actor, (read) => checksAsked(read, { limit: 50 }, actor))
  expect((await listed(city.otherDeputy)).items).toEqual([])
  expect((await listed(city.owner)).items).toEqual([])
  expect((await listed(city.branchSecretary)).items[0]).toMatchObject({ id, by: { name: '市直机关工委' }, state: 'started' })
  const operations = orglifeRoutes.filter(({ endpoint }) => endpoint.path.startsWith('/api/v1/political-checks'))
  expect(operations).toHaveLength(10)
})
