import { expect, test } from 'vitest'
import { writeAsSystem } from '../../kernel/database/transaction.ts'
import { testPlatform } from '../../kernel/testing/test-platform.ts'
import { loadRulebooks } from '../../modules/rulebook/index.ts'
import { registerModules } from '../modules.ts'
import { seedDemonstration } from './seed-demonstration.ts'

const today = '2026-11-23'
registerModules()

test('nothing in the made-up city is stamped later than the first minute of today, whenever it is made', async () => {
  const platform = await testPlatform(today)
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  await seedDemonstration(platform, { scale: 'small', today, passwordHash: 'scrypt$made-up' })
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
}, 60_000)
