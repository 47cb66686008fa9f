import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { perform } from '../kernel/actions/action.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { searchSources } from '../kernel/search/registry.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { ceremonies } from '../modules/orglife/ceremonies/ceremonies.contract.ts'
import { entryActionsOf } from '../modules/orglife/entries/entries.actions.ts'
import { entriesAsked, entryPageOf } from '../modules/orglife/entries/entries.queries.ts'
import { entryPaper } from '../modules/orglife/entries/entries.papers.ts'
import { entrySheet } from '../modules/orglife/entries/entry-sheet.papers.ts'
import { heartTalks } from '../modules/orglife/heart-talks/heart-talks.contract.ts'
import { heartTalkCoverageOf } from '../modules/orglife/heart-talks/heart-talks.queries.ts'
import { writePaper } from '../kernel/papers/paper-writer.ts'
import { entryKinds } from '../modules/orglife/entries/kinds.contract.ts'
import type { EntryKind } from '../modules/orglife/entries/entry-kind.contract.ts'
import { talks } from '../modules/orglife/talks/talks.contract.ts'
import { recordWorkAction } from '../modules/orglife/index.ts'
import { recordWorkBody } from '../modules/orglife/work-records/work-records.contract.ts'
import { answerFactCorrectionAction, askFactCorrectionAction } from '../modules/orglife/own-facts/own-facts.actions.ts'
import { factCorrectionsAsked, ownFactsOf } from '../modules/orglife/own-facts/own-facts.queries.ts'
import { loadRulebooks, sweep } from '../modules/rulebook/index.ts'
import { registerModules, routes } from './modules.ts'

const head = (code: string, title: string, more: string) => `
  - { code: ${code}, title: ${title}, clauses: [GS-1], dimension: D1, version: 1, valid_from: 2026-01-01, strength: hard, confidence: A, enabled: true,
      source: { regulation: 示例办法, article: 第一条 }, grace_days: 5, formula: 示例办法要求的做法按记录来数, remedy: 做了就记一次, ${more} }`
const branches = 'subject: { kinds: [branch] }'
const rulebook = `
document: { code: GS2026, title: 示例办法, issuer: 示例工委, issued_on: 2026-01-01, in_force_from: 2026-01-01, kind: local_document }
clauses:
  - { code: GS-1, title: 示例做法, gist: 各组织按示例办法做事并记下来。, dimension: D1 }
tags:
  - { code: oath, title: 宣誓, hint: 以前记在工作纪实里的宣誓, fields: [persons] }
requirements:${[
  head(
    'GS1',
    '每季仪式',
    `${branches}, cadence: quarter, measure: { name: orglife.entries_made, params: { entries: [ceremony], labels: [oath], tags: [oath] } }, target: { at_least: 1 }`,
  ),
  head(
    'GS2',
    '人人参加',
    `${branches}, cadence: year, measure: { name: orglife.entry_coverage, params: { set: members, entries: [ceremony], tags: [oath] } }, target: { ratio_at_least: 1 }`,
  ),
  head(
    'GS3',
    '书记宣讲',
    'subject: { post: { code: branch_secretary, at: [branch] } }, cadence: year, measure: { name: orglife.entries_made, params: { entries: [talk], roles: [speaker] } }, target: { at_least: 1 }',
  ),
  head(
    'GS4',
    '支委互谈',
    `${branches}, cadence: year, measure: { name: orglife.pairs_covered, params: { entries: [heart-talk], between: committee } }, target: { ratio_at_least: 1 }`,
  ),
  head(
    'GS5',
    '党员都谈到',
    `${branches}, cadence: year, measure: { name: orglife.pairs_covered, params: { entries: [heart-talk], between: committee_and_members } }, target: { ratio_at_least: 1 }`,
  ),
].join('')}
`

