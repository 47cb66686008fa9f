import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { perform } from '../kernel/actions/action.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import {
  confirmWorkAction,
  correctWorkAction,
  recordWorkAction,
  withdrawWorkAction,
  workRecordPageOf,
  workRecordsAsked,
} from '../modules/orglife/index.ts'
import { correctWorkBody, recordWorkBody } from '../modules/orglife/work-records/work-records.contract.ts'
import { loadRulebooks, sweep } from '../modules/rulebook/index.ts'
import { exemptMemberAction } from '../modules/rulebook/exemptions/exemptions.actions.ts'
import { registerModules } from './modules.ts'

const head = (code: string, title: string, more: string) => `
  - { code: ${code}, title: ${title}, clauses: [GS-1], dimension: D1, version: 1, valid_from: 2026-01-01, strength: hard, confidence: A, enabled: true,
      source: { regulation: 示例办法, article: 第一条 }, grace_days: 5, formula: 示例办法要求的做法按记录来数, remedy: 做了就记一条工作纪实, ${more} }`

const rulebook = `
document: { code: GS2026, title: 示例办法, issuer: 示例工委, issued_on: 2026-01-01, in_force_from: 2026-01-01, kind: local_document }
clauses:
  - { code: GS-1, title: 示例做法, gist: 各组织按示例办法做事并记下来。, dimension: D1 }
tags:
  - { code: visit, title: 走访, hint: 走访了谁、解决了什么, fields: [persons], quality: [{ code: good, title: 合格 }, { code: poor, title: 不合格 }], for: [branch] }
  - { code: class, title: 培训班, hint: 办了什么班、学了什么, fields: [hours, persons], categories: [{ code: theory, title: 理论 }, { code: skill, title: 业务 }] }
requirements:${[
  head(
    'GS1',
    '每季走访',
    'subject: { kinds: [branch] }, cadence: quarter, measure: { name: orglife.work_records, params: { tags: [visit] } }, target: { at_least: 1 }',
  ),
  head(
    'GS2',
    '合格走访',
    'subject: { kinds: [branch] }, cadence: year, measure: { name: orglife.work_records, params: { tags: [visit], quality: [good] } }, target: { at_least: 1 }',
  ),
  head(
    'GS3',
    '学时合计',
    'subject: { kinds: [branch] }, cadence: year, measure: { name: orglife.work_record_hours, params: { tags: [class] } }, target: { sum_at_least: 4 }',
  ),
  head(
    'GS4',
    '理论占比',
    'subject: { kinds: [branch] }, cadence: year, measure: { name: orglife.work_record_ratio, params: { of: { tags: [class], categories: [theory] }, among: { tags: [class] } } }, target: { ratio_at_least: 0.5 }',
  ),
  head(
    'GS5',
    '走访覆盖',
    'subject: { kinds: [branch] }, cadence: quarter, measure: { name: orglife.work_record_coverage, params: { set: members, tags: [visit] } }, target: { ratio_at_least: 1 }',
  ),
  head(
    'GS6',
    '书记学时',
    'subject: { post: { code: branch_secretary, at: [branch] } }, cadence: year, measure: { name: orglife.work_record_hours, params: { tags: [class] } }, target: { sum_at_least: 4 }',
  ),
  head(
    'GS7',
    '单位做过',
    'subject: { kinds: [unit] }, cadence: year, measure: { name: orglife.work_records, params: { tags: [visit], organizer: below } }, target: { at_least: 1 }',
  ),
].join('')}
`

let platform: TestPlatform
let world: World
let [branch, other, unit] = [{ no: 0, id: '' }] as unknown as [Planted, Planted, Planted]
let people: Planted[]
let secretary: Actor
let deputy: Actor

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-11-10')
  world = worldOf(platform)
  const city = await world.organization('working_committee', '示例工委', null)
  unit = await world.organization('unit', '示例住建局', city)
  branch = await world.organization('branch', '第一支部', unit)
  other = await world.organization('branch', '第二支部', unit)
  people = await world.people(branch, 3)
  await world.people(other, 3)
  secretary = await world.actor('branch_secretary', branch)
  deputy = await world.actor('full_time_deputy', unit)
  await world.post(people[0] ?? branch, branch, 'branch_secretary')
  await world.figuresFrom('2026-01-01')
  const folder = await mkdtemp(join(tmpdir(), 'rulebook-'))
  await writeFile(join(folder, 'example.yaml'), rulebook)
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, folder))
  await writeAsSystem(platform.database, (tx) => sweep(tx, '2026-11-10'))
})

const by = (actor: Actor) => ({ actor, requestId: null, idempotencyKey: null })
type Entry = Partial<z.input<typeof recordWorkBody>>
const entry = (more: Entry = {}) =>
  recordWorkBody.parse({
    organizationIds: [branch.id],
    tags: [{ tag: 'visit' }],
    title: '走访困难党员',
    content: '去看了老党员',
    heldOn: '2026-11-06',
    ...more,
  })
