import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { fileStore, openFileStore, useFileStore } from '../../../kernel/files/file-store.ts'
import { compareNumbers } from '../../../kernel/papers/paper-compare.ts'
import { readPaper } from '../../../kernel/papers/paper-reader.ts'
import { writePaper } from '../../../kernel/papers/paper-writer.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { fileAppealAction, takeAppealAction, upholdAppealAction } from '../appeals/appeals.actions.ts'
import { openAction } from '../cases/cases.actions.ts'
import { confirmTalkAction, talkAction } from '../cases/ladder.actions.ts'
import '../index.ts'
import * as problems from '../problems/problems.actions.ts'
import * as plans from '../unit-plans/unit-plans.actions.ts'
import * as cards from '../yellow-cards/cards.actions.ts'
import { draftAction, issueAction } from './papers.actions.ts'
import type { PaperKindName } from './paper-kinds.rules.ts'
import { offersAsked, paperAsked } from './papers.queries.ts'

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
const offers = async (kind: string, id: string, actor = city.officer) =>
  (await readAs(platform.database, actor, (read) => offersAsked(read, { kind, id }, asking(actor)))).items.map((one) => one.kind)
const page = (id: string, actor = city.officer) => readAs(platform.database, actor, (read) => paperAsked(read, id, asking(actor)))

async function signed(kind: PaperKindName, object: { kind: string; id: string }, actor = city.officer) {
  const { id } = await act(actor, draftAction, { kind, object })
  return act(actor, issueAction, { id, reason: '情况属实，同意签发' })
}
const said = async (id: string) => JSON.stringify((await page(id)).body)

test('a talk is written out once the other side has confirmed it, with what both said', async () => {
  const case_ = await act(city.deputy, openAction, {
    organizationId: city.branch.id,
    title: '十月未开支委会',
    reason: '台账显示未报',
    ownerId: city.member.id,
    dueOn: '2026-12-01',
    remedies: '本月内补开',
  })
  expect(await offers('case', case_.id, city.deputy)).not.toContain('talk')
  const held = {
    talkedToId: city.member.id,
    heldOn: '2026-11-22',
    said: '问了原因',
    demands: '本月补开',
    reason: '督办后没有进展',
  }
  await sql`update supervision.cases set due_on = '2026-11-20' where id = ${case_.id}`.execute(platform.owner.kysely)
  await act(city.deputy, talkAction, { id: case_.id, ...held })
  expect(await offers('case', case_.id, city.deputy)).not.toContain('talk')
  await act(city.owner, confirmTalkAction, { id: case_.id, remark: '认识到位，按期补开' })
  const talk = await signed('talk', { kind: 'case', id: case_.id }, city.deputy)
  expect(talk.number).toMatch(/^[一-龥]+督谈〔2026〕1号$/)
  expect(await said(talk.id)).toMatch(/甲某.*问了原因.*本月补开.*认识到位，按期补开/)
})

