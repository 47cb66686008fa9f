import { sql } from 'kysely'
import { reading } from '../src/kernel/database/handles.ts'
import { readAsSystem } from '../src/kernel/database/transaction.ts'
import { rootOf } from './branches.ts'
import { type Figure, halfAndMost, interleaved, load, ms, quantile, ratio } from './measuring.ts'
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

/** What the committee's officer asks, by name: one month's theme days, and the whole of a month. */
export async function readsOf(place: Place): Promise<Record<string, string>> {
  const [root, unit] = [(await rootOf(place)).id, await largeUnit(place)]
  const period = lastMonth(place.platform.clock.today())
  const trace = (organization: string) =>
    `/api/v1/indicators/trace?requirement=ZB14&organization=${organization}&period=${period}`
  return {
    驾驶舱: `/api/v1/cockpit?period=${period}`,
    '情况说明：全域': `/api/v1/explain?organization=${root}&period=${period}`,
    '情况说明：一个单位': `/api/v1/explain?organization=${unit}&period=${period}`,
    '为什么是这个数：全域': trace(root),
    '为什么是这个数：一个单位': trace(unit),
    '为什么是这个数：全域一个维度一年': `/api/v1/indicators/trace?dimension=D3&organization=${root}&period=${period.slice(0, 4)}`,
    '指标格：全域和各下级': `/api/v1/indicators?organization=${root}&period=${period}&requirement=ZB14`,
    '差别：全域各下级': `/api/v1/indicators/differences?organization=${root}&period=${period}`,
  }
}

/**
 * What an officer reads, asked over HTTP in turn with one indexed select over the same server, session, transaction and scopes.
 */
export async function measureCockpit(place: Place, rounds = 120): Promise<Figure[]> {
  const server = await serve(place.platform)
  try {
    const officer = await visit(server.origin, 'gongwei')
    const root = await rootOf(place)
    const reads = Object.entries(await readsOf(place)).map(([name, path]) => [name, () => officer.get(path)] as const)
    const samples: Record<string, number[]> = await interleaved(
      { 'one row': () => officer.get(`/api/v1/bench/one-row?organization=${root.no}`), ...Object.fromEntries(reads) },
      { rounds, warmUp: 15 },
    )
    const yardstick = samples['one row'] ?? []
    return [
      { name: `按主键取一行（同一条路）：${place.size}`, value: `${halfAndMost(yardstick)}，负载 ${load()}` },
      ...reads.map(([name]) => against(`${name}：${place.size}`, samples[name] ?? [], yardstick)),
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
    value: `${halfAndMost(values)}；中位 ${ratio(times)}，p95 ${ratio(timesMost)}`,
    target: `p95 ≤ 5 ×，≤ ${ms(50)}`,
    met: timesMost <= 5 && (most ?? Number.NaN) <= 50,
  }
}
