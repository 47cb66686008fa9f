import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { reliefStep, type ReliefStep, takeReliefStep } from '../../tests/builders/relief-steps.ts'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { type Action, perform } from '../kernel/actions/action.ts'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { Problem } from '../kernel/errors/problem.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { addDays } from '../kernel/time/civil-date.ts'
import { moveOrganizationAction } from '../modules/directory/index.ts'
import { correctMeetingAction, recordMeetingAction, withdrawMeetingAction } from '../modules/orglife/index.ts'
import { type MeetingKind, recordMeetingBody } from '../modules/orglife/meetings/meetings.contract.ts'
import { loadRulebooks, rebuild, sweep, updateCells } from '../modules/rulebook/index.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World
let units: Planted[]
let branches: Planted[]
let officer: Actor
let asker: Actor
const firstDay = '2026-01-01'

beforeAll(async () => {
  registerModules()
  platform = await testPlatform(firstDay)
  world = worldOf(platform)
  const city = await world.organization('working_committee', '示例工委', null)
  units = [await world.organization('unit', '甲单位', city), await world.organization('unit', '乙单位', city)]
  const committees = await Promise.all(
    units.map((unit, index) => world.organization('party_committee', `机关党委${index}`, unit)),
  )
  branches = []
  for (const [index, size] of [8, 4, 7, 3].entries()) {
    const branch = await world.organization('branch', `第${index + 1}支部`, committees[index % 2] ?? city)
    const people = await world.people(branch, size)
    if (size >= 7) await world.committee(branch, people.slice(0, 3))
    branches.push(branch)
  }
  officer = await world.actor('committee_officer', city)
  asker = await world.actor('committee_officer', city)
  units = [...units, ...committees]
  await world.figuresFrom(firstDay)
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
})

/** One thing that happens in a city, in the form in which it is generated. */
type Step =
  | { does: 'record'; branch: number; kind: MeetingKind; daysAgo: number; theory: boolean; absent: boolean }
  | { does: 'correct'; which: number; kind: MeetingKind; daysAgo: number; theory: boolean }
  | { does: 'withdraw'; which: number }
  | { does: 'move'; branch: number; to: number; daysAgo: number }
  | { does: 'pass'; days: number }
  | { does: 'update' }
  | { does: 'relieve'; step: ReliefStep }

const kind = fc.constantFrom<MeetingKind>('members_meeting', 'committee_meeting', 'theme_day', 'organization_life_meeting')
const daysAgo = fc.integer({ min: 0, max: 45 })
const relieving = fc.record({ does: fc.constant('relieve' as const), step: reliefStep })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('record' as const),
      branch: fc.nat(3),
      kind,
      daysAgo,
      theory: fc.boolean(),
      absent: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('correct' as const), which: fc.nat(20), kind, daysAgo, theory: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('withdraw' as const), which: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('move' as const), branch: fc.nat(5), to: fc.nat(3), daysAgo }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('pass' as const), days: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('update' as const) }) },
  { weight: 2, arbitrary: relieving },
)

/** Little else but what is put off, waits and is exempt, while days pass and meetings come late. */
const putOff: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: relieving },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('pass' as const), days: fc.integer({ min: 3, max: 25 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('record' as const),
      branch: fc.nat(3),
      kind,
      daysAgo: fc.integer({ min: 0, max: 6 }),
      theory: fc.boolean(),
      absent: fc.constant(false),
    }),
  },
)

const updateAll = () =>
  writeAsSystem(platform.database, async (tx) => {
    while ((await updateCells(tx)) > 0);
  })

const snapshot = async (): Promise<string> => {
  const obligations =
    await sql`select o.*, o.due_on::text from rulebook.obligations o order by year, organization_no, period_no, requirement_no, subject_kind, subject_no`.execute(
      world.db,
    )
  const evidence =
    await sql`select e.* from rulebook.evidence e order by year, organization_no, period_no, requirement_no, subject_no, record_kind, record_no`.execute(
      world.db,
    )
  const cells =
    await sql`select c.* from rulebook.cells c where (met, met_late, unmet, not_reported, exempt, numerator, denominator) <> (0, 0, 0, 0, 0, 0, 0)
    order by year, organization_no, period_no, requirement_no`.execute(world.db)
  return JSON.stringify([obligations.rows, evidence.rows, cells.rows], null, 1)
}

async function meetingAt(which: number): Promise<{ id: string; revision: number; organization: string } | undefined> {
  const rows = await sql<{
    id: string
    revision: number
    organization: string
  }>`select m.id, m.revision, o.id as organization from orglife.meetings m
    join directory.organizations o on o.no = m.organization_no where m.state = 'recorded' order by m.no`.execute(world.db)
  return rows.rows[which % Math.max(rows.rows.length, 1)]
}

