import path from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { type Action, perform } from '../kernel/actions/action.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { writeWorkbook } from '../kernel/files/workbook-writer.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import * as reads from '../modules/learning/reading/reading.actions.ts'
import { readingAsked, readingPageOf } from '../modules/learning/reading/reading.queries.ts'
import { studyCoverageOf } from '../modules/learning/studies/coverage.queries.ts'
import { questionsSheet, readQuestions } from '../modules/learning/studies/questions-sheet.store.ts'
import * as plans from '../modules/learning/studies/studies.actions.ts'
import { studyPlanPageOf, studyPlansAsked, testOf } from '../modules/learning/studies/studies.queries.ts'
import { triedTest } from '../modules/learning/studies/test.queries.ts'
import { replaceQuestionsAction, takeTestAction } from '../modules/learning/studies/units.actions.ts'
import { workItemsOf } from '../kernel/work-items/registry.ts'
import { loadRulebooks, rebuild, sweep } from '../modules/rulebook/index.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World
let [city, unit, committee, branch, other, elsewhere] = [{ no: 0, id: '' }] as unknown as Planted[] as [
  Planted,
  Planted,
  Planted,
  Planted,
  Planted,
  Planted,
]
let [officer, deputy, keeper, member, stranger] = [{}] as unknown as [Actor, Actor, Actor, Actor, Actor]
let people: Planted[]

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-11-10')
  world = worldOf(platform)
  city = await world.organization('working_committee', '示例工委', null)
  unit = await world.organization('unit', '示例住建局', city)
  committee = await world.organization('party_committee', '机关党委', unit)
  branch = await world.organization('branch', '第一支部', committee)
  other = await world.organization('branch', '第二支部', committee)
  elsewhere = await world.organization('branch', '外单位支部', await world.organization('unit', '示例水利局', city))
  people = await world.people(branch, 3)
  const [secretaryOfOther = branch] = await world.people(other, 1)
  await world.post(people[0] as Planted, branch, 'branch_secretary')
  await world.post(people[1] as Planted, branch, 'branch_committee_member')
  await world.post(secretaryOfOther, other, 'branch_secretary')
  officer = await world.actor('committee_officer', city)
  deputy = await world.actor('full_time_deputy', committee)
  keeper = await world.actor('branch_secretary', branch, { person: people[0] as Planted })
  member = await world.actor('member', branch, { writes: false, person: people[1] as Planted })
  stranger = await world.actor('member', elsewhere, { writes: false, person: (await world.people(elsewhere, 1))[0] as Planted })
  await world.figuresFrom('2026-01-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, path.join(import.meta.dirname, '../../rulebooks')))
  await world.onlyRequirements('D2.1', 'D4.1', 'D6.2')
  await writeAsSystem(platform.database, (tx) => sweep(tx, '2026-11-10'))
})

const act = <Reply>(actor: Actor, declared: Action<never, Reply>, input: object): Promise<Reply> =>
  perform(platform, declared, { actor, requestId: null, idempotencyKey: null, input } as never)
const at = (actor: Actor) => ({ actor, today: '2026-11-10' })
const of = async (code: string, no: number) => {
  const { rows } = await sql<{
    status: number
    numerator: number
    denominator: number
  }>`select o.status, o.numerator::float8 as numerator,
      o.denominator::float8 as denominator from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no
    where r.code = ${code} and o.organization_no = ${no} and o.subject_kind = 'o' order by o.period_no desc limit 1`.execute(
    world.db,
  )
  return rows[0]
}
/** The share is judged when the year is over. */
const yearEnds = () => writeAsSystem(platform.database, (tx) => rebuild(tx, '2027-01-10'))
const unitOf = (title: string, asked = 2) => ({ title, asked, rightShare: 0.8 })
const aPlan = {
  year: 2026,
  topic: 'three_regulations',
  audience: 'party_workers',
  title: '三大条例学习',
  units: [unitOf('支部条例'), unitOf('机关条例', 0)],
}
const bank = [
  { kind: 'single', text: '哪一年施行', options: ['2016', '2018'], right: [2], explanation: '二〇一八年施行。' },
  { kind: 'multiple', text: '哪些属于三会一课', options: ['党课', '党日', '支委会'], right: [1, 3] },
  { kind: 'true_false', text: '每月一次', options: ['对', '错'], right: [1] },
]
const page = (actor: Actor, id: string) => readAs(platform.database, actor, (read) => studyPlanPageOf(read, at(actor), id))
const plan = (actor: Actor, organization: Planted, more: object = {}) =>
  act(actor, plans.createStudyPlanAction as never, { ...aPlan, organizationId: organization.id, ...more }) as Promise<{
    id: string
  }>
