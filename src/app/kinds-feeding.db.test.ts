import { sql } from 'kysely'
import type { z } from 'zod'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { type Action, perform } from '../kernel/actions/action.ts'
import { reading } from '../kernel/database/handles.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { workItemsOf } from '../kernel/work-items/registry.ts'
import { createStudyPlanAction } from '../modules/learning/studies/studies.actions.ts'
import { takeTestAction } from '../modules/learning/studies/units.actions.ts'
import { dualLifeFacts, dualLifeReports } from '../modules/orglife/dual-life/dual-life.contract.ts'
import { dualLifeProposalOf } from '../modules/orglife/dual-life/dual-life.queries.ts'
import { entryActionsOf } from '../modules/orglife/entries/entries.actions.ts'
import { entriesAsked, entryPageOf } from '../modules/orglife/entries/entries.queries.ts'
import { entryPaper } from '../modules/orglife/entries/entries.papers.ts'
import { recordMeetingAction, withdrawMeetingAction } from '../modules/orglife/index.ts'
import * as acts from '../modules/orglife/request-reports/member-requests.actions.ts'
import { memberRequestOf, memberRequestsAsked } from '../modules/orglife/request-reports/member-requests.queries.ts'
import { answerRequestAction } from '../modules/orglife/request-reports/request-reports.actions.ts'
import { requestsAsked } from '../modules/orglife/request-reports/request-reports.queries.ts'
import { recordMeetingBody } from '../modules/orglife/meetings/meetings.contract.ts'
import { loadRulebooks, rebuild, sweep } from '../modules/rulebook/index.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World
const at: Record<string, Planted> = {}
const who: Record<string, Actor> = {}
let leaders: Planted[]
let members: Planted[]
const place = (name: string) => at[name] as Planted
const actor = (name: string) => who[name] as Actor

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-11-10')
  world = worldOf(platform)
  at['city'] = await world.organization('working_committee', '示例工委', null)
  at['unit'] = await world.organization('unit', '示例局', place('city'))
  at['group'] = await world.organization('leading_group', '示例局党组', place('unit'))
  at['committee'] = await world.organization('party_committee', '示例局机关党委', place('unit'))
  at['branch'] = await world.organization('branch', '第一支部', place('committee'))
  at['elsewhere'] = await world.organization('unit', '外局', place('city'))
  leaders = [await world.person(place('branch'), '甲书记'), await world.person(place('elsewhere'), '乙成员')]
  await world.post(leaders[0] as Planted, place('group'), 'leading_group_secretary')
  await world.post(leaders[1] as Planted, place('group'), 'leading_group_member')
  members = await world.people(place('branch'), 4)
  await world.committee(place('branch'), [leaders[0] as Planted, ...members.slice(0, 2)])
  who['secretary'] = await world.actor('committee_secretary', place('committee'))
  who['unitLeader'] = await world.actor('unit_leader', place('unit'), { person: leaders[0] as Planted })
  who['deputy'] = await world.actor('full_time_deputy', place('unit'))
  who['officer'] = await world.actor('committee_officer', place('city'))
  who['other'] = await world.actor('committee_secretary', place('elsewhere'))
  const [asker, head, beside] = [
    await world.person(place('branch'), '丙'),
    await world.person(place('branch'), '丁'),
    await world.person(place('branch'), '戊'),
  ]
  who['asker'] = await world.actor('member', place('branch'), { writes: false, person: asker })
  who['head'] = await world.actor('branch_secretary', place('branch'), { person: head })
  who['beside'] = await world.actor('branch_committee_member', place('branch'), { person: beside })
  await world.figuresFrom('2026-01-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  await world.onlyRequirements('JG9.1', 'D5.1', 'QB7')
  await writeAsSystem(platform.database, (tx) => sweep(tx, platform.clock.today()))
})

const act = <Input extends z.ZodType, Reply>(by: Actor, declared: Action<Input, Reply>, input: unknown): Promise<Reply> =>
  perform(platform, declared, { actor: by, requestId: null, idempotencyKey: null, input: declared.input.parse(input) as never })
