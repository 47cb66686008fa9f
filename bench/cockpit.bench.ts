import { sql } from 'kysely'
import { reading } from '../src/kernel/database/handles.ts'
import { readAsSystem } from '../src/kernel/database/transaction.ts'
import { rootOf } from './branches.ts'
import { type Figure, halfAndMost, interleaved, ms, quantile, ratio } from './measuring.ts'
import type { Place } from './place.ts'
import { serve, visit } from './serving.ts'

/** The last whole month, whose figures are complete. */
export function lastMonth(today: string): string {
  const [year = 0, month = 0] = today.split('-').map(Number)
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
}

/** A unit with the most organizations under it: what an officer opens from the cockpit. */
export async function largeUnit(place: Place): Promise<string> {
  const found = await readAsSystem(place.platform.database, (read) =>
    sql<{
      id: string
    }>`select o.id from directory.organizations o join directory.organization_ancestry a on a.ancestor_no = o.no and upper_inf(a.valid)
      where o.kind = 'unit' group by o.no order by count(*) desc, o.no limit 1`.execute(reading<'directory'>(read)),
  )
  return found.rows[0]?.id ?? ''
}

/**
 * The city cockpit and “why this figure”, asked over HTTP by the committee's officer, in turn with one indexed select over the same
 * server, session, transaction and scopes. What is traced is one month's theme days: of a large unit, and (five times) of the whole tree.
 */
export async function measureCockpit(place: Place, rounds = 150): Promise<Figure[]> {
  const server = await serve(place.platform)
  try {
    const officer = await visit(server.origin, 'gongwei')
    const root = await rootOf(place)
    const unit = await largeUnit(place)
    const period = lastMonth(place.platform.clock.today())
    const get = (path: string) => () => officer.get(path)
    const samples = await interleaved(
      {
        'one row': get(`/api/v1/bench/one-row?organization=${root.no}`),
        驾驶舱: get(`/api/v1/cockpit?period=${period}`),
        单位一格的由来: get(`/api/v1/indicators/trace?requirement=ZB14&organization=${unit}&period=${period}`),
      },
      { rounds, warmUp: 15 },
    )
    const { 'one row': yardstick, ...asked } = samples
    // The whole tree's cell counts every record of the month: seldom opened, and slow where there are many.
    const whole = await interleaved(
      { 全域一格的由来: get(`/api/v1/indicators/trace?requirement=ZB14&organization=${root.id}&period=${period}`) },
      { rounds: 5, warmUp: 1 },
    )
    return [
      { name: `按主键取一行（同一条路）：${place.size}`, value: halfAndMost(yardstick) },
      ...Object.entries({ ...asked, ...whole }).map(([name, values]) => against(`${name}：${place.size}`, values, yardstick)),
    ]
  } finally {
    await server.close()
  }
}

function against(name: string, values: readonly number[], yardstick: readonly number[]): Figure {
  const [half, most] = [0.5, 0.95].map((share) => quantile(values, share))
  const times = (half ?? Number.NaN) / quantile(yardstick, 0.5)
  const timesMost = (most ?? Number.NaN) / quantile(yardstick, 0.95)
  return {
    name,
    value: `${halfAndMost(values)}；${ratio(times)}（p95 ${ratio(timesMost)}）`,
    target: `≤ 5 ×，≤ ${ms(50)}`,
    met: times <= 5 && (most ?? Number.NaN) <= 50,
  }
}
