import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { perform } from '../kernel/actions/action.ts'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { recordMeetingAction } from '../modules/orglife/index.ts'
import { recordMeetingBody } from '../modules/orglife/meetings/meetings.contract.ts'
import { loadRulebooks, rebuild, recomputeRequirements, type StatusChange, sweep } from '../modules/rulebook/index.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World
let officer: Actor
let members: Planted[]
let [unit, branch, second] = [
  { no: 0, id: '' },
  { no: 0, id: '' },
  { no: 0, id: '' },
] as [Planted, Planted, Planted]

const bring = (day: string) => {
  platform.clock.moveTo(day)
  return writeAsSystem(platform.database, (tx) => sweep(tx, day))
}
const again = () => writeAsSystem(platform.database, (tx) => rebuild(tx, platform.clock.today()))

const record = (kind: string, heldOn: string, more: object = {}) =>
  perform(platform, recordMeetingAction, {
    actor: officer,
    requestId: null,
    idempotencyKey: null,
    input: recordMeetingBody.parse({
      organizationIds: [branch.id],
      kinds: [kind],
      title: '会议',
      heldOn,
      agenda: [{ title: '议题', category: 'business' }],
      lateReason: '补记',
      ...more,
    }),
  })

const names = ['', 'met', 'met_late', 'unmet', 'not_reported', 'exempt']
async function statusOf(code: string, period: string, subject: Planted): Promise<string | undefined> {
  const { rows } = await sql<{ status: number }>`select o.status from rulebook.obligations o
    join rulebook.requirements r on r.no = o.requirement_no join rulebook.periods p on p.no = o.period_no
    where r.code = ${code} and p.name = ${period} and o.subject_no = ${subject.no}`.execute(world.db)
  return names[rows[0]?.status ?? -1]
}
async function evidenceOf(code: string, subject: Planted): Promise<string[]> {
  const { rows } = await sql<{
    line: string
  }>`select e.record_kind || ' ' || e.numerator::int || '/' || e.denominator::int || coalesce(' ' || e.reason, '') as line
    from rulebook.evidence e join rulebook.requirements r on r.no = e.requirement_no join rulebook.periods p on p.no = e.period_no
    where r.code = ${code} and e.subject_no = ${subject.no} order by p.no, e.record_kind, e.record_no`.execute(world.db)
  return rows.map((row) => row.line)
}
const appointed = (person: Planted | undefined, on: string, to: string | null = null) =>
  sql`insert into directory.posts (id, person_no, organization_no, post, valid)
    values (${`pst_${on}${person?.no}`}, ${person?.no ?? 0}, ${branch.no}, 'branch_secretary', daterange(${on}::date, ${to}::date))`.execute(
    world.db,
  )

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-01-05')
  world = worldOf(platform)
  const city = await world.organization('working_committee', '示例工委', null)
  unit = await world.organization('unit', '示例住建局', city)
  branch = await world.organization('branch', '第一支部', unit)
  second = await world.organization('branch', '第二支部', unit)
  members = await world.people(branch, 9)
  await world.people(second, 4)
  await world.committee(branch, members.slice(0, 3))
  await sql`update directory.committees set due_on = '2026-05-10'`.execute(world.db)
  officer = await world.actor('committee_officer', city)
  await world.figuresFrom('2026-01-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'tests/rulebooks'))
  await appointed(members[0], '2026-01-31')
  await bring('2026-01-05')
})

describe('what is asked once', () => {
  it('belongs to the month of its last day and is met by a record of any day until then', async () => {
    await record('members_meeting', '2026-01-05')
    expect(await statusOf('SL2', '2026-03', branch)).toBe('met')
    expect(await statusOf('SL2', '2026-03', second)).toBeUndefined()
  })
  it('is not reported when its day and the grace have gone by', async () => {
    await bring('2026-03-25')
    expect(await statusOf('SL2', '2026-03', second)).toBeUndefined()
    await bring('2026-03-26')
    expect(await statusOf('SL2', '2026-03', second)).toBe('not_reported')
  })
})

describe('what is due after an event', () => {
  it('belongs to the month of the deadline, the last day of a shorter month', async () => {
    await bring('2026-03-31')
    expect(await evidenceOf('SL3', members[0] as Planted)).toEqual(['post 0/0 2026-01-31，任职之日起算，2026-03-31 以前'])
    expect(await statusOf('SL3', '2026-03', members[0] as Planted)).toBeUndefined()
  })
  it('is not reported when nothing came within its time, and a record after it changes nothing', async () => {
    await bring('2026-04-06')
    expect(await statusOf('SL3', '2026-03', members[0] as Planted)).toBe('not_reported')
    await record('lecture', '2026-04-02', { speakerId: members[0]?.id })
    expect(await statusOf('SL3', '2026-03', members[0] as Planted)).toBe('not_reported')
  })
  it('is met late by a record of its time that was entered afterwards', async () => {
    await record('lecture', '2026-03-02', { speakerId: members[0]?.id })
    expect(await statusOf('SL3', '2026-03', members[0] as Planted)).toBe('met_late')
  })
  it('the end of a term begins its own clock', async () => {
    expect(await evidenceOf('SL10', branch)).toEqual(['committee 0/0 2026-03-10，换届提醒之日起算，2026-05-10 以前'])
  })
})

describe('what each member owes', () => {
  it('is owed by the person, and met for the one who did it alone', async () => {
    expect(await statusOf('SL4', '2026Q1', members[0] as Planted)).toBe('met_late')
    expect(await statusOf('SL4', '2026Q1', members[1] as Planted)).toBe('not_reported')
  })
})

