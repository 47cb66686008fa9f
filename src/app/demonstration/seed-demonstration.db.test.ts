import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { writeAsSystem } from '../../kernel/database/transaction.ts'
import { testPlatform } from '../../kernel/testing/test-platform.ts'
import { loadRulebooks } from '../../modules/rulebook/index.ts'
import { registerModules } from '../modules.ts'
import { seedDemonstration } from './seed-demonstration.ts'

const today = '2026-11-23'
registerModules()
const platform = await testPlatform(today)
const again = await testPlatform(today)
const look = <Row>(query: string, at = platform) => at.owner.pool.query<Row & object>(query).then((result) => result.rows)

beforeAll(async () => {
  for (const one of [platform, again]) {
    await writeAsSystem(one.database, (tx) => loadRulebooks(tx, 'rulebooks'))
    const t = performance.now()
    await seedDemonstration(one, { scale: 'small', today, passwordHash: 'not-a-hash', onProgress: (...x) => console.log(x.join(' '), Math.round(performance.now() - t)) })
  }
}, 120_000)

describe('the demonstration city', () => {
  it('stands', async () => {
    for (const q of [
      `select kind, count(*) from directory.organizations group by 1 order by 1`,
      `select category, count(*) from directory.persons group by 1`,
      `select kinds, count(*), count(*) filter (where late_reason is not null) late from orglife.meetings where state='recorded' group by 1`,
      `select state, count(*) from orglife.meetings group by 1`,
      `select r.code, r.strength, r.version, p.cadence, count(*) filter (where status=1) met, count(*) filter (where status=2) late, count(*) filter (where status=3) unmet, count(*) filter (where status=4) nr, count(*) filter (where status=5) ex, round(100.0*count(*) filter (where status in (1,2))/nullif(count(*) filter (where status in (1,2,3,4)),0),1) ratio from rulebook.obligations o join rulebook.requirements r on r.no=o.requirement_no join rulebook.periods p on p.no=o.period_no group by 1,2,3,4 order by 1`,
      `select state, count(*) from supervision.cases group by 1`,
    ]) console.table(await look(q))
    expect(1).toBe(1)
  })
})