let platform: TestPlatform
let world: World
let [branch, other] = [{ no: 0, id: '' }] as unknown as [Planted, Planted]
let people: Planted[]
let secretary: Actor
let member: Actor

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-11-10')
  world = worldOf(platform)
  const city = await world.organization('working_committee', '示例工委', null)
  const unit = await world.organization('unit', '示例住建局', city)
  branch = await world.organization('branch', '第一支部', unit)
  other = await world.organization('branch', '第二支部', unit)
  people = await world.people(branch, 4)
  await world.people(other, 3)
  await world.committee(branch, people.slice(0, 3))
  secretary = await world.actor('branch_secretary', branch, { person: people[0] as Planted })
  member = await world.actor('member', branch, { writes: false, person: people[3] as Planted })
  await world.post(people[0] as Planted, branch, 'branch_secretary')
  const led = await world.organization('leading_group', '示例住建局党组', unit)
  await world.post(people[0] as Planted, led, 'leading_group_secretary')
  await world.figuresFrom('2026-01-01')
  const folder = await mkdtemp(join(tmpdir(), 'rulebook-'))
  await writeFile(join(folder, 'example.yaml'), rulebook)
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, folder))
  await rm(folder, { recursive: true })
  await writeAsSystem(platform.database, (tx) => sweep(tx, '2026-11-10'))
})

const by = (actor: Actor) => ({ actor, requestId: null, idempotencyKey: null })
const ids = (...at: number[]) => at.map((index) => (people[index] as Planted).id)
/** Fields that an entry of the kind cannot do without. */
const least: Readonly<Record<string, () => Record<string, unknown>>> = {
  ceremony: () => ({ forms: ['oath'] }),
  'dual-life-report': () => ({ span: 'year' }),
  'ideology-report': () => ({ span: 'first', done: '研究部署了两次', lacking: '没有' }),
  talk: () => ({ topic: '讲安全生产', place: '城东社区', speakerIds: ids(0) }),
  'heart-talk': () => ({ talkerIds: ids(0), talkedWithIds: ids(1) }),
}
const given = (kind: EntryKind, more: Record<string, unknown>) => {
  const fields = least[kind.code]
  if (!fields) throw new Error(`${kind.code} stands in the register and is tried by no test`)
  return { organizationIds: [branch.id], heldOn: '2026-11-06', ...fields(), ...more }
}
const record = (actor: Actor, kind: EntryKind, more: Record<string, unknown> = {}) =>
  perform(platform, entryActionsOf(kind).record, { ...by(actor), input: kind.recordBody.parse(given(kind, more)) })
const pageOf = (actor: Actor, kind: EntryKind, id: string) =>
  readAs(platform.database, actor, (read) => entryPageOf(read, { kind, actor, id }))
const listOf = (actor: Actor, kind: EntryKind, more = {}) =>
  readAs(platform.database, actor, (read) => entriesAsked(read, kind, { limit: 50, sort: '-heldOn', ...more }))

/** What is counted of the branch at a requirement in the periods that are still running, and the rows not counted in words. */
async function standing(code: string): Promise<unknown> {
  const { rows } = await sql<
    Record<string, unknown>
  >`select sum(e.numerator)::int as numerator, sum(e.denominator)::int as denominator,
      string_agg(e.reason, ';') as holes
    from rulebook.evidence e join rulebook.requirements r on r.no = e.requirement_no join rulebook.periods p on p.no = e.period_no
    where r.code = ${code} and p.ends = '2026-12-31' and e.organization_no = ${branch.no}`.execute(world.db)
  return rows[0]
}