describe('the state of a register', () => {
  it('is short once the vacancy has lasted longer than allowed, with the day on which it began', async () => {
    expect(await statusOf('SL5', '2026-03', branch)).toBe('met')
    expect(await statusOf('SL5', '2026-03', second)).toBe('unmet')
    expect((await evidenceOf('SL5', second)).at(-1)).toBe('organization 0/1 职务空缺：党支部书记')
  })
  it('is looked at every day', async () => {
    await sql`update directory.posts set valid = daterange(lower(valid), '2026-04-10')`.execute(world.db)
    await bring('2026-04-11')
    expect(await statusOf('SL5', '2026-04', branch)).toBe('met')
    // What is vacant may be filled until the period is over.
    await bring('2026-05-11')
    expect(await statusOf('SL5', '2026-05', branch)).toBeUndefined()
    expect((await evidenceOf('SL5', branch)).at(-1)).not.toContain('自2026-04-10起')
    await bring('2026-06-20')
    expect(await statusOf('SL5', '2026-05', branch)).toBe('unmet')
    expect((await evidenceOf('SL5', branch)).at(-1)).toBe('organization 0/1 职务空缺：党支部书记（自2026-04-10起）')
  })
  it('of a unit counts the people below it', async () => {
    expect(await statusOf('SL6', '2026Q1', unit)).toBe('met')
    expect(await statusOf('SL12', '2026-04', unit)).toBe('unmet')
  })
})

describe('a requirement that counts requirements', () => {
  it('is judged when its time is over, and names what is short with the periods', async () => {
    expect(await statusOf('SL1', '2026-03', branch)).toBe('not_reported')
    expect(await statusOf('SL7', '2026Q1', branch)).toBe('unmet')
    expect((await evidenceOf('SL7', branch))[0]).toBe('requirement 0/1 SL1 每月主题党日没有达到：2026-01、2026-02、2026-03')
    expect(await statusOf('SL7', '2026Q2', branch)).toBeUndefined()
  })
  it('follows when what it counts is recorded afterwards', async () => {
    for (const day of ['2026-01-20', '2026-02-20', '2026-03-20']) await record('theme_day', day)
    expect(await statusOf('SL1', '2026-03', branch)).toBe('met_late')
    expect(await statusOf('SL7', '2026Q1', branch)).toBe('met')
  })
  it('sees two short periods one after the other, and that they are no longer short', async () => {
    expect(await statusOf('SL9', '2026-02', second)).toBe('unmet')
    expect(await statusOf('SL9', '2026-02', branch)).toBe('met')
    expect(await statusOf('SL9', '2026-01', second)).toBe('met')
  })
  it('counts the organizations below: one of two has enough', async () => {
    expect(await statusOf('SL8', '2026Q1', unit)).toBe('met')
    expect(await evidenceOf('SL8', unit)).toEqual(
      expect.arrayContaining(['organization 1/1', 'organization 0/1 没有达到：SL1、SL5']),
    )
  })
})

it('a late record is short where the rule says so', async () => {
  await record('committee_meeting', '2026-03-02')
  expect(await statusOf('SL11', '2026-03', branch)).toBe('unmet')
})

it('what awaits a module is never judged, and all of it stands the same after a rebuild', async () => {
  const kept = JSON.stringify((await sql`select * from rulebook.obligations order by 1, 2, 3, 4, 5, 6`.execute(world.db)).rows)
  await again()
  expect(JSON.stringify((await sql`select * from rulebook.obligations order by 1, 2, 3, 4, 5, 6`.execute(world.db)).rows)).toBe(
    kept,
  )
  expect(await statusOf('SL15', '2026-01', branch)).toBeUndefined()
})

it('a version that ends is recomputed alone with what counts it, in portions that say how far they are', async () => {
  const { rows } = await sql<{ no: number }>`update rulebook.requirements set valid = daterange(lower(valid), '2026-03-01')
    where code = 'SL1' returning no`.execute(world.db)
  const others = () =>
    sql`select o.* from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no
      where r.code not in ('SL1', 'SL7', 'SL8', 'SL9', 'SL13') order by 1, 2, 3, 4, 5, 6`.execute(world.db)
  const before = JSON.stringify((await others()).rows)
  const said: string[] = []
  const changed: StatusChange[] = []
  const job = {
    id: 'job_1',
    payload: { requirements: rows.map(({ no }) => no) },
    attempt: 1,
    signal: new AbortController().signal,
    progress: async ({ message }: { message: string }) => void said.push(message),
  }
  const answer = await recomputeRequirements(platform, job, async (_tx, changes) => void changed.push(...changes))
  expect(answer).toEqual({ organizations: 2 })
  expect(said).toEqual(['已重算 2 个组织，共 2 个'])
  expect(changed.length).toBeGreaterThan(0)
  expect(await statusOf('SL1', '2026-02', branch)).toBe('met_late')
  expect(await statusOf('SL1', '2026-03', branch)).toBeUndefined()
  expect(await statusOf('SL9', '2026-04', second)).toBeUndefined()
  expect(JSON.stringify((await others()).rows)).toBe(before)
  const kept = JSON.stringify((await sql`select * from rulebook.obligations order by 1, 2, 3, 4, 5, 6`.execute(world.db)).rows)
  await again()
  expect(JSON.stringify((await sql`select * from rulebook.obligations order by 1, 2, 3, 4, 5, 6`.execute(world.db)).rows)).toBe(
    kept,
  )
})