test('a card gives its notice with the list as annex and figures that open, its list while in force, its closing once lifted; a revoked one marks them', async () => {
  const { id } = await act(city.deputy, cards.proposeCardAction, {
    organizationId: city.branch.id,
    grounds: '连续三个月没有开会',
  })
  expect(await offers('yellow_card', id)).toEqual([])
  await act(city.branchSecretary, cards.stateAction, { id, statement: '人手不足' })
  const items = ['补选书记', '补记会议'].map((title) => ({ title, ownerId: city.member.id, dueOn: '2026-12-20' }))
  await act(city.officer, cards.decideCardAction, { id, reason: '听取陈述后决定', items, isPublic: false, traceMonths: 12 })
  expect(await offers('yellow_card', id)).toEqual(['yellow_card', 'rectification_list'])
  const warning = await signed('yellow_card', { kind: 'yellow_card', id })
  const { body, organization } = await page(warning.id)
  expect([organization.name, warning.number]).toEqual(['市直机关工委', expect.stringMatching(/警示〔2026〕1号$/)])
  expect(body.annexes).toMatchObject([
    { title: '整改清单', blocks: [{ rows: [['1', '补选书记', '甲某', '2026年12月20日'], { length: 4 }] }] },
  ])
  expect(JSON.stringify(body.blocks)).toContain(`{"figure":"2","note":"整改清单上的事项逐项计数。出处：/yellow-cards/${id}"}`)
  const list = await signed('rectification_list', { kind: 'yellow_card', id })
  const appeal = await act(city.branchSecretary, fileAppealAction, {
    measure: 'yellow_card',
    measureId: id,
    reasons: '事实有出入',
  })
  await act(city.secondOfficer, takeAppealAction, { id: appeal.id })
  await act(city.secondOfficer, upholdAppealAction, { id: appeal.id, decision: '记录是全的' })
  for (const paper of [warning, list])
    expect(await page(paper.id)).toMatchObject({
      state: 'withdrawn',
      number: paper.number,
      notices: [expect.stringContaining('不再有效')],
    })
  expect(await offers('yellow_card', id)).toEqual([])
})

test('a problem gives its list and its closing, a published plan its paper to those below; loaded back, changed numbers show', async () => {
  const raised = {
    organizationId: city.branch.id,
    title: '台账不全',
    description: '缺九月和十月',
    source: 'masses',
    dimension: 'D3',
  } as const
  const { id } = await act(city.branchSecretary, problems.raiseProblemAction, raised)
  expect(await offers('problem', id)).toEqual([])
  const plan = { ownerId: city.member.id, remedies: '补齐九月；补齐十月', dueOn: '2026-12-10', reason: '情况属实' }
  await act(city.deputy, problems.acceptProblemAction, { id, ...plan })
  const list = await signed('rectification_list', { kind: 'problem', id }, city.deputy)
  const original = await readFileOf(list.id)
  const written = await page(list.id, city.deputy)
  const edited = path.join(folder, 'edited.docx')
  const text = JSON.stringify(written.body).replaceAll('2026年12月10日', '2026年12月15日')
  await writeFile(edited, await writePaper({ ...JSON.parse(text), number: list.number, signedOn: '2026-11-23', standing: null }))
  expect(compareNumbers(original, await readPaper(edited))).toContainEqual(
    expect.objectContaining({ kind: 'changed', issued: '10', edited: '15' }),
  )
  const drafted = await act(city.deputy, plans.writePlanAction, {
    organizationId: city.unit.id,
    year: 2026,
    title: '创建方案',
    sections: [{ title: '总体要求', text: '照文件办\n逐条落实' }],
    items: [{ title: '补齐台账', criterion: '逐月都有', dueOn: '2026-12-20' }],
    fileIds: [],
  })
  await act(city.deputy, plans.submitPlanAction, { id: drafted.id })
  await act(city.officer, plans.approvePlanAction, { id: drafted.id })
  expect(await offers('unit_plan', drafted.id, city.deputy)).toEqual([])
  await act(city.deputy, plans.publishPlanAction, { id: drafted.id })
  const paper = await signed('plan', { kind: 'unit_plan', id: drafted.id })
  expect(await page(paper.id, city.branchSecretary)).toMatchObject({ to: ['第一局机关党委', '第二支部'], state: 'issued' })
  expect(await said(paper.id)).toMatch(/总体要求.*照文件办.*逐条落实.*"figure":"1".*补齐台账/)
})

async function readFileOf(id: string) {
  const { rows } = await sql<{ sha: string }>`select file_sha256 as sha from supervision.papers where id = ${id}`.execute(
    platform.owner.kysely,
  )
  const chunks: Buffer[] = []
  for await (const chunk of await fileStore().get(rows[0]?.sha ?? '')) chunks.push(Buffer.from(chunk as Uint8Array))
  const file = path.join(folder, 'issued.docx')
  await writeFile(file, Buffer.concat(chunks))
  return readPaper(file)
}
