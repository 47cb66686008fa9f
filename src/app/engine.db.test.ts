import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import { type Actor } from '../kernel/access/actor.ts'
import { perform } from '../kernel/actions/action.ts'
import { reading } from '../kernel/database/handles.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { type RecordMeetingInput, recordMeetingBody } from '../modules/orglife/meetings/meetings.contract.ts'
import { correctMeetingAction, recordMeetingAction, withdrawMeetingAction } from '../modules/orglife/index.ts'
import { loadRulebooks, rebuild, sweep, updateCells } from '../modules/rulebook/index.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World
let [city, unit, branch, small] = [
  { no: 0, id: '' },
  { no: 0, id: '' },
  { no: 0, id: '' },
  { no: 0, id: '' },
] as [Planted, Planted, Planted, Planted]
let members: Planted[]
let secretary: Actor

const settle = () =>
  writeAsSystem(platform.database, async (tx) => {
    while ((await updateCells(tx)) > 0);
  })
const bring = (day: string) => {
  platform.clock.moveTo(day)
  return writeAsSystem(platform.database, (tx) => sweep(tx, day))
}
const record = (input: Partial<RecordMeetingInput>, actor = secretary) =>
  perform(platform, recordMeetingAction, {
    actor,
    requestId: null,
    idempotencyKey: null,
    input: recordMeetingBody.parse({
      organizationIds: [branch.id],
      kinds: ['members_meeting'],
      title: '支部党员大会',
      heldOn: '2026-07-10',
      agenda: [{ title: '学习党章', category: 'political_theory' }],
      ...input,
    }),
  })

async function statusOf(code: string, period: string, subject: Planted): Promise<string | undefined> {
  const rows = await sql<{
    status: number
  }>`select o.status from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no
    join rulebook.periods p on p.no = o.period_no where r.code = ${code} and p.name = ${period} and o.subject_no = ${subject.no}`.execute(
    world.db,
  )
  const status = rows.rows[0]?.status
  return status === undefined ? undefined : ['', 'met', 'met_late', 'unmet', 'not_reported', 'exempt'][status]
}

async function cell(code: string, period: string, organization: Planted) {
  const rows = await sql<{
    met: number
    met_late: number
    unmet: number
    not_reported: number
  }>`select c.met, c.met_late, c.unmet, c.not_reported from rulebook.cells c
    join rulebook.requirements r on r.no = c.requirement_no join rulebook.periods p on p.no = c.period_no
    where r.code = ${code} and p.name = ${period} and c.organization_no = ${organization.no}`.execute(world.db)
  return rows.rows[0]
}

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-07-10')
  world = worldOf(platform)
  city = await world.organization('working_committee', '示例工委', null)
  unit = await world.organization('unit', '示例住建局', city)
  branch = await world.organization('branch', '第一支部', unit)
  small = await world.organization('branch', '第二支部', unit)
  members = await world.people(branch, 9)
  await world.people(small, 4)
  await world.committee(branch, members.slice(0, 3))
  secretary = await world.actor('branch_secretary', branch)
  await world.figuresFrom('2026-07-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  await bring('2026-07-10')
})

describe('one meeting', () => {
  it('is recorded once and says at once which requirements it satisfies', async () => {
    const { satisfied } = await record({ kinds: ['members_meeting', 'theme_day'] })
    expect(satisfied.map(({ requirement, period }) => `${requirement} ${period}`).sort()).toEqual([
      'D1.2 2026-07',
      'ZB14 2026-07',
      'ZB6 2026Q3',
    ])
    expect(await statusOf('ZB6', '2026Q3', branch)).toBe('met')
  })

  it('moves the figures above it, in its own period and in the longer ones', async () => {
    await settle()
    expect(await cell('ZB6', '2026Q3', unit)).toMatchObject({ met: 1, unmet: 0, not_reported: 0 })
    expect(await cell('ZB6', '2026', city)).toMatchObject({ met: 1 })
    expect(await cell('ZB14', '2026Q3', city)).toMatchObject({ met: 1 })
  })

  it('whose first item is not political theory is unmet for D1.2, with the item named', async () => {
    await record({ kinds: ['committee_meeting'], title: '支委会', agenda: [{ title: '安排防汛值班', category: 'business' }] })
    expect(await statusOf('D1.2', '2026-07', branch)).toBe('unmet')
    const reasons = await sql<{
      reason: string
    }>`select distinct e.reason from rulebook.evidence e join rulebook.requirements r on r.no = e.requirement_no and r.code = 'D1.2'
      where e.record_kind = 'meeting' and e.reason is not null`.execute(world.db)
    expect(reasons.rows.map((row) => row.reason)).toEqual(['第一项是“安排防汛值班”，不是政治理论学习'])
  })

  it('of the committee without half of its members is kept and not counted', async () => {
    platform.clock.moveTo('2026-08-03')
    await record({
      kinds: ['committee_meeting'],
      heldOn: '2026-08-03',
      absent: members.slice(0, 2).map(({ id }) => ({ personId: id, reason: '出差' })),
    })
    expect(await statusOf('ZB9', '2026-08', branch)).toBeUndefined()
    await bring('2026-09-07')
    expect(await statusOf('ZB9', '2026-08', branch)).toBe('unmet')
  })
})