const record = (actor: Actor, more: Entry = {}) => perform(platform, recordWorkAction, { ...by(actor), input: entry(more) })

interface Standing {
  readonly status: number
  readonly numerator: number
  readonly denominator: number
}
/** How the branch (or the named organization) stands at a requirement in a period; undefined when nothing is stored. */
async function standing(code: string, period: string, at: Planted = branch): Promise<Standing | undefined> {
  const { rows } = await sql<Standing>`select o.status, o.numerator::float8 as numerator, o.denominator::float8 as denominator
    from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no join rulebook.periods p on p.no = o.period_no
    where r.code = ${code} and p.name = ${period} and o.organization_no = ${at.no}`.execute(world.db)
  return rows[0]
}

/** The records behind the branch's figure in the periods that are still running. */
async function evidenceOf(code: string): Promise<unknown[]> {
  const { rows } =
    await sql`select e.record_kind as kind, e.numerator::float8 as numerator, e.denominator::float8 as denominator, e.reason
    from rulebook.evidence e join rulebook.requirements r on r.no = e.requirement_no join rulebook.periods p on p.no = e.period_no
    where r.code = ${code} and p.ends = '2026-12-31' and e.organization_no = ${branch.no} order by 1, e.record_no`.execute(
      world.db,
    )
  return rows
}

describe('a work record', () => {
  it('is entered once and counted wherever its tags count, above as well', async () => {
    const first = await record(secretary, { personIds: people.slice(0, 2).map(({ id }) => id) })
    expect(first.satisfied.map(({ requirement }) => requirement)).toEqual(['GS1', 'GS7'])
    expect(await standing('GS1', '2026Q4')).toMatchObject({ status: 1, numerator: 1 })
    expect(await standing('GS7', '2026', unit)).toMatchObject({ status: 1, numerator: 1 })
    expect(await standing('GS1', '2026Q4', other)).toBeUndefined()
  })

  it('is refused with the field and the remedy where the tag asks for more, or knows less', async () => {
    await expect(record(secretary, { tags: [{ tag: 'class' }] })).rejects.toMatchObject({
      code: 'orglife.tag_unfit',
      errors: [{ field: 'tags.0.category' }, { field: 'hours' }],
    })
    await expect(record(secretary, { tags: [{ tag: 'nothing' }] })).rejects.toMatchObject({ errors: [{ field: 'tags.0.tag' }] })
    await expect(record(secretary, { hours: 2 })).rejects.toMatchObject({ errors: [{ field: 'hours' }] })
    await expect(record(secretary, { heldOn: '2026-11-11' })).rejects.toMatchObject({ code: 'orglife.work_in_future' })
    await expect(record(secretary, { links: [{ kind: 'meeting', id: 'mtg_none' }] })).rejects.toMatchObject({
      code: 'orglife.linked_record_not_found',
    })
  })

  it('after the last day asks for a reason, and then counts late with both days', async () => {
    await expect(record(secretary, { heldOn: '2026-08-03' })).rejects.toMatchObject({ code: 'orglife.late_reason_missing' })
    const { satisfied } = await record(secretary, { heldOn: '2026-08-03', lateReason: '当时忙于防汛' })
    expect(satisfied).toContainEqual({ requirement: 'GS1', title: '每季走访', period: '2026Q3', late: true })
    expect(await standing('GS1', '2026Q3')).toMatchObject({ status: 2 })
  })

  it('cannot be entered for a branch of somebody else, nor by whoever only reads', async () => {
    await expect(record(secretary, { organizationIds: [other.id] })).rejects.toMatchObject({ code: 'kernel.not_found' })
    const member = await world.actor('member', branch, { writes: false })
    await expect(record(member)).rejects.toMatchObject({ code: 'kernel.forbidden' })
  })
})

describe('hours and shares', () => {
  it('keep their halves and their categories', async () => {
    const hours = (category: string, count: number) =>
      record(secretary, {
        tags: [{ tag: 'class', category }],
        title: '培训',
        hours: count,
        personIds: [people[0]?.id ?? ''],
      })
    await hours('theory', 1.5)
    await hours('skill', 2.5)
    expect(await standing('GS3', '2026')).toMatchObject({ status: 1, numerator: 4 })
    // A share is judged when the year is over; until then its records are known and nobody is short.
    expect(await standing('GS4', '2026')).toBeUndefined()
    expect(await evidenceOf('GS4')).toEqual([
      { kind: 'work-record', numerator: 1.5, denominator: 1.5, reason: null },
      { kind: 'work-record', numerator: 0, denominator: 2.5, reason: '只在分母中：不属于所问的一类' },
    ])
    expect(await standing('GS6', '2026')).toMatchObject({ status: 1, numerator: 4 })
  })
})