/** A step that the product refuses changes nothing; that is part of the histories. */
async function attempt(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

const asked = (organization: string, given: { kind: MeetingKind; heldOn: string; theory: boolean }) => ({
  organizationIds: [organization],
  kinds: [given.kind],
  title: '会议',
  heldOn: given.heldOn,
  agenda: [{ title: '议题', category: given.theory ? ('political_theory' as const) : ('business' as const) }],
})

type Quiet = Extract<Step, { does: 'update' | 'relieve' | 'pass' }>
const quiet = (step: Step): step is Quiet => ['update', 'relieve', 'pass'].includes(step.does)

/** What happens without a meeting or a move. */
async function takeQuietly(step: Quiet): Promise<void> {
  if (step.does === 'update') return updateAll()
  if (step.does === 'relieve') return takeReliefStep({ platform, branches, officer, asker }, step.step)
  platform.clock.moveTo(addDays(platform.clock.today(), step.days))
  await writeAsSystem(platform.database, (tx) => sweep(tx, platform.clock.today()))
}

async function take(step: Step): Promise<void> {
  if (quiet(step)) return takeQuietly(step)
  const today = platform.clock.today()
  const by = { actor: officer, requestId: null, idempotencyKey: null }
  const run = <I extends Parameters<typeof perform>[1]['input'], R>(declared: Action<I, R>, input: never) =>
    attempt(() => perform(platform, declared, { ...by, input }))
  if (step.does === 'record') {
    const branch = branches[step.branch]
    const body = { ...asked(branch?.id ?? '', { ...step, heldOn: addDays(today, -step.daysAgo) }), lateReason: '补记' }
    return run(recordMeetingAction, recordMeetingBody.parse(body) as never)
  }
  if (step.does === 'move') {
    const moved = [...branches, ...units.slice(2)][step.branch % 6]
    return run(moveOrganizationAction, {
      id: moved?.id,
      parentId: units[step.to]?.id,
      on: addDays(today, -step.daysAgo),
      reason: '机构改革',
    } as never)
  }
  const meeting = await meetingAt(step.which)
  if (!meeting) return
  if (step.does === 'withdraw') return run(withdrawMeetingAction, { id: meeting.id, reason: '误记' } as never)
  const {
    plannedId: _planned,
    lateReason: _late,
    ...body
  } = recordMeetingBody.parse(asked(meeting.organization, { ...step, heldOn: addDays(today, -step.daysAgo) }))
  return run(correctMeetingAction, { id: meeting.id, revision: meeting.revision, reason: '更正', ...body } as never)
}

async function forget(): Promise<void> {
  await sql`truncate orglife.meetings, rulebook.obligations, rulebook.evidence, rulebook.cells, rulebook.cell_deltas, rulebook.reliefs, rulebook.exemptions cascade`.execute(
    world.db,
  )
  await sql`delete from kernel.settings where name = 'rulebook.swept_until'`.execute(world.db)
  await sql`delete from directory.organization_edges e using directory.organization_edges first where first.organization_no = e.organization_no and lower(first.valid) < lower(e.valid)`.execute(
    world.db,
  )
  await sql`update directory.organization_edges set valid = daterange(lower(valid), null)`.execute(world.db)
  await world.deriveAll()
  platform.clock.moveTo(firstDay)
}

/** Takes histories and compares what was kept with what is rebuilt; answers how much was compared. */
async function keptIsRebuilt(steps: fc.Arbitrary<Step[]>, usualRuns: number): Promise<number> {
  let compared = 0
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      await forget()
      for (const each of taken) await take(each)
      await writeAsSystem(platform.database, (tx) => sweep(tx, platform.clock.today()))
      await updateAll()
      const kept = await snapshot()
      await writeAsSystem(platform.database, (tx) => rebuild(tx, platform.clock.today()))
      expect(kept).toBe(await snapshot())
      compared += kept.length
    }),
    {
      numRuns: Number(process.env['BIAOSHUAI_HISTORIES'] ?? usualRuns),
      seed: Number(process.env['BIAOSHUAI_HISTORIES_SEED'] ?? 20261123),
      endOnFailure: process.env['BIAOSHUAI_HISTORIES'] === undefined,
    },
  )
  return compared
}

describe('whatever happens in a city', () => {
  it('figures kept up to date are the same as figures rebuilt from the facts', async () => {
    expect(await keptIsRebuilt(fc.array(step, { minLength: 6, maxLength: 22 }), 6)).toBeGreaterThan(20_000)
  }, 900_000)

  it('so they are while duties are put off, wait for those above and are exempt', async () => {
    expect(await keptIsRebuilt(fc.array(putOff, { minLength: 14, maxLength: 24 }), 5)).toBeGreaterThan(20_000)
  }, 900_000)
})
