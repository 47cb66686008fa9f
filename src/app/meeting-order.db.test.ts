import { mkdtemp, rm, writeFile } from 'node:fs/promises'
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
import { workItemsOf } from '../kernel/work-items/registry.ts'
import { correctMeetingAction, recordMeetingAction } from '../modules/orglife/index.ts'
import { correctMeeting, recordMeetingBody } from '../modules/orglife/meetings/meetings.contract.ts'
import { meetingPageOf } from '../modules/orglife/meetings/meetings.queries.ts'
import { fixThemeDayAction, reportResolutionAction } from '../modules/orglife/resolutions/resolutions.actions.ts'
import { resolutionsAsked, themeDayOf } from '../modules/orglife/resolutions/resolutions.queries.ts'
import { loadRulebooks, sweep } from '../modules/rulebook/index.ts'
import { registerModules } from './modules.ts'

const head = (code: string, title: string, more: string) => `
  - { code: ${code}, title: ${title}, clauses: [GS-1], dimension: D1, version: 1, valid_from: 2026-01-01, strength: hard, confidence: A, enabled: true,
      source: { regulation: 示例办法, article: 第一条 }, grace_days: 5, formula: 示例办法要求的会议按记录来数, remedy: 开了会就记一次, ${more} }`
const rulebook = `
document: { code: GS2026, title: 示例办法, issuer: 示例工委, issued_on: 2026-01-01, in_force_from: 2026-01-01, kind: local_document }
clauses:
  - { code: GS-1, title: 示例做法, gist: 各组织按示例办法开会并记下来。, dimension: D1 }
requirements:${[
  head(
    'GS1',
    '三分之二',
    'subject: { kinds: [leading_group] }, cadence: year, measure: { name: orglife.quorum_reached, params: { kinds: [democratic_life_meeting] } }, target: { ratio_at_least: 1 }',
  ),
  head(
    'GS2',
    '开过才算',
    'subject: { kinds: [leading_group] }, cadence: year, measure: { name: orglife.meetings_held, params: { kinds: [democratic_life_meeting], quorum: two_thirds } }, target: { at_least: 1 }',
  ),
  head(
    'GS3',
    '有人主持',
    'subject: { kinds: [branch] }, cadence: quarter, measure: { name: orglife.chaired_by_entitled }, target: { ratio_at_least: 1 }',
  ),
  head(
    'GS4',
    '固定日',
    'subject: { kinds: [branch] }, cadence: quarter, measure: { name: orglife.theme_day_kept_to }, target: { ratio_at_least: 1 }',
  ),
  head(
    'GS5',
    '议定事项',
    'subject: { kinds: [branch] }, cadence: quarter, measure: { name: orglife.resolutions_settled, params: { kinds: [theme_day] } }, target: { ratio_at_least: 1 }',
  ),
  head(
    'GS6',
    '整改清单',
    'subject: { kinds: [branch] }, cadence: year, measure: { name: orglife.rectification_listed, params: { after: organization_life_meeting } }, target: { at_least: 1 }',
  ),
].join('')}
`

let platform: TestPlatform
let world: World
let [branch, group] = [{ no: 0, id: '' }] as unknown as [Planted, Planted]
let people: Planted[]
let leaders: Planted[]
let [secretary, officer, owner] = [] as unknown as [Actor, Actor, Actor]

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-11-23')
  world = worldOf(platform)
  const city = await world.organization('working_committee', '示例工委', null)
  const unit = await world.organization('unit', '示例住建局', city)
  group = await world.organization('leading_group', '示例党组', unit)
  branch = await world.organization('branch', '第一支部', unit)
  people = await world.people(branch, 4)
  leaders = await world.people(unit, 3)
  for (const leader of leaders) await world.post(leader, group, 'leading_group_member')
  await world.post(people[0] as Planted, branch, 'branch_secretary')
  secretary = await world.actor('branch_secretary', branch, { person: people[0] as Planted })
  owner = await world.actor('member', branch, { writes: false, person: people[1] as Planted })
  officer = await world.actor('committee_officer', city)
  await world.figuresFrom('2026-01-01')
  const folder = await mkdtemp(join(tmpdir(), 'rulebook-'))
  await writeFile(join(folder, 'example.yaml'), rulebook)
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, folder))
  await rm(folder, { recursive: true })
  await writeAsSystem(platform.database, (tx) => sweep(tx, '2026-11-23'))
})

const by = (actor: Actor) => ({ actor, requestId: null, idempotencyKey: null })
type Meeting = Partial<z.input<typeof recordMeetingBody>>
const aMeeting = (more: Meeting) => ({
  organizationIds: [branch.id],
  kinds: ['theme_day' as const],
  title: '一次会',
  heldOn: '2026-11-06',
  agenda: [{ title: '学习', category: 'political_theory' as const }],
  ...more,
})
const record = (actor: Actor, more: Meeting) =>
  perform(platform, recordMeetingAction, { ...by(actor), input: recordMeetingBody.parse(aMeeting(more)) })
const person = (at: number) => (people[at] as Planted).id

/** What is counted at a requirement in the periods that are still running, and the rows not counted in words. */
async function counted(code: string): Promise<unknown> {
  const { rows } = await sql<
    Record<string, unknown>
  >`select sum(e.numerator)::int as numerator, sum(e.denominator)::int as denominator,
      string_agg(e.reason, ';') as reasons
    from rulebook.evidence e join rulebook.requirements r on r.no = e.requirement_no join rulebook.periods p on p.no = e.period_no
    where r.code = ${code} and p.ends = '2026-12-31'`.execute(world.db)
  return rows[0]
}