describe('coverage', () => {
  it('counts each member once; who is missing is nobody’s record while the time runs', async () => {
    await record(secretary, { personIds: people.slice(1, 2).map(({ id }) => id) })
    expect(await evidenceOf('GS5')).toEqual([{ kind: 'work-record', numerator: 2, denominator: 2, reason: null }])
    await record(secretary, { personIds: people.slice(2).map(({ id }) => id) })
    expect(await standing('GS5', '2026Q4')).toMatchObject({ status: 1, numerator: 3, denominator: 3 })
    const ill = {
      subject: people[2]?.id ?? '',
      ground: 'illness' as const,
      from: '2026-12-01',
      to: '2027-01-31',
      reason: '住院治疗',
    }
    await perform(platform, exemptMemberAction, { ...by(secretary), input: ill })
    expect(await standing('GS5', '2026Q4')).toMatchObject({ status: 1, numerator: 2, denominator: 2 })
    expect(await evidenceOf('GS5')).toContainEqual({
      kind: 'person',
      numerator: 0,
      denominator: 0,
      reason: '按规定或经决定免除，不计入',
    })
  })
})

describe('quality', () => {
  const confirm = (actor: Actor, id: string, grade: string) =>
    perform(platform, confirmWorkAction, { ...by(actor), input: { id, tag: 'visit', grade, reason: '看过材料' } })

  it('is confirmed from above by somebody without a hand in the record, and counts from then on', async () => {
    const { id } = await record(secretary)
    expect(await standing('GS2', '2026')).toBeUndefined()
    await expect(confirm(secretary, id, 'good')).rejects.toMatchObject({ code: 'kernel.forbidden' })
    await expect(confirm(deputy, id, 'excellent')).rejects.toMatchObject({ code: 'orglife.grade_unknown' })
    await confirm(deputy, id, 'good')
    expect(await standing('GS2', '2026')).toMatchObject({ status: 1, numerator: 1 })
    const page = await readAs(platform.database, deputy, (read) => workRecordPageOf(read, deputy, id))
    expect(page.grades).toMatchObject([{ tag: '走访', grade: '合格', by: 'full_time_deputy', correctedSince: false }])
    await confirm(deputy, id, 'poor')
    expect(await standing('GS2', '2026')).toBeUndefined()
  })

  it('is not confirmed by whoever entered the record', async () => {
    const { id } = await record(deputy)
    await expect(confirm(deputy, id, 'good')).rejects.toMatchObject({ code: 'orglife.grade_by_recorder' })
  })
})

describe('correction and withdrawal', () => {
  it('keep every version, move the figure with the day, and end with the withdrawal', async () => {
    const { id } = await record(secretary, { organizationIds: [branch.id], heldOn: '2026-05-20', lateReason: '漏记' })
    expect(await standing('GS1', '2026Q2')).toMatchObject({ status: 2 })
    const input = correctWorkBody.parse({ ...entry({ heldOn: '2026-02-20' }), revision: 1, reason: '日期记错' })
    await perform(platform, correctWorkAction, { ...by(secretary), input: { id, ...input } })
    expect(await standing('GS1', '2026Q2')).toMatchObject({ status: 4 })
    expect(await standing('GS1', '2026Q1')).toMatchObject({ status: 2 })
    await expect(perform(platform, correctWorkAction, { ...by(secretary), input: { id, ...input } })).rejects.toMatchObject({
      code: 'kernel.changed_meanwhile',
    })
    const withdraw = () => perform(platform, withdrawWorkAction, { ...by(secretary), input: { id, reason: '记重了' } })
    await withdraw()
    expect(await standing('GS1', '2026Q1')).toMatchObject({ status: 4 })
    await expect(withdraw()).rejects.toMatchObject({ code: 'kernel.not_allowed_now' })
    const page = await readAs(platform.database, secretary, (read) => workRecordPageOf(read, secretary, id))
    expect(page.revisions.map(({ state, reason }) => [state, reason])).toEqual([
      ['recorded', '漏记'],
      ['recorded', '日期记错'],
      ['withdrawn', '记重了'],
    ])
    expect(page.abilities).toEqual([])
  })
})

it('the list narrows by tag, lateness and confirmed quality, a page at a time', async () => {
  const asked = (more: object) =>
    readAs(platform.database, deputy, (read) => workRecordsAsked(read, { limit: 50, sort: '-heldOn', ...more }))
  const all = await asked({})
  expect((await asked({ tag: 'class' })).items.every((line) => line.tags[0]?.title === '培训班')).toBe(true)
  expect((await asked({ graded: 'yes' })).items.length).toBe(1)
  expect((await asked({ late: 'yes' })).items.every((line) => line.late)).toBe(true)
  const first = await asked({ limit: 3 })
  const second = await asked({ limit: 500, after: first.next })
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.items.map(({ id }) => id))
})
