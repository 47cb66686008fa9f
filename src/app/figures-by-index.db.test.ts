import { beforeAll, describe, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { perform } from '../kernel/actions/action.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import type { Read } from '../kernel/database/handles.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { loadRulebooks, sweep, updateCells } from '../modules/rulebook/index.ts'
import { mattersOf } from '../modules/rulebook/explanation/matters.queries.ts'
import { type Frame, frameOf } from '../modules/rulebook/indicators/figure-frame.queries.ts'
import { placeAsked, requirementHeads } from '../modules/rulebook/indicators/indicators.queries.ts'
import { firstOpen } from '../modules/rulebook/indicators/open-rows.queries.ts'
import { recordRows } from '../modules/rulebook/indicators/record-rows.queries.ts'
import { sumsOf } from '../modules/rulebook/indicators/sums.queries.ts'
import { recordMeetingAction } from '../modules/orglife/index.ts'
import { recordMeetingBody } from '../modules/orglife/meetings/meetings.contract.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World
let city: Planted
let unit: Planted
let officer: Actor
const today = '2026-11-23'

/** Two units with three branches each: some theme days in time, some late, some with business first, some never. */
beforeAll(async () => {
  registerModules()
  platform = await testPlatform(today)
  world = worldOf(platform)
  city = await world.organization('working_committee', '示例工委', null)
  officer = await world.actor('committee_officer', city)
  await world.figuresFrom('2026-09-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  for (const name of ['示例住建局', '示例水利局']) {
    unit = await world.organization('unit', name, city)
    for (const number of [1, 2, 3]) {
      const branch = await world.organization('branch', `第${number}支部`, unit)
      await world.people(branch, 3)
      if (number < 3) await themeDay(branch, { heldOn: '2026-09-20', first: 'political_theory' })
      if (number === 2) await themeDay(branch, { heldOn: '2026-10-20', first: 'business' })
    }
  }
  await writeAsSystem(platform.database, async (tx) => {
    await sweep(tx, today)
    while ((await updateCells(tx)) > 0);
  })
})

async function themeDay(branch: Planted, is: { heldOn: string; first: 'political_theory' | 'business' }): Promise<void> {
  const input = recordMeetingBody.parse({
    organizationIds: [branch.id],
    kinds: ['theme_day'],
    title: '主题党日',
    heldOn: is.heldOn,
    lateReason: '补记',
    agenda: [{ title: '学习', category: is.first }],
  })
  await perform(platform, recordMeetingAction, { actor: officer, requestId: null, idempotencyKey: null, input })
}

const read = <Found>(ask: (db: Read) => Promise<Found>) => readAs(platform.database, officer, ask)

/** The frame of a place's year, as it is asked for a small place and for a province. */
async function frames(db: Read, tree: 'as_was' | 'as_is', id: string): Promise<{ small: Frame; large: Frame }> {
  const place = await placeAsked(db, id, [])
  const heads = [...(await requirementHeads(db)).values()]
  const small = await frameOf(db, { place, period: '2026', tree, heads })
  return { small, large: { ...small, below: 1_000_000 } }
}

describe.each(['as_was', 'as_is'] as const)('behind a figure, by the tree %s', (tree) => {
  it('the same obligations are open whether organizations are asked one by one or the index is followed', async () => {
    await read(async (db) => {
      for (const { id } of [city, unit]) {
        const { small, large } = await frames(db, tree, id)
        const [one, other] = [await firstOpen(db, small, 500), await firstOpen(db, large, 500)]
        expect(one.rows.length).toBeGreaterThan(3)
        expect(other).toEqual(one)
        expect(one.total).toBe(one.rows.length)
      }
    })
  })

  it.each([true, false])(
    'the same records stand behind it in the same order (counted: %s), and pages follow one another',
    async (counted) => {
      await read(async (db) => {
        const { small, large } = await frames(db, tree, unit.id)
        const all = { counted, limit: 500, offset: 0 }
        const [one, other] = [await recordRows(db, small, all), await recordRows(db, large, all)]
        expect(one.rows.length).toBeGreaterThan(0)
        expect(other).toEqual(one)
        expect(one).toMatchObject({ total: one.rows.length, more: false, next: null })
        const first = await recordRows(db, large, { counted, limit: 1, offset: 0 })
        const rest = await recordRows(db, large, { counted, limit: 500, offset: 1 })
        expect([...first.rows, ...rest.rows]).toEqual(one.rows)
        expect(first.next).toBe(one.rows.length > 1 ? '1' : null)
      })
    },
  )
})

it('of a large place, the subordinates are named with what is open under them, and nothing is lost', async () => {
  await read(async (db) => {
    const place = await placeAsked(db, city.id, [])
    const heads = await requirementHeads(db)
    const asked = { place, period: '2026-10', asOf: today, heads }
    const sums = await sumsOf(db, { organizations: [place.no], period: '2026-10', tree: 'as_was', asOf: today })
    const named = await mattersOf(db, { ...asked, sums })
    const subordinates = await mattersOf(db, { ...asked, sums, named: 0 })
    const plain = ({ places: _, placesTotal: __, ...line }: (typeof named)[number]) => line
    expect(subordinates.map(plain)).toEqual(named.map(plain))
    const themeDays = subordinates.find(({ requirement }) => requirement === 'ZB14')
    expect(themeDays?.places.map(({ name, open }) => `${name} ${open}`)).toEqual(['示例住建局 2', '示例水利局 2'])
    for (const line of subordinates) {
      expect(line.places.reduce((sum, { open }) => sum + open, 0)).toBe(line.unmet + line.notReported)
    }
  })
})