const asSeen = <Out>(by: Actor, ask: (read: never) => Promise<Out>) => readAs(platform.database, by, (read) => ask(read as never))
const meeting = (by: Actor, organization: Planted, more: object) =>
  act(
    by,
    recordMeetingAction,
    recordMeetingBody.parse({
      organizationIds: [organization.id],
      title: '会议',
      agenda: [{ title: '议题', category: 'business' }],
      lateReason: '补记',
      ...more,
    }),
  )

/** Everything that the engine holds of the requirements here. */
async function held(): Promise<string> {
  const rows = await Promise.all([
    sql`select r.code, o.subject_kind, o.subject_no, o.period_no, o.status, o.numerator, o.denominator from rulebook.obligations o
      join rulebook.requirements r on r.no = o.requirement_no order by 1, 2, 3, 4`.execute(world.db),
    sql`select r.code, e.subject_no, e.period_no, e.record_kind, e.record_no, e.numerator, e.denominator, e.recorded_on::text, e.reason from rulebook.evidence e
      join rulebook.requirements r on r.no = e.requirement_no order by 1, 2, 3, 4, 5`.execute(world.db),
  ])
  return JSON.stringify(rows.map((result) => result.rows))
}
/** What is kept up to date is what is computed from nothing. */
async function stepIsRebuilt(): Promise<void> {
  const kept = await held()
  await writeAsSystem(platform.database, (tx) => rebuild(tx, platform.clock.today()))
  expect(kept).toBe(await held())
}
async function evidence(code: string): Promise<unknown[]> {
  const { rows } =
    await sql`select e.record_kind as kind, e.numerator::int as n, e.recorded_on::text as "on", e.reason from rulebook.evidence e
    join rulebook.requirements r on r.no = e.requirement_no where r.code = ${code} order by e.record_kind, e.record_no`.execute(
      world.db,
    )
  return rows
}

describe('twofold organisation life of leading members', () => {
  it('is proposed from the attendance lists, reported upward in one act and frozen as it was; JG9.1 counts it, in step as rebuilt', async () => {
    const [first] = leaders as [Planted, Planted]
    const by = actor('deputy')
    const absent = { absent: [{ personId: first.id, reason: '出差' }] }
    await meeting(by, place('branch'), { kinds: ['theme_day'], heldOn: '2026-09-05' })
    await meeting(by, place('branch'), { kinds: ['members_meeting'], heldOn: '2026-10-09', ...absent })
    await meeting(by, place('branch'), { kinds: ['theme_day'], heldOn: '2026-05-05' })
    await meeting(by, place('branch'), { kinds: ['committee_meeting'], heldOn: '2026-10-10' })
    await meeting(by, place('group'), { kinds: ['democratic_life_meeting'], heldOn: '2026-11-02' })
    const gone = await meeting(by, place('branch'), { kinds: ['theme_day'], heldOn: '2026-11-05' })
    await act(by, withdrawMeetingAction, { id: gone.id, reason: '误记' })

    const ask = (as: Actor, more: object = {}) =>
      asSeen(as, (read) =>
        dualLifeProposalOf(read, as, { organization: place('committee').id, to: '2026-11-10', span: 'half', ...more }),
      )
    const proposed = await ask(by)
    expect(proposed).toMatchObject({
      from: '2026-07-01',
      lines: [
        { name: '甲书记', branch: '第一支部', ordinary: { called: 2, came: 1 }, democratic: { called: 1, came: 1 } },
        // Who belongs to another unit is nobody whom this one is shown; she is not left out of the report.
        { name: '组织关系在外单位的一名领导干部', branch: null, ordinary: { called: 0 }, democratic: { called: 0 } },
      ],
    })
    expect((await ask(by, { span: 'year' })).lines[0]?.ordinary).toEqual({ called: 3, came: 2 })
    await expect(ask(actor('other'))).rejects.toMatchObject({ code: 'directory.organization_not_found' })

    const body = { organizationIds: [place('committee').id], heldOn: '2026-11-10' }
    const { record, correct } = entryActionsOf(dualLifeReports)
    // Nobody types a number: what is sent as one is refused.
    expect(dualLifeReports.recordBody.safeParse({ ...body, lines: [] }).success).toBe(false)
    const { id, satisfied } = await act(by, record, body)
    expect(satisfied.map(({ requirement }) => requirement)).toEqual(['JG9.1'])
    const seen = (as: Actor) => asSeen(as, (read) => entryPageOf(read, { kind: dualLifeReports, actor: as, id }))
    const page = await seen(actor('officer'))
    expect(dualLifeFacts.parse(page.content)).toEqual(proposed)
    expect(JSON.stringify(entryPaper(dualLifeReports, page))).toContain('甲书记：在第一支部参加组织生活，应到 2 次，到会 1 次')
    expect(
      (await asSeen(actor('officer'), (read) => entriesAsked(read, dualLifeReports, { limit: 5, sort: '-heldOn' }))).total,
    ).toBe(1)
    // Who is told of sees what is told.
    expect((await seen(actor('unitLeader'))).id).toBe(id)
    await expect(seen(actor('other'))).rejects.toMatchObject({ code: 'orglife.entry_not_found' })

    // A meeting recorded afterwards leaves what was reported alone, until the report is corrected.
    await meeting(by, place('branch'), { kinds: ['theme_day'], heldOn: '2026-11-06' })
    expect(dualLifeFacts.parse((await seen(by)).content)).toEqual(proposed)
    await act(by, correct, { ...body, id, revision: 1, reason: '补了一次' })
    expect(dualLifeFacts.parse((await seen(by)).content).lines[0]?.ordinary).toEqual({ called: 3, came: 2 })
    await expect(act(actor('other'), record, { ...body, organizationIds: [place('elsewhere').id] })).rejects.toMatchObject({
      code: 'orglife.entry_kind_does_not_fit',
    })
    await expect(act(actor('unitLeader'), record, body)).rejects.toMatchObject({ code: 'kernel.forbidden' })
    expect(await evidence('JG9.1')).toEqual([{ kind: 'dual-life-report', n: 1, on: '2026-11-10', reason: null }])
    await stepIsRebuilt()
  })
})