describe('a democratic life meeting', () => {
  it('to which fewer than two thirds came is kept, said not to be one, and counted nowhere; with two thirds it counts', async () => {
    const absent = (count: number) => leaders.slice(0, count).map(({ id }) => ({ personId: id, reason: '出差' }))
    const life = { organizationIds: [group.id], kinds: ['democratic_life_meeting' as const] }
    const short = await record(officer, { ...life, absent: absent(2) })
    expect(short.warnings.map(({ code }) => code)).toContain('orglife.life_meeting_quorum_short')
    const page = await readAs(platform.database, officer, (read) => meetingPageOf(read, officer, short.id))
    expect(page.notValid).toEqual([expect.stringContaining('应到 3 人，到会 1 人，不足三分之二')])
    expect(await counted('GS2')).toMatchObject({ numerator: 0, reasons: '到会人数不足应到的三分之二' })
    expect((await record(officer, { ...life, absent: absent(1), heldOn: '2026-11-20' })).warnings).toEqual([])
    expect(await counted('GS1')).toMatchObject({ numerator: 1, denominator: 2 })
    expect(await counted('GS2')).toMatchObject({ numerator: 1 })
  })
})

describe('resolutions', () => {
  it('are followed until they are settled, by their owner or the keepers alone, and stay settled when the record is corrected', async () => {
    const matter = { content: '修好活动室', ownerId: person(1), dueOn: '2026-11-20' }
    const { id } = await record(secretary, { resolutions: [matter, { content: '另一件' }], chairId: person(0) })
    const items = () => readAs(platform.database, owner, (read) => workItemsOf(read, owner, '2026-11-23'))
    expect((await items()).map(({ title }) => title)).toContain('议定事项：修好活动室')
    const asked = (actor: Actor, more = {}) =>
      readAs(platform.database, actor, (read) => resolutionsAsked(read, { limit: 50, ...more }, { actor, today: '2026-11-23' }))
    expect((await asked(secretary, { standing: 'overdue' })).items).toMatchObject([{ content: '修好活动室', mayReport: true }])
    const report = (actor: Actor, content = '修好活动室') =>
      perform(platform, reportResolutionAction, { ...by(actor), input: { id, content, settled: true, note: '灯和门都修好了' } })
    const outsider = await world.actor('member', branch, { writes: false, person: people[2] as Planted })
    await expect(report(outsider)).rejects.toMatchObject({ code: 'kernel.forbidden' })
    expect((await asked(outsider)).items.every(({ mayReport }) => !mayReport)).toBe(true)
    await expect(report(owner, '没有这件')).rejects.toMatchObject({ code: 'orglife.resolution_not_found' })
    await report(owner)
    await expect(report(secretary)).rejects.toMatchObject({ code: 'orglife.resolution_settled' })
    const input = {
      ...correctMeeting.body.parse({ ...aMeeting({ place: '三楼', resolutions: [matter] }), revision: 1, reason: '补地点' }),
      id,
    }
    await perform(platform, correctMeetingAction, { ...by(secretary), input })
    expect((await asked(secretary, { standing: 'settled' })).items).toMatchObject([{ note: '灯和门都修好了', settled: true }])
    expect((await items()).map(({ title }) => title)).not.toContain('议定事项：修好活动室')
    await writeAsSystem(platform.database, (tx) => sweep(tx, '2027-01-10'))
    expect(await counted('GS5')).toMatchObject({ numerator: 1, denominator: 1 })
  })

  it('after an organization-life meeting are a list with somebody and a day for each', async () => {
    const life = { kinds: ['organization_life_meeting' as const], heldOn: '2026-11-12' }
    await record(secretary, { ...life, resolutions: [{ content: '改会风' }] })
    expect(await counted('GS6')).toMatchObject({ numerator: 0, reasons: '有的整改事项没有写负责人或时限' })
    await record(secretary, {
      ...life,
      heldOn: '2026-11-13',
      resolutions: [{ content: '改会风', ownerId: person(2), dueOn: '2026-12-01' }],
    })
    expect(await counted('GS6')).toMatchObject({ numerator: 1 })
  })
})

describe('order of meetings', () => {
  it('asks who took the chair and whether the theme day was kept to', async () => {
    await record(secretary, { kinds: ['members_meeting'], heldOn: '2026-11-09', chairId: person(0) })
    await record(secretary, { kinds: ['members_meeting'], heldOn: '2026-11-10', chairId: person(3) })
    expect(await counted('GS3')).toMatchObject({ numerator: 1, denominator: 2, reasons: '主持人不是书记、副书记或委员' })
    expect(await counted('GS4')).toMatchObject({ numerator: 0, reasons: '还没有定固定日' })
    const fix = (actor: Actor, day: number) =>
      perform(platform, fixThemeDayAction, { ...by(actor), input: { organizationId: branch.id, day } })
    await expect(fix(owner, 5)).rejects.toMatchObject({ code: 'kernel.forbidden' })
    await fix(secretary, 22)
    expect((await readAs(platform.database, owner, (read) => themeDayOf(read, branch.id))).day).toBe(22)
    // A day fixed now judges no meeting of before, so nobody fixes it to fit.
    expect(await counted('GS4')).toMatchObject({ numerator: 0, denominator: 1, reasons: '还没有定固定日' })
    await record(secretary, { title: '固定日的会', heldOn: '2026-11-23' })
    expect(await counted('GS4')).toMatchObject({ numerator: 1, denominator: 2 })
  })
})
