import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { action, type Action, perform, type Work } from '../kernel/actions/action.ts'
import { permissions } from '../kernel/access/permissions.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { recordMeetingAction } from '../modules/orglife/index.ts'
import { recordMeetingBody } from '../modules/orglife/meetings/meetings.contract.ts'
import { grantExtension, loadRulebooks, resumeClock, stopClock, sweep } from '../modules/rulebook/index.ts'
import {
  askClockStopAction,
  askExtensionAction,
  endClockStopAction,
  grantReliefAction,
  refuseReliefAction,
  withdrawReliefAction,
} from '../modules/rulebook/relief/relief.actions.ts'
import { z } from 'zod'
import { trace } from '../modules/rulebook/indicators/indicators.contract.ts'
import { traceOf } from '../modules/rulebook/indicators/trace.queries.ts'
import { pauseAction, reportAction, resumeAction, superviseAction } from '../modules/supervision/cases/cases.actions.ts'
import { proposeCases } from '../modules/supervision/cases/proposals.store.ts'
import { registerModules } from './modules.ts'

registerModules()
permissions({ 'test.decide': { title: '试', roles: ['committee_secretary'] } })

let platform: TestPlatform
let world: World
const none: Planted = { no: 0, id: '' }
let [city, committee, branch] = [none, none, none]
let [keeper, secretary]: [Actor, Actor] = [{}, {}] as never