describe('study of discipline', () => {
  it('is fed by meetings and by study plans alike, a plan once enough are done, in step as rebuilt', async () => {
    await meeting(actor('deputy'), place('branch'), {
      kinds: ['members_meeting'],
      heldOn: '2026-11-07',
      agenda: [{ title: '学习准则', category: 'party_discipline' }],
    })
    expect(await evidence('D5.1')).toMatchObject([{ kind: 'meeting', n: 1 }])
    await act(actor('deputy'), createStudyPlanAction, {
      organizationId: place('unit').id,
      year: 2026,
      topic: 'discipline',
      audience: 'party_members',
      title: '纪律处分条例',
      units: [{ title: '第一单元', asked: 0 }],
    })
    const { rows } = await sql<{ id: string }>`select id from learning.study_units`.execute(world.db)
    const finish = async (person: Planted) => {
      const reader = await world.actor('member', place('branch'), { writes: false, person })
      await act(reader, takeTestAction, { id: rows[0]?.id, answers: [] })
    }
    const plan = async () => (await evidence('D5.1')).find((one) => (one as { kind: string }).kind === 'study-plan')
    // Eight owe it here, seven of whom are more than eight tenths.
    const done = (name: string) => act(actor(name), takeTestAction, { id: rows[0]?.id, answers: [] })
    for (const person of members) await finish(person)
    for (const name of ['asker', 'head']) await done(name)
    expect(await plan()).toMatchObject({ n: 0, reason: '学完 6 人次，应学 8 人次，还不够算一次' })
    platform.clock.moveTo('2026-11-12')
    await done('beside')
    expect(await plan()).toEqual({ kind: 'study-plan', n: 1, on: '2026-11-12', reason: null })
    platform.clock.moveTo('2026-11-14')
    await done('unitLeader')
    expect(await plan()).toMatchObject({ on: '2026-11-12' })
    await stepIsRebuilt()
  })
})

