import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { action } from '../../../kernel/actions/action.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { openFileStore, useFileStore } from '../../../kernel/files/file-store.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { z } from 'zod'
import { openAction, reportAction, verifyAction } from '../cases/cases.actions.ts'
import '../index.ts'
import { draftAction, issueAction, withdrawAction } from './papers.actions.ts'
import { offersAsked, paperAsked, papersAsked } from './papers.queries.ts'
import { withdrawPapersOf } from './papers.store.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'papers-'))
  useFileStore(await openFileStore(folder))
  city = await aSupervisedCity(platform)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const asking = (actor: Actor) => ({ actor, today: platform.clock.today() })
const page = (actor: Actor, id: string) => readAs(platform.database, actor, (read) => paperAsked(read, id, asking(actor)))
const listed = (actor: Actor) => readAs(platform.database, actor, (read) => papersAsked(read, { limit: 500 }))
const offers = async (id: string) =>
  (await readAs(platform.database, city.deputy, (read) => offersAsked(read, { kind: 'case', id }, asking(city.deputy)))).items

const aCase = async () =>
  (
    await act(city.deputy, openAction, {
      organizationId: city.branch.id,
      title: '第二支部十月未开支委会',
      reason: '台账显示未报',
      ownerId: city.member.id,
      dueOn: '2026-12-01',
      remedies: '本月内补开；补报会议记录',
    })
  ).id
const draft = async (caseId: string, kind: 'notice' | 'closing' | 'rectification_list' = 'notice') =>
  (await act(city.deputy, draftAction, { kind, object: { kind: 'case', id: caseId } })).id
const issue = (id: string, actor = city.deputy) => act(actor, issueAction, { id, reason: '情况属实，同意签发' })

test('of 50 who sign one paper at the same time exactly one does, and it has exactly one number', async () => {
  const id = await draft(await aCase())
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => issue(id)))
  expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  for (const one of outcomes)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'supervision.paper_not_allowed_now' })
  const { number } = await page(city.deputy, id)
  expect(number).toBe('第一局党督办〔2026〕1号')
  expect(number).toMatch(/^[\u4e00-\u9fa5]+〔\d{4}〕[1-9]\d*号$/)
})

test('50 papers signed at once take 50 numbers in a row; one refused at the last moment leaves no gap', async () => {
  const caseId = await aCase()
  const ids = await Promise.all(Array.from({ length: 50 }, () => draft(caseId)))
  const broken = await draft(caseId)
  await sql`update supervision.papers set object_revision = 99 where id = ${broken}`.execute(platform.owner.kysely)
  const outcomes = await Promise.allSettled([...ids, broken].map((id) => issue(id)))
  expect(outcomes.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'supervision.paper_outdated' } })
  const { rows } = await sql<{
    sequence: number
  }>`select sequence from supervision.papers where series = '第一局党督办' and number is not null
    order by sequence`.execute(platform.owner.kysely)
  expect(rows.map((row) => row.sequence)).toEqual(Array.from({ length: 51 }, (_, at) => at + 1))
})

test('a withdrawn paper keeps its number with the reason; the next one goes on counting', async () => {
  const id = await draft(await aCase())
  const { number } = await issue(id)
  expect(await act(city.deputy, withdrawAction, { id, reason: '主送单位写错' })).toMatchObject({ state: 'withdrawn', number })
  const shown = await page(city.deputy, id)
  expect(shown).toMatchObject({ state: 'withdrawn', number, abilities: [], notices: ['这份文书已撤销，字号保留，不再有效。'] })
  expect(shown.steps.map((step) => [step.action, step.reason])).toEqual([
    ['起草', null],
    ['签发', '情况属实，同意签发'],
    ['撤销', '主送单位写错'],
  ])
  const next = await issue(await draft(await aCase()))
  expect(next.number).not.toBe(number)
  await expect(act(city.deputy, withdrawAction, { id, reason: '再撤一次' })).rejects.toMatchObject({
    code: 'supervision.paper_not_allowed_now',
  })
  await expect(issue(id)).rejects.toMatchObject({ code: 'supervision.paper_not_allowed_now' })
})