beforeEach(async () => {
  platform = await testPlatform('2026-10-20')
  world = worldOf(platform)
  city = await world.organization('working_committee', '示例工委', null)
  const unit = await world.organization('unit', '示例住建局', city)
  committee = await world.organization('party_committee', '机关党委', unit)
  branch = await world.organization('branch', '第一支部', committee)
  await world.people(branch, 4)
  keeper = await world.actor('committee_secretary', committee)
  secretary = await world.actor('branch_secretary', branch)
  await world.figuresFrom('2026-10-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  await world.onlyRequirements('D1.2', 'ZB6', 'ZB9', 'ZB14', 'ZB16', 'JG4', 'HN8')
  await sweepTo('2026-10-20')
})

/** As of a day; ZB14 is the theme day of each month, with grace. */
const sweepTo = async (day: string) => {
  platform.clock.moveTo(day)
  await writeAsSystem(platform.database, (tx) => sweep(tx, day))
}
const act = <I extends z.ZodType, R>(actor: Actor, declared: Action<I, R>, input: z.output<I>): Promise<R> =>
  perform(platform, declared, { actor, requestId: null, idempotencyKey: null, input })

const stored = async (period = '2026-10') => {
  const { rows } = await sql<{ status: number; due: string }>`select o.status, o.due_on::text as due from rulebook.obligations o
    join rulebook.requirements r on r.no = o.requirement_no join rulebook.periods p on p.no = o.period_no
    where r.code = 'ZB14' and p.name = ${period} and o.organization_no = ${branch.no}`.execute(world.db)
  return rows[0] ?? null
}
const duty = (period = '2026-10') => ({ requirement: 'ZB14', subject: branch.id, period })
const asked = () => act(secretary, askExtensionAction, { ...duty(), until: '2026-11-20', reason: '全体抢险值守' })
const held = (heldOn: string) =>
  act(
    secretary,
    recordMeetingAction,
    recordMeetingBody.parse({
      organizationIds: [branch.id],
      kinds: ['theme_day'],
      title: '主题党日',
      heldOn,
      agenda: [{ title: '学习', category: 'political_theory' }],
    }),
  )

describe('an extension', () => {
  it('moves the last day: what is held and recorded until then is in time, and nothing is owed before', async () => {
    const { id } = await asked()
    await sweepTo('2026-11-10')
    expect(await stored()).toMatchObject({ status: 4 })
    await act(keeper, grantReliefAction, { id, reason: '情况属实，同意' })
    expect(await stored()).toBeNull()
    await held('2026-11-10')
    expect(await stored()).toEqual({ status: 1, due: '2026-11-20' })
  })

  it('is over when its day has passed: then it is owed like the others', async () => {
    const { id } = await asked()
    await act(keeper, grantReliefAction, { id, reason: '情况属实，同意' })
    await sweepTo('2026-11-24')
    expect(await stored()).toBeNull()
    await sweepTo('2026-11-27')
    expect(await stored()).toEqual({ status: 4, due: '2026-11-20' })
  })

  it('asked for after the last day is refused, and the refusal says what to do', async () => {
    await sweepTo('2026-11-01')
    await expect(asked()).rejects.toMatchObject({ code: 'rulebook.relief_asked_late' })
  })

  it('needs a day after the last one, within a year', async () => {
    const ask = (until: string) => act(secretary, askExtensionAction, { ...duty(), until, reason: '全体抢险值守' })
    for (const until of ['2026-10-31', '2027-12-01'])
      await expect(ask(until)).rejects.toMatchObject({ code: 'kernel.invalid_input' })
  })

  it('is decided above and never by whoever asked; once decided it is decided', async () => {
    const { id } = await asked()
    await expect(asked()).rejects.toMatchObject({ code: 'rulebook.relief_open' })
    await expect(act(secretary, grantReliefAction, { id, reason: '自己同意' })).rejects.toMatchObject({
      code: 'kernel.forbidden',
    })
    const own = await act(keeper, askExtensionAction, {
      ...duty('2026-10'),
      requirement: 'ZB6',
      period: '2026Q4',
      until: '2027-01-20',
      reason: '代为申请',
    })
    await expect(act(keeper, grantReliefAction, { id: own.id, reason: '自己同意' })).rejects.toMatchObject({
      code: 'rulebook.relief_own',
    })
    await act(keeper, refuseReliefAction, { id, reason: '可以按期开展' })
    for (const again of [grantReliefAction, refuseReliefAction]) {
      await expect(act(keeper, again, { id, reason: '再看一次' })).rejects.toMatchObject({ code: 'rulebook.relief_state' })
    }
    await expect(act(secretary, withdrawReliefAction, { id })).rejects.toMatchObject({ code: 'rulebook.relief_state' })
    await expect(act(keeper, endClockStopAction, { id, answer: '已经批复' })).rejects.toMatchObject({
      code: 'rulebook.relief_state',
    })
  })

  it('of a neighbour’s duty is not for a branch to ask', async () => {
    const other = await world.actor('branch_secretary', await world.organization('branch', '第二支部', committee))
    const ask = act(other, askExtensionAction, { ...duty(), until: '2026-11-20', reason: '全体抢险值守' })
    await expect(ask).rejects.toMatchObject({ code: 'kernel.not_found' })
  })
})

describe('a clock that stands', () => {
  it('leaves the days of waiting out: nothing is late meanwhile, and the days left come after the answer', async () => {
    const { id } = await act(secretary, askClockStopAction, { ...duty(), waitingFor: '等上级批复活动方案' })
    await act(keeper, grantReliefAction, { id, reason: '确在等待' })
    await sweepTo('2026-12-20')
    expect(await stored()).toBeNull()
    // 61 days waited: the last day, the 31st of October, becomes the 31st of December.
    await act(keeper, endClockStopAction, { id, answer: '方案已经批复' })
    await held('2026-12-20')
    expect(await stored()).toEqual({ status: 1, due: '2026-12-31' })
  })

  it('goes again with the answer, and what is left undone is owed when the days are used up', async () => {
    const { id } = await act(secretary, askClockStopAction, { ...duty(), waitingFor: '等上级批复活动方案' })
    await act(keeper, grantReliefAction, { id, reason: '确在等待' })
    await sweepTo('2026-12-20')
    await act(keeper, endClockStopAction, { id, answer: '方案已经批复' })
    await sweepTo('2027-01-04')
    expect(await stored()).toBeNull()
    await sweepTo('2027-01-10')
    expect(await stored()).toEqual({ status: 4, due: '2026-12-31' })
  })

  it('has no day to be granted until', async () => {
    const { id } = await act(secretary, askClockStopAction, { ...duty(), waitingFor: '等上级批复活动方案' })
    await expect(act(keeper, grantReliefAction, { id, until: '2026-12-01', reason: '确在等待' })).rejects.toMatchObject({
      code: 'kernel.invalid_input',
    })
    await act(secretary, withdrawReliefAction, { id })
    await expect(act(keeper, grantReliefAction, { id, reason: '确在等待' })).rejects.toMatchObject({
      code: 'rulebook.relief_state',
    })
  })
})

describe('modules to the right', () => {
  const within = <R>(run: (work: Work) => Promise<R>) =>
    act(
      keeper,
      action({
        name: 'test.decide',
        input: z.object({}),
        touches: () => [committee.no],
        run: async (work) => ({ reply: await run(work), objects: [] }),
      }),
      {},
    )

  it('grant extensions, and stop and resume clocks by the request that is waited for, inside their own act', async () => {
    await within((work) => grantExtension(work, { ...duty(), until: '2026-12-10', reason: '换届经批准延期' }))
    await sweepTo('2026-12-01')
    expect(await stored()).toBeNull()
    const request = { ...duty('2026-11'), waitingFor: '等任职批复', waitsOn: 'req_1' }
    await expect(within((work) => stopClock(work, { ...request, period: '2026-09' }))).rejects.toMatchObject({
      code: 'rulebook.not_due_of_subject',
    })
    await within((work) => stopClock(work, request))
    await expect(within((work) => stopClock(work, request))).rejects.toMatchObject({ code: 'rulebook.relief_open' })
    expect(await within((work) => resumeClock(work, { waitsOn: 'req_1', answer: '已经批复' }))).toBe(1)
    expect(await within((work) => resumeClock(work, { waitsOn: 'req_1', answer: '已经批复' }))).toBe(0)
  })
})

describe('a case of an obligation that waits for those above', () => {
  const opened = async (): Promise<string> => {
    platform.clock.moveTo('2026-11-10')
    await writeAsSystem(platform.database, async (tx) => {
      const changes = await sweep(tx, '2026-11-10')
      await proposeCases(tx, { changes, at: platform.clock.now() })
    })
    const { rows } = await sql<{ id: string; owner: string }>`select c.id, (select s.id from directory.persons s
        where s.home_no = ${branch.no} order by s.no limit 1) as owner
      from supervision.cases c where c.requirement_code = 'ZB14' and c.period = '2026-10' and c.organization_no = ${branch.no}`.execute(
      world.db,
    )
    const [{ id, owner } = { id: '', owner: '' }] = rows
    const input = { id, ownerId: owner, dueOn: '2026-12-01', remedies: '补开一次', reason: '本月未开展' }
    await act(keeper, superviseAction, input)
    return id
  }
  const clocks = async () =>
    (
      await sql<{
        line: string
      }>`select r.state || case when r.begun_late then ' late' else '' end as line from rulebook.reliefs r
        where r.kind = 'clock_stop' order by r.no`.execute(world.db)
    ).rows.map(({ line }) => line)

  it('stops the clock of the obligation and lets it go again; what is late already stays late', async () => {
    const id = await opened()
    await act(secretary, pauseAction, { id, waitingFor: '等上级批复' })
    expect([await clocks(), await stored()]).toEqual([['granted late'], { status: 4, due: '2026-10-31' }])
    platform.clock.moveTo('2026-11-12')
    await act(keeper, resumeAction, { id })
    expect([await clocks(), await stored()]).toEqual([['ended late'], { status: 4, due: '2026-10-31' }])
    // Put off by those above it is no longer late: the next wait leaves its days out.
    await act(
      keeper,
      action({
        name: 'test.decide',
        input: z.object({}),
        touches: () => [committee.no],
        run: async (work) => ({
          reply: await grantExtension(work, { ...duty(), until: '2026-12-10', reason: '经批准延期' }),
          objects: [],
        }),
      }),
      {},
    )
    await act(secretary, pauseAction, { id, waitingFor: '等任职批复' })
    expect([await clocks(), await stored()]).toEqual([['ended late', 'granted'], null])
    platform.clock.moveTo('2026-11-22')
    await act(secretary, reportAction, { id, report: '已经补开' })
    expect(await clocks()).toEqual(['ended late', 'ended'])
    await sweepTo('2026-12-30')
    expect(await stored()).toEqual({ status: 4, due: '2026-12-20' })
  })
})

it('a figure says what was put off: the trace names the day that was granted', async () => {
  const { id } = await asked()
  await act(keeper, grantReliefAction, { id, reason: '情况属实，同意' })
  await sweepTo('2026-11-27')
  const query = trace.query.parse({ organization: branch.id, period: '2026-10', requirement: 'ZB14' })
  const { open } = await readAs(platform.database, secretary, (read) => traceOf(read, query, '2026-11-27'))
  expect(open.map((row) => row.why)).toEqual(['2026年11月20日到期，没有任何记录。经同意延期到2026-11-20。'])
})