describe('what a member asks her branch', () => {
  const asking = (name: string) => ({ actor: actor(name), today: platform.clock.today() })
  const list = (name: string) =>
    asSeen(actor(name), (read) => memberRequestsAsked(read, { limit: 20 }, asking(name))).then(({ items }) =>
      items.map(({ id }) => id),
    )
  const page = (name: string, id: string) => asSeen(actor(name), (read) => memberRequestOf(read, id, asking(name)))
  const ask = (name: string, matter = 'transfer') =>
    act(actor(name), acts.askBranchAction, { matter, content: '想把组织关系转到外地' })
  const answer = (name: string, id: string) =>
    act(actor(name), acts.answerMemberRequestAction, { id, answer: '同意，按程序办理' })
  const duties = async (name: string) =>
    (await asSeen(actor(name), (read) => workItemsOf(read, actor(name), platform.clock.today())))
      .filter(({ kind }) => kind === 'orglife.member_requests')
      .map(({ title }) => title)

  it('is seen by her, the secretary and whoever it is passed to, and by nobody for standing above', async () => {
    platform.clock.moveTo('2026-11-14')
    const { id } = await ask('asker')
    for (const name of ['asker', 'head']) expect(await list(name)).toEqual([id])
    for (const name of ['beside', 'secretary', 'deputy', 'officer', 'unitLeader', 'other']) {
      expect(await list(name)).toEqual([])
      await expect(page(name, id)).rejects.toMatchObject({ code: 'orglife.member_request_not_found' })
    }
    // Beside the first wall: the row is not there for them at all, on the branch's own committee the policy alone keeps it.
    const rows = (name: string) =>
      asSeen(
        actor(name),
        async (read) =>
          (await sql`select 1 from orglife.request_reports r where r.id = ${id}`.execute(reading(read))).rows.length,
      )
    expect(await Promise.all(['secretary', 'deputy', 'officer', 'unitLeader', 'other'].map(rows))).toEqual([0, 0, 0, 0, 0])
    expect(await duties('head')).toEqual(['1 件党员请示待答复'])
    expect(await page('asker', id)).toMatchObject({ asker: '丙', dueOn: '2026-11-29', abilities: ['withdraw'] })
    // It stands in no list of the papers of organizations and is no paper of theirs.
    const papers = await asSeen(actor('head'), (read) => requestsAsked(read, { limit: 20 }, asking('head')))
    expect(papers.items).toEqual([])
    await expect(act(actor('deputy'), answerRequestAction, { id, answer: '同意' })).rejects.toMatchObject({
      code: 'orglife.request_report_not_found',
    })

    for (const name of ['beside', 'asker']) await expect(answer(name, id)).rejects.toMatchObject({ code: 'kernel.forbidden' })
    await expect(answer('secretary', id)).rejects.toMatchObject({ code: 'orglife.member_request_not_found' })
    await act(actor('head'), acts.passMemberRequestAction, { id, opinion: '支部同意，请上级研究' })
    for (const name of ['secretary', 'deputy']) expect(await list(name)).toEqual([id])
    expect(await list('officer')).toEqual([])
    await expect(answer('head', id)).rejects.toMatchObject({ code: 'kernel.not_found' })
    platform.clock.moveTo('2026-11-20')
    await answer('secretary', id)
    expect(await page('asker', id)).toMatchObject({
      state: 'answered',
      steps: [{ action: 'pass_up' }, { said: '同意，按程序办理' }],
    })
    await expect(answer('secretary', id)).rejects.toMatchObject({ code: 'orglife.member_request_not_allowed_now', status: 409 })
    await expect(act(actor('asker'), acts.withdrawMemberRequestAction, { id })).rejects.toMatchObject({ status: 409 })
  })

  it('has a clock that its branch keeps by answering, passing on or saying so; QB7 counts it, in step as rebuilt', async () => {
    const [late, told] = [await ask('asker', 'other'), await ask('asker', 'assigned_work')]
    await act(actor('head'), acts.delayMemberRequestAction, { id: told.id, until: '2026-12-20', reason: '还要了解情况' })
    // The secretary's own goes to the superior; nobody answers himself.
    const own = await ask('head')
    expect(await page('secretary', own.id)).toMatchObject({ at: { name: '示例局机关党委' } })
    platform.clock.moveTo('2026-12-10')
    await writeAsSystem(platform.database, (tx) => sweep(tx, platform.clock.today()))
    const said = '到期没有答复本人，也没有转报或事先说明延期'
    expect((await evidence('QB7')).map((one) => (one as { n: number; reason: string }).reason)).toEqual([null, said, null])
    await answer('head', late.id)
    expect(((await evidence('QB7')) as { n: number }[]).map(({ n }) => n)).toEqual([1, 0, 1])
    await stepIsRebuilt()
  })
})