describe('a day that passes', () => {
  it('turns what nobody reported into not reported, after due and grace and not before', async () => {
    expect(await statusOf('ZB14', '2026-08', small)).toBe('not_reported')
    expect(await statusOf('ZB6', '2026Q3', small)).toBeUndefined()
    expect(await statusOf('ZB9', '2026-07', small)).toBeUndefined()
  })

  it('a late record needs a reason, counts as late and shows both days', async () => {
    await expect(record({ kinds: ['theme_day'], heldOn: '2026-08-20' })).rejects.toMatchObject({
      code: 'orglife.late_reason_missing',
    })
    const { id, satisfied } = await record({ kinds: ['theme_day'], heldOn: '2026-08-20', lateReason: '换届交接' })
    expect(satisfied).toEqual([expect.objectContaining({ requirement: 'ZB14', period: '2026-08', late: true })])
    expect(await statusOf('ZB14', '2026-08', branch)).toBe('met_late')
    const row = await sql<{
      held_on: string
      recorded_on: string
    }>`select held_on, recorded_on from orglife.meetings where id = ${id}`.execute(world.db)
    expect(row.rows[0]).toEqual({ held_on: '2026-08-20', recorded_on: '2026-09-07' })
  })

  it('a correction changes what counts and never the first day of recording', async () => {
    const { id } = await record({
      kinds: ['committee_meeting'],
      heldOn: '2026-09-05',
      agenda: [{ title: '业务', category: 'business' }],
    })
    platform.clock.moveTo('2026-09-20')
    const asked = recordMeetingBody.parse({
      organizationIds: [branch.id],
      kinds: ['committee_meeting'],
      title: '支委会',
      heldOn: '2026-09-05',
      agenda: [{ title: '学习', category: 'political_theory' }],
    })
    const { plannedId: _planned, lateReason: _late, ...body } = asked
    await perform(platform, correctMeetingAction, {
      actor: secretary,
      requestId: null,
      idempotencyKey: null,
      input: { id, revision: 1, reason: '议程次序记反了', ...body },
    })
    expect(await statusOf('D1.2', '2026-09', branch)).toBe('met')
    const row = await sql<{
      recorded_on: string
      revision: number
    }>`select recorded_on, revision from orglife.meetings where id = ${id}`.execute(world.db)
    expect(row.rows[0]).toEqual({ recorded_on: '2026-09-07', revision: 2 })
  })

  it('a withdrawn meeting stays and no longer counts', async () => {
    const { id } = await record({ kinds: ['theme_day'], heldOn: '2026-09-18' })
    expect(await statusOf('ZB14', '2026-09', branch)).toBe('met')
    await perform(platform, withdrawMeetingAction, {
      actor: secretary,
      requestId: null,
      idempotencyKey: null,
      input: { id, reason: '记错支部' },
    })
    expect(await statusOf('ZB14', '2026-09', branch)).toBeUndefined()
    const row = await sql<{ state: string }>`select state from orglife.meetings where id = ${id}`.execute(world.db)
    expect(row.rows[0]?.state).toBe('withdrawn')
  })
})

describe('the figures', () => {
  const snapshot = async () => {
    const obligations =
      await sql`select o.* from rulebook.obligations o order by year, organization_no, period_no, requirement_no, subject_kind, subject_no`.execute(
        world.db,
      )
    const cells =
      await sql`select c.* from rulebook.cells c where (met, met_late, unmet, not_reported, exempt, numerator, denominator) <> (0, 0, 0, 0, 0, 0, 0)
      order by year, organization_no, period_no, requirement_no`.execute(world.db)
    return JSON.stringify([obligations.rows, cells.rows])
  }

  it('rebuilt from the facts are the same as those kept up to date', async () => {
    await bring('2026-10-20')
    await settle()
    const kept = await snapshot()
    await writeAsSystem(platform.database, (tx) => rebuild(tx, '2026-10-20'))
    expect(await snapshot()).toBe(kept)
    expect(kept.length).toBeGreaterThan(1000)
  })

  it('and records of another branch are out of reach, whatever the query', async () => {
    const stranger = await world.actor('branch_secretary', small)
    const seen = await readAs(platform.database, stranger, (read) =>
      sql<{ own: number; foreign: number }>`select count(*) filter (where organization_no = ${small.no})::int as own,
        count(*) filter (where organization_no <> ${small.no})::int as foreign from rulebook.obligations`.execute(
        reading<'rulebook'>(read),
      ),
    )
    expect(seen.rows[0]?.foreign).toBe(0)
    expect(seen.rows[0]?.own).toBeGreaterThan(0)
    await expect(record({}, stranger)).rejects.toMatchObject({ code: 'kernel.not_found' })
  })
})
