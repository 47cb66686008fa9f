import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expected, freshModel, isNew, type Model } from '../../tests/builders/an-article-model.ts'
import { anArticleCity, seededText, wordFile } from '../../tests/builders/an-article-city.ts'
import type { Planted, World } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { type Action, perform } from '../kernel/actions/action.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { fileStore, openFileStore, useFileStore } from '../kernel/files/file-store.ts'
import { uploadFileAction } from '../kernel/files/files.actions.ts'
import { readPaper } from '../kernel/papers/paper-reader.ts'
import { writePaper } from '../kernel/papers/paper-writer.ts'
import { zipStream } from '../kernel/files/zip-stream.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { correctArticleAction, draftArticleAction, submitArticleAction } from '../modules/learning/articles/articles.actions.ts'
import { articleActions, type ArticleAction, articleLifecycle } from '../modules/learning/articles/articles.lifecycle.ts'
import { articlePageOf, articlesAsked } from '../modules/learning/articles/articles.queries.ts'
import { findArticle } from '../modules/learning/articles/articles.store.ts'
import { articlesCollected } from '../modules/learning/articles/collection.papers.ts'
import { articlesOwedBy } from '../modules/learning/articles/owed.queries.ts'
import * as acts from '../modules/learning/articles/review.actions.ts'
import { reviewersFor } from '../modules/learning/articles/reviewers.queries.ts'
import { similarityOf } from '../modules/learning/articles/similarity.queries.ts'
import { loadRulebooks, sweep } from '../modules/rulebook/index.ts'
import { workItemsOf } from '../kernel/work-items/registry.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World
let folder: string
let [author, second, officer] = [{}] as unknown as [Actor, Actor, Actor]
let [first, another, leader] = [{}] as unknown as [Actor, Actor, Actor]
let people: Readonly<Record<string, Planted>>

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-11-10')
  folder = await mkdtemp(path.join(tmpdir(), 'articles-'))
  useFileStore(await openFileStore(folder))
  const city = await anArticleCity(platform)
  ;({ world, people } = city)
  const of = (name: string) => city.actors[name] as Actor
  ;[author, second, officer] = [of('甲书记'), of('乙副职'), of('丁工委')]
  ;[first, another, leader] = [of('戊评审'), of('己评审'), of('庚领导')]
  await world.figuresFrom('2026-01-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, path.join(import.meta.dirname, '../../rulebooks')))
  await world.onlyRequirements('D2.3', 'D2.31')
  await writeAsSystem(platform.database, (tx) => sweep(tx, '2026-11-10'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const act = <Reply>(actor: Actor, declared: Action<never, Reply>, input: object): Promise<Reply> =>
  perform(platform, declared as unknown as Action<never, Reply>, { actor, requestId: null, idempotencyKey: null, input } as never)
async function uploaded(actor: Actor, content: Buffer, name = '文章.docx'): Promise<string> {
  const stored = await fileStore().put(Readable.from([content]), name)
  return ((await act(actor, uploadFileAction as never, { ...stored, name, purpose: 'article' })) as { id: string }).id
}
const places = [{ place: '示例县河东镇', visitedOn: '2026-06-03' }]
async function draft(actor: Actor, seeds: readonly number[], title = '基层治理调研'): Promise<string> {
  const fileId = await uploaded(actor, await wordFile(seeds.map((seed) => seededText(seed))))
  return ((await act(actor, draftArticleAction as never, { title, fileId, places })) as { id: string }).id
}
const page = (id: string, actor: Actor) => readAs(platform.database, actor, (read) => articlePageOf(read, actor, id))
async function submit(id: string, actor: Actor, shown = 100) {
  const { revision } = await page(id, actor)
  return act(actor, submitArticleAction as never, { id, revision, shown })
}
const idOf = (name: string) => people[name]?.id ?? ''
const assign = (id: string, names = ['戊评审', '己评审']) =>
  act(officer, acts.assignReviewersAction as never, { id, personIds: names.map(idOf) })
const opine = (id: string, actor: Actor, opinion: 'accept' | 'revise' = 'accept') =>
  act(actor, acts.reviewArticleAction as never, { id, opinion, text: '有调查，有办法。' })
const similar = (id: string, actor: Actor) =>
  readAs(platform.database, actor, async (read) => {
    const held = await findArticle(read, id)
    return held ? similarityOf(read, held) : null
  })
const statusOf = async (name: string) => {
  const { rows } = await sql<{
    status: number
    numerator: number
  }>`select o.status, o.numerator::float8 as numerator from rulebook.obligations o
    where o.subject_no = ${people[name]?.no ?? 0} and o.subject_kind = 'p' order by o.period_no desc limit 1`.execute(world.db)
  return rows[0]
}

describe('from the draft to the collection of the year', () => {
  it('a draft is its author’s alone; handed in, it is read by reviewers and those above; the author never learns by whom', async () => {
    const id = await draft(author, [1, 2, 3])
    for (const stranger of [second, leader, officer, first])
      await expect(page(id, stranger)).rejects.toMatchObject({ code: 'learning.article_not_found', status: 404 })
    await expect(act(officer, acts.withdrawArticleAction as never, { id, reason: '不是我的' })).rejects.toMatchObject({
      status: 404,
    })
    await submit(id, author)
    await expect(page(id, first)).rejects.toMatchObject({ status: 404 })
    await assign(id)
    expect(await itemsOf(first)).toContain('有 1 篇调研文章请您评审')
    await opine(id, first)
    await expect(opine(id, first)).rejects.toMatchObject({ code: 'learning.article_not_reviewer', status: 403 })
    await expect(opine(id, leader)).rejects.toMatchObject({ code: 'learning.article_not_reviewer' })
    await expect(act(officer, acts.acceptArticleAction as never, { id })).rejects.toMatchObject({ code: 'learning.opinions_two' })
    expect((await statusOf('甲书记'))?.numerator ?? 0).toBe(0)
    await opine(id, another, 'revise')
    await expect(act(officer, acts.acceptArticleAction as never, { id })).rejects.toMatchObject({ errors: [{ field: 'reason' }] })
    const seen = await page(id, author)
    expect(seen.reviews.map(({ reviewer, opinion }) => [reviewer, opinion])).toEqual([
      [null, 'accept'],
      [null, 'revise'],
    ])
    expect(JSON.stringify(seen)).not.toMatch(/戊评审|己评审/)
    expect((await page(id, officer)).reviews.map(({ reviewer }) => reviewer)).toEqual(['戊评审', '己评审'])
    await act(officer, acts.returnArticleAction as never, { id, reason: '补充数据' })
    expect(await itemsOf(author)).toContain('有 1 篇调研文章退回，请修改')
    await act(author, correctArticleAction as never, {
      id,
      revision: 4,
      title: '基层治理调研',
      places,
      fileId: await uploaded(author, await wordFile([1, 2, 3, 4].map((seed) => seededText(seed)))),
    })
    await submit(id, author)
    await assign(id)
    await opine(id, first)
    await opine(id, another)
    await act(officer, acts.acceptArticleAction as never, { id })
    expect(await statusOf('甲书记')).toMatchObject({ status: 1, numerator: 1 })
    expect((await statusOf('乙副职'))?.status).not.toBe(1)
    await act(officer, acts.publishArticleAction as never, { id })
    expect(await page(id, first)).toMatchObject({ state: 'published', round: 2, author: '甲书记' })
    expect((await articlesOf(second)).map((one) => one.id)).toEqual([id])
    const owed = await readAs(platform.database, officer, (read) =>
      articlesOwedBy(read, { year: 2026, under: undefined, today: '2026-11-10' }),
    )
    expect(owed).toMatchObject([
      { name: '甲书记', done: true, state: '已发表' },
      { name: '乙副职', done: false, state: '还没有提交' },
    ])
  })
  it('the collection holds what is accepted with its places, as a Word file that can be read again', async () => {
    const collected = await readAs(platform.database, officer, (read) =>
      articlesCollected(read, { year: 2026, under: undefined, issuer: '示例工委' }),
    )
    const copy = path.join(folder, 'collection.docx')
    await writeFile(copy, await writePaper(collected))
    const read = (await readPaper(copy)).map((one) => one.text).join('\n')
    expect(read).toMatch(/2026年调研文章汇编[\s\S]*示例县河东镇/)
    expect(read).toContain(seededText(4))
    await expect(
      readAs(platform.database, officer, (db) => articlesCollected(db, { year: 2019, under: undefined, issuer: '' })),
    ).rejects.toMatchObject({ status: 409 })
  })
})

describe('passages that occur elsewhere', () => {
  it('are shown to the author before handing in; a match that came meanwhile is shown first; another’s draft is nobody’s business', async () => {
    const mine = await draft(second, [1, 2, 11, 12], '另一篇')
    const before = await similar(mine, second)
    expect(before?.share).toBeGreaterThan(40)
    expect(before?.share).toBeLessThan(60)
    expect(before?.matches).toMatchObject([{ title: '基层治理调研', author: '甲书记' }])
    expect(before?.passages.some((one) => seededText(1).includes(one.slice(0, 30)))).toBe(true)
    const theirs = await draft(author, [11, 12, 13], '同一批材料')
    expect((await similar(theirs, author))?.share).toBe(0)
    await submit(mine, second, before?.share)
    // Not published and of somebody else: that there is such a passage, and not where.
    const after = await similar(theirs, author)
    expect(after?.share).toBeGreaterThan(50)
    expect(after?.matches).toMatchObject([{ title: null, author: null }])
    await expect(submit(theirs, author, 0)).rejects.toMatchObject({ code: 'learning.similarity_newer', status: 409 })
    await submit(theirs, author, after?.share)
  })
})

describe('who looks at an article', () => {
  it('is never a colleague or the author, is at least two, and nobody decides about her own', async () => {
    const id = await draft(author, [21, 22], '评审人')
    await submit(id, author)
    const offered = await readAs(platform.database, officer, async (read) => {
      const held = await findArticle(read, id)
      return held ? reviewersFor(read, held, { day: '2026-11-10' }) : []
    })
    expect(
      offered
        .filter(({ conflict }) => conflict === null)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['丁工委', '己评审', '戊评审'])
    expect(offered.find(({ name }) => name === '丙同事')?.conflict).toBe('与作者在同一个单位')
    await expect(assign(id, ['戊评审', '丙同事'])).rejects.toMatchObject({
      code: 'learning.reviewer_conflict',
      errors: [{ field: 'personIds.1' }],
    })
    await expect(assign(id, ['戊评审', '甲书记'])).rejects.toMatchObject({ code: 'learning.reviewer_conflict' })
    await expect(assign(id, ['戊评审'])).rejects.toMatchObject({ code: 'learning.reviewers_two' })
    await expect(act(leader, acts.assignReviewersAction as never, { id, personIds: [idOf('戊评审')] })).rejects.toMatchObject({
      status: 403,
    })
    const own = await draft(officer, [31], '工委的文章')
    await submit(own, officer)
    await expect(
      act(officer, acts.assignReviewersAction as never, { id: own, personIds: [idOf('己评审'), idOf('甲书记')] }),
    ).rejects.toMatchObject({ code: 'learning.article_own' })
    await expect(act(leader, correctArticleAction as never, { id, revision: 2, title: '改题目', places })).rejects.toMatchObject({
      code: 'learning.article_not_yours',
    })
  })
})

describe('a Word file', () => {
  it('is one, holds text, stays within bounds, and is one’s own', async () => {
    const refused = (fileId: string) => act(author, draftArticleAction as never, { title: '文件', fileId, places })
    const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
    await expect(refused(await uploaded(author, pdf, '文章.pdf'))).rejects.toMatchObject({ code: 'learning.article_not_word' })
    await expect(refused(await uploaded(author, await wordFile(['   '])))).rejects.toMatchObject({
      code: 'learning.article_empty',
    })
    await expect(refused(await uploaded(second, await wordFile([seededText(41)])))).rejects.toMatchObject({
      code: 'kernel.not_found',
    })
    const types =
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    const bomb = zipStream([
      { name: '[Content_Types].xml', content: [types] },
      { name: '_rels/.rels', content: ['<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'] },
      { name: 'word/document.xml', content: [`<w:document xmlns:w="w"><w:t>${' '.repeat(60 * 1024 * 1024)}</w:t></w:document>`] },
    ] as never)
    const chunks: Buffer[] = []
    for await (const chunk of bomb) chunks.push(Buffer.from(chunk as Uint8Array))
    await expect(refused(await uploaded(author, Buffer.concat(chunks)))).rejects.toMatchObject({
      code: expect.stringMatching(/^files\.paper_(refused|too_large)$/),
    })
    const ahead = { title: '去过', fileId: 'fil_none', places: [{ place: '某地', visitedOn: '2026-12-01' }] }
    await expect(act(author, draftArticleAction as never, ahead)).rejects.toMatchObject({
      errors: [{ field: 'places.0.visitedOn' }],
    })
  })
})
describe('every act in every state', () => {
  const verbs = Object.keys(articleActions) as ArticleAction[]
  it('answers 409 and changes nothing where the table has no entry, from the draft to the withdrawal', async () => {
    const [id, model, tried] = [await draft(author, [5000], '走一遍'), freshModel(), new Set<string>()]
    const way = ['submit', 'return', 'correct', 'submit', 'assign', 'review', 'review', 'accept', 'publish', 'withdraw'] as const
    for (const verb of way) {
      for (const other of verbs)
        if (expected(other, model) && isNew(tried, `${model.state} ${other}`)) await step(id, other, model)
      await step(id, verb, model)
    }
    for (const other of verbs) await step(id, other, model)
  })
  it('does what the table says on any way through it', async () => {
    let seed = 6000
    const ways = fc.array(fc.constantFrom(...verbs, 'review', 'assign', 'submit'), { minLength: 5, maxLength: 10 })
    await fc.assert(
      fc.asyncProperty(ways, async (list) => {
        seed += 10
        const [id, model] = [await draft(author, [seed], `第${seed}篇`), freshModel()]
        for (const verb of list as ArticleAction[]) await step(id, verb, model)
      }),
      { numRuns: 2 },
    )
  })
})
async function step(id: string, verb: ArticleAction, model: Model): Promise<void> {
  const { revision } = await page(id, author)
  const does: Record<ArticleAction, () => Promise<unknown>> = {
    correct: () => act(author, correctArticleAction as never, { id, revision, title: '改过', places }),
    submit: () => act(author, submitArticleAction as never, { id, revision, shown: 100 }),
    assign: () => assign(id),
    review: () => opine(id, model.opinions === 0 ? first : another),
    return: () => act(officer, acts.returnArticleAction as never, { id, reason: '再改改' }),
    accept: () => act(officer, acts.acceptArticleAction as never, { id }),
    publish: () => act(officer, acts.publishArticleAction as never, { id }),
    withdraw: () => act(author, acts.withdrawArticleAction as never, { id, reason: '不写了' }),
  }
  const fault = expected(verb, model)
  if (fault === null) {
    await does[verb]()
    model.state = articleLifecycle[model.state][verb] ?? model.state
    if (verb === 'submit') Object.assign(model, { opinions: 0, handedIn: true })
    if (verb === 'assign') model.shown = true
    if (verb === 'review') model.opinions += 1
  } else {
    const status = fault.endsWith('found') ? 404 : fault.endsWith('reviewer') ? 403 : 409
    await expect(does[verb](), `${verb} in ${model.state}`).rejects.toMatchObject({ code: fault, status })
  }
  expect((await page(id, author)).state).toBe(model.state)
}

const articlesOf = async (actor: Actor) =>
  (await readAs(platform.database, actor, (read) => articlesAsked(read, actor, { limit: 50 }))).items.filter(
    ({ state }) => state === 'published',
  )
const itemsOf = async (actor: Actor) =>
  (await readAs(platform.database, actor, (read) => workItemsOf(read, actor, '2026-11-10'))).map(({ title }) => title)
