import { beforeAll, expect, test } from 'vitest'
import { writeAsSystem } from '../../kernel/database/transaction.ts'
import { testPlatform } from '../../kernel/testing/test-platform.ts'
import { loadRulebooks, rebuild } from '../../modules/rulebook/index.ts'
import { registerModules } from '../modules.ts'
import { seedDemonstration } from './seed-demonstration.ts'

const today = '2026-11-23'
registerModules()
const platform = await testPlatform(today)

beforeAll(async () => {
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  await seedDemonstration(platform, { scale: 'small', today, passwordHash: 'scrypt$made-up' })
}, 120_000)

test('nothing in the made-up city is stamped later than the first minute of today, whenever it is made', async () => {
  for (const [table, column] of [
    ['supervision.cases', 'greatest(proposed_at, opened_at, reported_at, verified_at)'],
    ['supervision.case_steps', 'acted_at'],
    ['orglife.meetings', 'recorded_at'],
    ['orglife.meeting_revisions', 'recorded_at'],
    ['directory.person_revisions', 'recorded_at'],
  ]) {
    const { rows } = await platform.owner.pool.query<{ stamped: number; later: number }>(
      `select count(${column})::int as stamped, count(*) filter (where ${column} >= '${today}T00:01:00+08:00')::int as later from ${table}`,
    )
    expect([table, rows[0]?.later]).toEqual([table, 0])
    expect(rows[0]?.stamped).toBeGreaterThan(0)
  }
})

test('its figures are those that are built anew from the facts, whatever day the made-up acts were taken on', async () => {
  const figures = async () => {
    const { rows } = await platform.owner.pool.query<{
      duty: string
    }>(`select concat_ws(' ', organization_no, period_no, requirement_no, subject_kind,
      subject_no, status, numerator, denominator) as duty from rulebook.obligations`)
    return rows.map(({ duty }) => duty)
  }
  const kept = await figures()
  await writeAsSystem(platform.database, (tx) => rebuild(tx, today))
  const built = new Set(await figures())
  expect(kept.length).toBeGreaterThan(5_000)
  expect(kept.filter((duty) => !built.has(duty))).toEqual([])
  expect(kept.length).toBe(built.size)
})
