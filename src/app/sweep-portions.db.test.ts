import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type World, worldOf } from '../../tests/builders/world.ts'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { loadRulebooks, rebuild, type StatusChange, sweepInPortions, updateCells } from '../modules/rulebook/index.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-01-01')
  world = worldOf(platform)
  const city = await world.organization('working_committee', '示例工委', null)
  const unit = await world.organization('unit', '甲单位', city)
  const committee = await world.organization('party_committee', '机关党委', unit)
  for (const size of [4, 3, 7, 3]) {
    const branch = await world.organization('branch', `${size}人支部`, committee)
    const [first] = await world.people(branch, size)
    if (first && size > 3) await world.post(first, branch, 'branch_secretary')
  }
  await world.figuresFrom('2026-01-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'tests/rulebooks'))
})

const figures = async (): Promise<string> => {
  const ordered = async (table: string, ...columns: string[]) =>
    (
      await sql`select x.* from ${sql.table(`rulebook.${table}`)} x order by ${sql.join(columns.map((one) => sql.ref(one)))}`.execute(
        world.db,
      )
    ).rows
  const key = ['year', 'organization_no', 'period_no', 'requirement_no']
  return JSON.stringify(
    [
      await ordered('obligations', ...key, 'subject_kind', 'subject_no'),
      await ordered('evidence', ...key, 'subject_no', 'record_kind', 'record_no'),
      await ordered('cells', ...key),
    ],
    null,
    1,
  )
}

const sweepTo = async (day: string): Promise<StatusChange[]> => {
  platform.clock.moveTo(day)
  const told: StatusChange[] = []
  const counted = await sweepInPortions(platform, async (_tx, changes) => told.push(...changes), 2)
  expect(counted).toBe(told.length)
  await writeAsSystem(platform.database, async (tx) => {
    while ((await updateCells(tx)) > 0);
  })
  return told
}

describe('a day that passes, two organizations at a time', () => {
  it('leaves the same figures as a rebuild, what is counted of organizations below included', async () => {
    for (const day of ['2026-02-20', '2026-04-11', '2026-07-20']) {
      expect((await sweepTo(day)).length).toBeGreaterThan(5)
      const kept = await figures()
      await writeAsSystem(platform.database, (tx) => rebuild(tx, day))
      expect(kept).toBe(await figures())
    }
  })

  it('is swept once: asked again on the same day nothing changes', async () => {
    expect(await sweepTo('2026-08-10')).not.toEqual([])
    expect(await sweepTo('2026-08-10')).toEqual([])
  })
})
