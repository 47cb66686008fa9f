import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { type Action, perform } from '../kernel/actions/action.ts'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { recordMeetingAction } from '../modules/orglife/index.ts'
import { type MeetingKind, recordMeetingBody } from '../modules/orglife/meetings/meetings.contract.ts'
import { loadRulebooks, rebuild, sweep } from '../modules/rulebook/index.ts'
import {
  askClockStopAction,
  askExtensionAction,
  endClockStopAction,
  grantReliefAction,
} from '../modules/rulebook/relief/relief.actions.ts'
import { registerModules } from './modules.ts'

registerModules()

let platform: TestPlatform
let world: World
const none: Planted = { no: 0, id: '' }
let [branch, head] = [none, none]
let [keeper, secretary]: [Actor, Actor] = [{}, {}] as never

/** SL2 asks for a members' meeting by the 20th of March, SL3 for a lecture within two months of becoming secretary; five days' grace. */
beforeEach(async () => {
  platform = await testPlatform('2026-01-05')
  world = worldOf(platform)
  const city = await world.organization('working_committee', '示例工委', null)
  const unit = await world.organization('unit', '示例住建局', city)
  const committee = await world.organization('party_committee', '机关党委', unit)
  branch = await world.organization('branch', '第一支部', committee)
  ;[head = none] = await world.people(branch, 4)
  keeper = await world.actor('committee_secretary', committee)
  secretary = await world.actor('branch_secretary', branch)
  await world.figuresFrom('2026-01-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'tests/rulebooks'))
  await world.onlyRequirements('SL2', 'SL3')
  await sql`insert into directory.posts (id, person_no, organization_no, post, valid)
    values ('pst_head', ${head.no}, ${branch.no}, 'branch_secretary', '[2026-01-10,)')`.execute(world.db)
  await sweepTo('2026-01-12')
  await sweepTo('2026-03-01')
})

const sweepTo = async (day: string) => {
  platform.clock.moveTo(day)
  await writeAsSystem(platform.database, (tx) => sweep(tx, day))
}
const act = <I extends z.ZodType, R>(actor: Actor, declared: Action<I, R>, input: z.output<I>): Promise<R> =>
  perform(platform, declared, { actor, requestId: null, idempotencyKey: null, input })
const held = (kind: MeetingKind, heldOn: string) =>
  act(
    secretary,
    recordMeetingAction,
    recordMeetingBody.parse({
      organizationIds: [branch.id],
      kinds: [kind],
      title: '会议',
      heldOn,
      agenda: [{ title: '议题', category: 'business' }],
      ...(kind === 'lecture' && { speakerId: head.id }),
    }),
  )

const names = ['', 'met', 'met_late', 'unmet', 'not_reported', 'exempt']
const obligations = async () =>
  (
    await sql<{
      line: string
      status: number
    }>`select r.code || ' ' || o.due_on::text as line, o.status from rulebook.obligations o
      join rulebook.requirements r on r.no = o.requirement_no order by 1`.execute(world.db)
  ).rows.map(({ line, status }) => `${line} ${names[status] ?? status}`)

/** What stands; a rebuild of it must say the same. */
async function stands(): Promise<string[]> {
  const kept = await obligations()
  await writeAsSystem(platform.database, (tx) => rebuild(tx, platform.clock.today()))
  expect(await obligations()).toEqual(kept)
  return kept
}
const once = () => ({ requirement: 'SL2', subject: branch.id, period: '2026-03' })
const event = () => ({ requirement: 'SL3', subject: head.id, period: '2026-03' })
async function putOff(duty: ReturnType<typeof once>, until: string): Promise<void> {
  const { id } = await act(secretary, askExtensionAction, { ...duty, until, reason: '抢险值守' })
  await act(keeper, grantReliefAction, { id, reason: '情况属实，同意' })
}

describe('what is asked once, or after an event, and is put off', () => {
  it('is met by what is held and recorded until the granted day, also in a later month', async () => {
    await putOff(once(), '2026-04-20')
    await putOff(event(), '2026-04-20')
    await sweepTo('2026-04-15')
    expect(await stands()).toEqual([])
    await held('members_meeting', '2026-04-14')
    await held('lecture', '2026-04-15')
    expect(await stands()).toEqual(['SL2 2026-04-20 met', 'SL3 2026-04-20 met'])
  })

  it('is owed when the granted day and the grace have gone by, within the month or after it', async () => {
    await putOff(event(), '2026-03-15')
    await putOff(once(), '2026-04-20')
    for (const day of ['2026-03-20', '2026-03-21']) await sweepTo(day)
    expect(await stands()).toEqual(['SL3 2026-03-15 not_reported'])
    await sweepTo('2026-04-25')
    expect(await stands()).toEqual(['SL3 2026-03-15 not_reported'])
    await sweepTo('2026-04-26')
    expect(await stands()).toEqual(['SL2 2026-04-20 not_reported', 'SL3 2026-03-15 not_reported'])
  })

  it('is put off by a grant that comes after its month, when it was asked for in time', async () => {
    const { id } = await act(secretary, askExtensionAction, { ...once(), until: '2026-04-20', reason: '抢险值守' })
    await sweepTo('2026-04-02')
    expect(await stands()).toContain('SL2 2026-03-20 not_reported')
    await act(keeper, grantReliefAction, { id, reason: '情况属实，同意' })
    expect(await stands()).not.toContain('SL2 2026-03-20 not_reported')
  })

  it('may wait for those above: the days left come after the answer, and then it is owed', async () => {
    const asked = await Promise.all(
      [once(), event()].map((duty) => act(secretary, askClockStopAction, { ...duty, waitingFor: '等待批复' })),
    )
    for (const { id } of asked) await act(keeper, grantReliefAction, { id, reason: '确在等待' })
    await sweepTo('2026-03-31')
    expect(await stands()).toEqual([])
    for (const { id } of asked) await act(keeper, endClockStopAction, { id, answer: '已经批复' })
    // Thirty days waited: the 10th and the 20th of March become the 9th and the 19th of April.
    await sweepTo('2026-04-14')
    expect(await stands()).toEqual([])
    await sweepTo('2026-04-15')
    expect(await stands()).toEqual(['SL3 2026-04-09 not_reported'])
    await held('members_meeting', '2026-04-14')
    await sweepTo('2026-04-25')
    expect(await stands()).toEqual(['SL2 2026-04-19 met', 'SL3 2026-04-09 not_reported'])
  })
})
