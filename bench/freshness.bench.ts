import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { reading } from '../src/kernel/database/handles.ts'
import { readAsSystem, writeAsSystem } from '../src/kernel/database/transaction.ts'
import { startLoop } from '../src/kernel/jobs/loop.ts'
import { updateCells } from '../src/modules/rulebook/index.ts'
import { type Branch, recordThemeDay, rootOf, someBranches } from './branches.ts'
import { type Figure, halfAndMost, load, quantile } from './measuring.ts'
import type { Place } from './place.ts'

const seconds = 20
const atOnce = 16

/** A record whose transaction has been acknowledged, or a look at the root's cell: when, and how many there were by then. */
interface Seen {
  readonly at: number
  readonly count: number
}

/**
 * From the acknowledged commit to the root's cell: theme days are recorded at a steady rate by many branches while the updater
 * runs as in the product, and the root's cell is looked at every 20 ms. Each theme day adds one to the cell's measure; changes
 * are taken in their order, so the n-th record is matched with the first look that showed n.
 */
export async function measureFreshness(place: Place, rates: readonly number[] = [50, 200]): Promise<Figure[]> {
  const branches = await someBranches(place, 2_000)
  const { database, log } = place.platform
  const run = () => writeAsSystem(database, (tx) => updateCells(tx))
  while ((await run()) > 0);
  const updater = startLoop({ name: 'cells', every: 300, log, run })
  const figures: Figure[] = []
  for (const rate of rates) figures.push(await atRate(place, branches, rate))
  await updater.stop()
  return figures
}

async function atRate(place: Place, branches: readonly Branch[], rate: number): Promise<Figure> {
  const root = (await rootOf(place)).no
  const before = await themeDays(place, root)
  const looks: Seen[] = []
  let looking = true
  const watching = (async () => {
    while (looking) {
      looks.push({ count: (await themeDays(place, root)) - before, at: performance.now() })
      await pause(20)
    }
  })()
  const started = performance.now()
  const commits = await recordSteadily(place, branches, rate)
  const took = (performance.now() - started) / 1000
  const deadline = performance.now() + 60_000
  while ((looks.at(-1)?.count ?? 0) < commits.length && performance.now() < deadline) await pause(20)
  looking = false
  await watching
  const waits = commits.flatMap((commit, index) => {
    const look = looks.find((each) => each.count > index)
    return look ? [look.at - commit] : []
  })
  const lost = commits.length - waits.length
  const reached = commits.length / took
  const most = quantile(waits, 0.95)
  return {
    name: `上级数字的新鲜度：${place.size}，目标每秒 ${rate} 次`,
    value: `${halfAndMost(waits)}；实际每秒 ${reached.toFixed(0)} 次，共 ${commits.length} 次，未见 ${lost} 次，负载 ${load()}`,
    target: 'p95 ≤ 2 s，速率另看',
    met: most <= 2_000 && lost === 0,
  }
}

/** Starts a record each time one is due, at most so many at once; answers when each was acknowledged, in order. */
async function recordSteadily(place: Place, branches: readonly Branch[], rate: number): Promise<number[]> {
  const commits: number[] = []
  const running = new Set<Promise<void>>()
  const started = performance.now()
  for (let n = 0; performance.now() - started < seconds * 1000; n += 1) {
    const due = started + (n * 1000) / rate
    if (due > performance.now()) await pause(due - performance.now())
    const branch = branches[n % branches.length]
    if (!branch) break
    const record = recordThemeDay(place, branch).then(() => void commits.push(performance.now()))
    const tracked: Promise<void> = record.finally(() => running.delete(tracked))
    running.add(tracked)
    if (running.size >= atOnce) await Promise.race(running)
  }
  await Promise.all(running)
  return commits.sort((a, b) => a - b)
}

/** The measure in the root's cell of this month's theme days. */
async function themeDays(place: Place, root: number): Promise<number> {
  const month = place.platform.clock.today().slice(0, 7)
  const found = await readAsSystem(place.platform.database, (read) =>
    sql<{ held: number }>`select coalesce(sum(c.numerator), 0) as held from rulebook.cells c
      where c.year = ${Number(month.slice(0, 4))} and c.organization_no = ${root}
        and c.period_no = (select p.no from rulebook.periods p where p.name = ${month})
        and c.requirement_no in (select r.no from rulebook.requirements r where r.code = 'ZB14')`.execute(
      reading<'rulebook'>(read),
    ),
  )
  return Number(found.rows[0]?.held ?? 0)
}
