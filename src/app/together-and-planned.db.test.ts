import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { perform } from '../kernel/actions/action.ts'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { planMeetingAction, recordMeetingAction } from '../modules/orglife/index.ts'
import { planMeetingBody, recordMeetingBody } from '../modules/orglife/meetings/meetings.contract.ts'
import { loadRulebooks } from '../modules/rulebook/index.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World
let [first, second] = [
  { no: 0, id: '' },
  { no: 0, id: '' },
] as [Planted, Planted]
let deputy: Actor
let secretary: Actor

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-11-10')
  world = worldOf(platform)
  const city = await world.organization('working_committee', '示例工委', null)
  const unit = await world.organization('unit', '示例住建局', city)
  first = await world.organization('branch', '第一支部', unit)
  second = await world.organization('branch', '第二支部', unit)
  await world.people(first, 4)
  await world.people(second, 5)
  deputy = await world.actor('full_time_deputy', unit)
  secretary = await world.actor('branch_secretary', first)
  await world.figuresFrom('2026-10-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
})

const agenda = [{ title: '学习党章', category: 'political_theory' as const }]
const by = (actor: Actor) => ({ actor, requestId: null, idempotencyKey: null })
const together = () =>
  recordMeetingBody.parse({
    organizationIds: [first.id, second.id],
    kinds: ['theme_day'],
    title: '联合主题党日',
    heldOn: '2026-11-06',
    agenda,
  })

async function metBy(code: string): Promise<number[]> {
  const { rows } = await sql<{
    no: number
  }>`select o.organization_no as no from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no
    where r.code = ${code} and o.status = 1 order by 1`.execute(world.db)
  return rows.map((row) => row.no)
}

describe('a meeting of several organizations', () => {
  it('is not recorded by somebody who may write for one of them alone', async () => {
    await expect(perform(platform, recordMeetingAction, { ...by(secretary), input: together() })).rejects.toMatchObject({
      code: 'kernel.not_found',
    })
    expect(await metBy('ZB14')).toEqual([])
  })

  it('is one entry, counted for each of them, with the heads of each apart', async () => {
    const { id } = await perform(platform, recordMeetingAction, { ...by(deputy), input: together() })
    expect(await metBy('ZB14')).toEqual([first.no, second.no])
    const heads = await sql<{
      organization_no: number
      expected: number
      present: number
    }>`select o.organization_no, o.expected, o.present
      from orglife.meeting_organizations o join orglife.meetings m on m.no = o.meeting_no where m.id = ${id} order by 1`.execute(
      world.db,
    )
    expect(heads.rows).toEqual([
      { organization_no: first.no, expected: 4, present: 4 },
      { organization_no: second.no, expected: 5, present: 5 },
    ])
    const entries = await sql<{ n: number }>`select count(*)::int as n from orglife.meetings where state = 'recorded'`.execute(
      world.db,
    )
    expect(entries.rows[0]?.n).toBe(1)
  })
})

describe('a planned meeting', () => {
  const plan = (heldOn: string) =>
    planMeetingBody.parse({
      organizationIds: [first.id],
      kinds: ['members_meeting'],
      title: '支部党员大会',
      heldOn,
      agenda: [{ title: '安排工作', category: 'business' }],
    })

  it('is warned about while it can still be changed, counts for nothing, and is not planned for a day gone by', async () => {
    const { warnings } = await perform(platform, planMeetingAction, { ...by(secretary), input: plan('2026-11-20') })
    expect(warnings.map(({ code }) => code)).toEqual(['orglife.first_item_not_theory'])
    expect(await metBy('ZB6')).toEqual([])
    await expect(perform(platform, planMeetingAction, { ...by(secretary), input: plan('2026-11-01') })).rejects.toMatchObject({
      code: 'orglife.planned_in_past',
    })
  })

  it('becomes its own record when it is held, once', async () => {
    const { id } = await perform(platform, planMeetingAction, { ...by(secretary), input: plan('2026-11-12') })
    platform.clock.moveTo('2026-11-12')
    const held = recordMeetingBody.parse({
      organizationIds: [first.id],
      kinds: ['members_meeting'],
      title: '支部党员大会',
      heldOn: '2026-11-12',
      agenda,
      plannedId: id,
    })
    const recorded = await perform(platform, recordMeetingAction, { ...by(secretary), input: held })
    expect(recorded.id).toBe(id)
    expect(await metBy('ZB6')).toEqual([first.no])
    const states = await sql<{
      states: string[]
    }>`select array_agg(r.state order by r.revision) as states from orglife.meeting_revisions r
      join orglife.meetings m on m.no = r.meeting_no where m.id = ${id}`.execute(world.db)
    expect(states.rows[0]?.states).toEqual(['planned', 'recorded'])
    await expect(perform(platform, recordMeetingAction, { ...by(secretary), input: held })).rejects.toMatchObject({
      code: 'kernel.not_allowed_now',
    })
  })
})