test('a paper says what stood when it was drafted, and is not signed once the matter has moved on', async () => {
  const caseId = await aCase()
  const early = await draft(caseId)
  expect((await offers(caseId)).map((one) => one.kind)).toEqual(['notice', 'rectification_list'])
  await act(city.branchSecretary, reportAction, { id: caseId, report: '已于本月补开并补报记录' })
  await expect(issue(early)).rejects.toMatchObject({ code: 'supervision.paper_outdated' })
  expect(await offers(caseId)).toEqual([])
  await expect(draft(caseId, 'closing')).rejects.toMatchObject({ code: 'supervision.paper_not_offered' })
  await act(city.deputy, verifyAction, { id: caseId, verification: '看过会议记录，属实', onSite: false })
  const closing = await draft(caseId, 'closing')
  expect(JSON.stringify((await page(city.deputy, closing)).body)).toContain('看过会议记录，属实。')
  expect((await issue(closing)).number).toBe('第一局党销号〔2026〕1号')
})

test('a draft is its writers’ own; once issued the addressee reads it, another unit never', async () => {
  const id = await draft(await aCase(), 'rectification_list')
  await expect(page(city.branchSecretary, id)).rejects.toMatchObject({ code: 'supervision.paper_not_found' })
  await issue(id)
  const seen = await page(city.branchSecretary, id)
  expect(seen).toMatchObject({ state: 'issued', abilities: [], to: ['第二支部'] })
  await expect(page(city.otherDeputy, id)).rejects.toMatchObject({ code: 'supervision.paper_not_found' })
  expect((await listed(city.otherDeputy)).items).toEqual([])
})

test('who keeps a branch neither drafts, signs nor takes back', async () => {
  const caseId = await aCase()
  const id = await draft(caseId)
  const refused = { status: 403 }
  const object = { kind: 'case', id: caseId }
  await expect(act(city.branchSecretary, draftAction, { kind: 'notice', object })).rejects.toMatchObject(refused)
  await expect(issue(id, city.branchSecretary)).rejects.toMatchObject({ status: 404 })
  await issue(id)
  await expect(act(city.branchSecretary, withdrawAction, { id, reason: '不认可' })).rejects.toMatchObject(refused)
  await expect(act(city.otherDeputy, withdrawAction, { id, reason: '不认可' })).rejects.toMatchObject({ status: 404 })
})

test('what takes a decision back withdraws every paper about it, drafts among them', async () => {
  const caseId = await aCase()
  const [issued, open] = [await draft(caseId), await draft(caseId, 'rectification_list')]
  await issue(issued)
  const takeBack = action({
    name: 'supervision.paper.withdraw',
    input: z.object({}),
    touches: () => [city.branch.no],
    run: async (work) => ({ reply: await withdrawPapersOf(work, { kind: 'case', id: caseId }, '申诉成立'), objects: [] }),
  })
  expect((await act(city.officer, takeBack, {})).toSorted()).toEqual([issued, open].toSorted())
  expect(await page(city.deputy, issued)).toMatchObject({ state: 'withdrawn', number: expect.stringContaining('〔2026〕') })
})

test('every figure of a paper has a footnote that says how it was counted and where it opens', async () => {
  const caseId = await aCase()
  await sql`update supervision.cases set due_on = '2026-11-20' where id = ${caseId}`.execute(platform.owner.kysely)
  const notice = (await offers(caseId)).find((one) => one.kind === 'notice')
  const runs = notice?.body.blocks.flatMap((block) => (block.kind === 'text' ? block.runs : [])) ?? []
  expect(runs.filter((run) => typeof run !== 'string')).toEqual([
    { figure: '3', note: `自完成时限2026年11月20日的次日起算。出处：/cases/${caseId}` },
  ])
})