const coverage = (actor: Actor, id: string) =>
  readAs(platform.database, actor, (read) => studyCoverageOf(read, { id, under: undefined, ...at(actor) }))
const rows = async (table: string) =>
  (await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t`.execute(world.db)).rows
    .map((one) => one.row)
    .join('\n')

const itemsOf = async (actor: Actor) =>
  (await readAs(platform.database, actor, (read) => workItemsOf(read, actor, '2026-11-10'))).map(({ title }) => title)

describe('a study plan', () => {
  it('is given to those below and to nobody else; done is what remains of a self-test; names stay in the branch', async () => {
    await expect(plan(deputy, elsewhere)).rejects.toMatchObject({ status: 404 })
    await expect(plan(member, branch)).rejects.toMatchObject({ code: 'kernel.forbidden' })
    const { id } = await plan(officer, unit)
    await expect(page(stranger, id)).rejects.toMatchObject({ code: 'learning.study_plan_not_found' })
    const seen = await page(member, id)
    expect(seen).toMatchObject({ forMe: true, doneByMe: 0, abilities: ['test'] })
    expect(await itemsOf(member)).toContain('学习计划还有 2 个单元没有学完')
    const [withTest = '', without = ''] = seen.units.map((one) => one.id)
    await expect(act(deputy, replaceQuestionsAction as never, { id: withTest, questions: bank })).rejects.toMatchObject({
      status: 404,
    })
    await expect(
      act(officer, replaceQuestionsAction as never, { id: withTest, questions: bank.slice(0, 1) }),
    ).rejects.toMatchObject({ code: 'learning.study_bank_too_small' })
    await act(officer, replaceQuestionsAction as never, { id: withTest, questions: bank })

    const test = await readAs(platform.database, member, (read) => testOf(read, at(member), withTest))
    expect(test.questions).toHaveLength(2)
    expect(JSON.stringify(test)).not.toMatch(/right"|explanation/)
    const chosen = (right: boolean) =>
      test.questions.map((one) => ({
        questionId: one.id,
        chosen: right ? (bank.find(({ text }) => text === one.text)?.right ?? []) : [1, 2],
      }))
    const tried = (answers: object[]) => readAs(platform.database, member, (read) => triedTest(read, withTest, answers as never))
    await expect(tried(chosen(true).slice(0, 1))).rejects.toMatchObject({ code: 'learning.study_answers_incomplete' })
    const ledgerBefore = await rows('ledger.entries')
    expect(await tried(chosen(false))).toMatchObject({ done: false })
    expect(await rows('ledger.entries')).toBe(ledgerBefore)
    expect(await tried(chosen(true))).toMatchObject({ done: true })
    await act(member, takeTestAction as never, { id: withTest, answers: chosen(true) })
    await act(member, takeTestAction as never, { id: without, answers: [] })
    expect((await page(member, id)).doneByMe).toBe(2)
    expect((await itemsOf(member)).filter((title) => title.startsWith('学习计划'))).toEqual([])
    // Kept is who, which unit and which day: no answer, no share, no hour.
    expect(Object.keys((await sql<object>`select * from learning.study_done`.execute(world.db)).rows[0] ?? {}).sort()).toEqual([
      'done_on',
      'organization_no',
      'person_no',
      'recorded_at',
      'unit_no',
    ])

    const above = await coverage(deputy, id)
    expect(above.items).toMatchObject([
      { organization: { name: '第一支部' }, people: 2, owed: 4, done: 2 },
      { organization: { name: '第二支部' }, people: 1, owed: 2, done: 0 },
    ])
    expect(above.holes).toEqual([])
    const own = await coverage(keeper, id)
    expect(own.items.map((one) => one.organization.name)).toEqual(['第一支部'])
    expect(own.holes).toMatchObject([{ name: `示例${branch.no}之1`, units: ['支部条例', '机关条例'] }])
    const { rows: visible } = await readAs(platform.database, deputy, async (read) => ({
      rows: (await studyPlansAsked(read, at(deputy), { limit: 50 })).items,
    }))
    expect(visible).toMatchObject([{ id, forMe: false }])

    await expect(
      act(officer, plans.correctStudyPlanAction as never, {
        id,
        revision: 1,
        reason: '减单元',
        title: aPlan.title,
        units: [{ ...unitOf('机关条例', 0), id: without }],
      }),
    ).rejects.toMatchObject({ code: 'learning.study_unit_done_by_some' })
    const more = [{ ...unitOf('支部工作条例'), id: withTest }, { ...unitOf('机关条例', 0), id: without }, unitOf('教育条例', 0)]
    await act(officer, plans.correctStudyPlanAction as never, {
      id,
      revision: 1,
      reason: '加单元',
      title: aPlan.title,
      units: more,
    })
    await yearEnds()
    expect(await of('D6.2', unit.no)).toMatchObject({ status: 3, numerator: 2, denominator: 9 })
    expect((await page(member, id)).units.map((one) => one.doneOn)).toEqual(['2026-11-10', '2026-11-10', null])
    await act(officer, plans.closeStudyPlanAction as never, { id })
    await expect(act(member, takeTestAction as never, { id: withTest, answers: chosen(true) })).rejects.toMatchObject({
      code: 'learning.study_not_allowed_now',
      status: 409,
    })
    await expect(
      act(officer, plans.correctStudyPlanAction as never, { id, revision: 3, reason: '再改', title: '改', units: more }),
    ).rejects.toMatchObject({ status: 409 })
    await act(officer, plans.withdrawStudyPlanAction as never, { id, reason: '误排' })
    await yearEnds()
    expect((await of('D6.2', unit.no))?.denominator ?? 0).toBe(0)
    await expect(act(officer, plans.closeStudyPlanAction as never, { id })).rejects.toMatchObject({ status: 409 })
  })

  it('takes a bank from a sheet with every fault named by row and column, and nothing of a sheet with one', async () => {
    const before = (await sql<{ count: number }>`select count(*)::int as count from learning.study_questions`.execute(world.db))
      .rows
    const template = await readQuestions(writeWorkbook({ sheets: [questionsSheet()] }))
    expect(template.faults).toEqual([])
    expect(template.questions).toHaveLength(3)
    const sheet = questionsSheet()
    const wrong = {
      ...sheet,
      rows: [
        ...(sheet.rows as string[][]),
        ['填空', '题目甲', '', '', '', '', '', '', 'A', ''],
        ['单选', '题目乙', '甲', '乙', '', '', '', '', 'E', ''],
      ],
    }
    const { faults } = await readQuestions(writeWorkbook({ sheets: [wrong] }))
    expect(faults).toMatchObject([
      { row: 5, column: '题型' },
      { row: 6, column: '答案' },
    ])
    await expect(
      readQuestions(writeWorkbook({ sheets: [{ name: '空', columns: [{ title: '题目' }], rows: [['甲']] }] })),
    ).rejects.toMatchObject({ code: 'learning.questions_sheet_columns' })
    expect(
      (await sql<{ count: number }>`select count(*)::int as count from learning.study_questions`.execute(world.db)).rows,
    ).toEqual(before)
  })
})

describe('reading', () => {
  const books = (...categories: string[]) => categories.map((category) => ({ category, title: `${category}一种` }))
  const recommend = (actor: Actor, organization: Planted, given: object[]) =>
    act(actor, reads.recommendReadingAction as never, {
      organizationId: organization.id,
      title: '第三期',
      issuedOn: '2026-11-02',
      books: given,
    }) as Promise<{ id: string }>
  const show = (actor: Actor, id: string) => readAs(platform.database, actor, (read) => readingPageOf(read, actor, id))

  it('is recommended downward; all five categories together meet the clause, from above or by one’s own', async () => {
    await expect(recommend(member, branch, books('law'))).rejects.toMatchObject({ code: 'kernel.forbidden' })
    await expect(recommend(deputy, elsewhere, books('law'))).rejects.toMatchObject({ status: 404 })
    const { id } = await recommend(officer, city, books('political_theory', 'party_rules', 'economy'))
    expect((await show(stranger, id)).categories).toHaveLength(3)
    expect((await of('D2.1', committee.no))?.status).not.toBe(1)
    const own = await recommend(deputy, committee, books('science', 'law'))
    await expect(show(stranger, own.id)).rejects.toMatchObject({ code: 'learning.reading_list_not_found' })
    expect(await of('D2.1', committee.no)).toMatchObject({ status: 1, numerator: 5, denominator: 5 })
    expect(await of('D4.1', unit.no)).toMatchObject({ numerator: 1 })
    await act(deputy, reads.correctReadingAction as never, {
      id: own.id,
      revision: 1,
      reason: '书名记错',
      title: '第三期',
      issuedOn: '2026-11-02',
      books: books('science'),
    })
    expect((await of('D2.1', committee.no))?.status).not.toBe(1)
    await act(deputy, reads.withdrawReadingAction as never, { id: own.id, reason: '误记' })
    await expect(act(deputy, reads.withdrawReadingAction as never, { id: own.id, reason: '再撤' })).rejects.toMatchObject({
      code: 'kernel.not_allowed_now',
    })
    await expect(
      act(officer, reads.recommendReadingAction as never, {
        organizationId: city.id,
        title: '将来',
        issuedOn: '2027-01-01',
        books: books('law'),
      }),
    ).rejects.toMatchObject({ code: 'learning.reading_in_future' })
    expect(
      (await readAs(platform.database, member, (read) => readingAsked(read, { limit: 50, state: 'recommended' }))).items.map(
        (one) => one.id,
      ),
    ).toEqual([id])
  })

  it('a note is read in the author’s branch and nowhere else, and when it is taken back its words are gone', async () => {
    const { id } = await recommend(officer, city, books('law'))
    const note = (await act(member, reads.shareNoteAction as never, { id, text: '读了第三章，有启发' })) as { id: string }
    expect((await show(keeper, id)).notes).toMatchObject([{ text: '读了第三章，有启发', own: false }])
    for (const who of [deputy, officer, stranger]) expect((await show(who, id)).notes).toEqual([])
    await expect(act(keeper, reads.withdrawNoteAction as never, { id: note.id })).rejects.toMatchObject({
      code: 'learning.reading_note_not_found',
    })
    await act(member, reads.withdrawNoteAction as never, { id: note.id })
    await expect(act(member, reads.withdrawNoteAction as never, { id: note.id })).rejects.toMatchObject({
      code: 'kernel.not_allowed_now',
    })
    expect((await show(member, id)).notes).toEqual([])
    for (const table of ['learning.reading_notes', 'ledger.entries']) expect(await rows(table)).not.toContain('有启发')
    await expect(act(officer, reads.shareNoteAction as never, { id, text: '没有支部' })).rejects.toMatchObject({
      code: 'learning.reading_note_nobody',
    })
  })
})