describe('a kind of record', () => {
  it.each(entryKinds.map((kind) => [kind.code, kind] as const))(
    '%s reaches form, list, page, sheet, Word, interface and search; it is recorded, corrected and withdrawn by keepers alone',
    async (_, kind) => {
      const paths = routes.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`)
      const at = `/api/v1/${kind.collection}`
      expect(paths).toEqual(
        expect.arrayContaining([
          `GET ${at}`,
          `GET ${at}/form`,
          `GET ${at}/export`,
          `GET ${at}/:id`,
          `GET ${at}/:id/paper`,
          `POST ${at}`,
          `POST ${at}/:id/correct`,
        ]),
      )
      expect(searchSources().some((source) => source.noun === kind.noun)).toBe(!kind.confined)
      const { id } = await record(secretary, kind)
      const page = await pageOf(secretary, kind, id)
      expect(page).toMatchObject({ revision: 1, state: 'recorded', heldOn: '2026-11-06', abilities: ['correct', 'withdraw'] })
      expect((await listOf(secretary, kind)).items.map((line) => line.id)).toContain(id)
      const { rows } = entrySheet(kind, [page], 1)
      expect((rows as unknown[][])[0]).toContain('2026-11-06')
      const paper = entryPaper(kind, page)
      expect((await writePaper(paper)).length).toBeGreaterThan(1000)
      expect(JSON.stringify(paper)).toContain(page.organization.name)

      await expect(record(member, kind)).rejects.toMatchObject({ code: 'kernel.forbidden' })
      await expect(record(secretary, kind, { organizationIds: [other.id] })).rejects.toMatchObject({ code: 'kernel.not_found' })
      await expect(record(secretary, kind, { heldOn: '2026-11-11' })).rejects.toMatchObject({ errors: [{ field: 'heldOn' }] })

      const acts = entryActionsOf(kind)
      const correct = (actor: Actor, revision: number) =>
        perform(platform, acts.correct, {
          ...by(actor),
          input: { ...kind.correctBody.parse({ ...given(kind, { heldOn: '2026-11-05' }), revision, reason: '日期记错了' }), id },
        })
      const withdraw = (actor: Actor) => perform(platform, acts.withdraw, { ...by(actor), input: { id, reason: '记错了支部' } })
      await expect(correct(member, 1)).rejects.toMatchObject({
        code: kind.confined ? 'orglife.entry_not_found' : 'kernel.forbidden',
      })
      await correct(secretary, 1)
      await expect(correct(secretary, 1)).rejects.toMatchObject({ code: 'kernel.changed_meanwhile' })
      const corrected = await pageOf(secretary, kind, id)
      expect(corrected).toMatchObject({ revision: 2, heldOn: '2026-11-05', recordedOn: '2026-11-10' })
      expect(corrected.revisions.map(({ reason }) => reason)).toEqual([null, '日期记错了'])
      await expect(withdraw(member)).rejects.toMatchObject({
        code: kind.confined ? 'orglife.entry_not_found' : 'kernel.forbidden',
      })
      await withdraw(secretary)
      await expect(correct(secretary, 3)).rejects.toMatchObject({ code: 'kernel.not_allowed_now' })
      await expect(withdraw(secretary)).rejects.toMatchObject({ code: 'kernel.not_allowed_now' })
    },
  )

  it('is counted wherever its kind counts, beside older work records under its tag, and is late with both days', async () => {
    const { satisfied } = await record(secretary, ceremonies, { attendeeIds: ids(0, 1, 2) })
    expect(satisfied.map(({ requirement }) => requirement)).toEqual(['GS1'])
    expect(await standing('GS2')).toMatchObject({ numerator: 3 })
    const old = recordWorkBody.parse({
      organizationIds: [branch.id],
      tags: [{ tag: 'oath' }],
      title: '宣誓',
      content: '补宣誓',
      heldOn: '2026-11-07',
      personIds: ids(3),
    })
    await perform(platform, recordWorkAction, { ...by(secretary), input: old })
    expect(await standing('GS2')).toMatchObject({ numerator: 4, denominator: 4 })
    await record(secretary, ceremonies, { forms: ['birthday'] })
    expect(await standing('GS1')).toMatchObject({ numerator: 2 })
    await expect(record(secretary, ceremonies, { heldOn: '2026-08-03' })).rejects.toMatchObject({
      code: 'orglife.late_reason_missing',
    })
    await record(secretary, ceremonies, { heldOn: '2026-08-03', lateReason: '当时忙于防汛' })
    expect((await listOf(secretary, ceremonies, { late: 'yes' })).total).toBe(1)
    expect((await listOf(secretary, ceremonies, { label: 'birthday', under: branch.id })).total).toBe(1)
    await record(secretary, talks)
    expect(await standing('GS3')).toMatchObject({ numerator: 1 })
  })
})

describe('heart talks', () => {
  it('cover pairs: each of the committee with each, every member with somebody of it, holes by name', async () => {
    await record(secretary, heartTalks, { talkerIds: ids(0), talkedWithIds: ids(1, 2) })
    expect(await standing('GS4')).toMatchObject({ numerator: 2 })
    expect(await standing('GS5')).toMatchObject({ numerator: null })
    const { id } = await record(secretary, heartTalks, { talkerIds: ids(3), talkedWithIds: ids(1), agreed: '互相提醒按时参会' })
    expect(await standing('GS5')).toMatchObject({ numerator: 1, denominator: 1 })
    const ask = (actor: Actor, organization = branch.id) =>
      readAs(platform.database, actor, (read) =>
        heartTalkCoverageOf(read, actor, { organization, year: 2026, today: '2026-11-10' }),
      )
    const coverage = await ask(secretary)
    expect(coverage.committee.filter(({ on }) => on === null).map(({ one, other: two }) => [one.id, two.id])).toEqual([ids(1, 2)])
    expect(coverage.members.map(({ withCommittee }) => withCommittee)).toEqual(['2026-11-06'])
    await expect(ask(secretary, other.id)).rejects.toMatchObject({ code: 'directory.organization_not_found' })

    // Whoever took part sees it; another member of the same branch does not learn that it was held.
    expect((await pageOf(member, heartTalks, id)).content['agreed']).toBe('互相提醒按时参会')
    expect((await listOf(member, heartTalks)).items.map((line) => line.id)).toEqual([id])
    const outsider = await world.actor('member', branch, { writes: false })
    expect((await listOf(outsider, heartTalks)).total).toBe(0)
    await expect(pageOf(outsider, heartTalks, id)).rejects.toMatchObject({ code: 'orglife.entry_not_found' })
    await expect(record(secretary, heartTalks, { talkedWithIds: ids(0) })).rejects.toMatchObject({
      errors: [{ field: 'talkedWithIds' }],
    })

    // The year over, the figure says who is missing.
    await writeAsSystem(platform.database, (tx) => sweep(tx, '2027-01-10'))
    expect(await standing('GS4')).toEqual({
      numerator: 2,
      denominator: 3,
      holes: '还有 1 对没有覆盖：示例3之2和示例3之3',
    })
  })
})

describe('what is held about a member', () => {
  it('she sees herself, alone, and may have it looked at; her keepers answer with a reason, never she', async () => {
    const facts = (actor: Actor) => readAs(platform.database, actor, (read) => ownFactsOf(read, actor, { limit: 50 }))
    const { items } = await facts(member)
    expect(items.map(({ noun, says }) => `${noun} ${says}`).sort()).toEqual(['工作纪实 参加', '谈心谈话 谁谈的'])
    const about = items.find(({ kind }) => kind === 'work-record') ?? items[0]
    const ask = (actor: Actor) =>
      perform(platform, askFactCorrectionAction, {
        ...by(actor),
        input: { kind: about?.kind ?? '', id: about?.id ?? '', text: '那天我请假了' },
      })
    const stranger = await world.actor('member', branch, { writes: false, person: people[2] as Planted })
    await expect(ask(stranger)).rejects.toMatchObject({ code: 'orglife.fact_not_found' })
    const { id } = await ask(member)
    await expect(ask(member)).rejects.toMatchObject({ code: 'orglife.correction_pending' })
    const list = (actor: Actor) => readAs(platform.database, actor, (read) => factCorrectionsAsked(read, actor, { limit: 50 }))
    expect((await list(stranger)).total).toBe(0)
    expect((await list(secretary)).items).toMatchObject([{ text: '那天我请假了', mayAnswer: true }])
    const answer = (actor: Actor) =>
      perform(platform, answerFactCorrectionAction, {
        ...by(actor),
        input: { id, outcome: 'kept', answer: '签名在册，到会属实' },
      })
    await expect(answer(member)).rejects.toMatchObject({ code: 'kernel.forbidden' })
    const herself = { ...secretary, personNo: people[3]?.no ?? 0 }
    await expect(answer(herself)).rejects.toMatchObject({ code: 'orglife.own_correction' })
    await answer(secretary)
    await expect(answer(secretary)).rejects.toMatchObject({ code: 'kernel.not_allowed_now' })
    const seen = (await facts(member)).items.find((fact) => fact.id === about?.id)
    expect(seen?.question).toMatchObject({ state: 'answered', outcome: 'kept', answer: '签名在册，到会属实' })
  })
})
