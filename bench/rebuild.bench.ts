import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { reading, type Tx } from '../src/kernel/database/handles.ts'
import { openDatabase } from '../src/kernel/database/pool.ts'
import { readAsSystem, writeAsSystem } from '../src/kernel/database/transaction.ts'
import { figuresFromSetting, rebuild } from '../src/modules/rulebook/index.ts'
import { type Figure, load, quantile, ratio, timed } from './measuring.ts'
import { type Place, productRoot } from './place.ts'

const cellKinds = ['working_committee', 'unit', 'party_committee', 'general_branch']

class TakenBack extends Error {}

/** Runs work in a transaction that leaves nothing behind; answers its milliseconds. */
async function takenBack(
  place: Place,
  work: (tx: Tx) => Promise<unknown>,
  after: (tx: Tx) => Promise<unknown> = () => Promise.resolve(),
): Promise<number> {
  const patient = openDatabase(place.appUrl, { max: 1, statementTimeout: 0 })
  let took = Number.NaN
  try {
    await writeAsSystem(patient, async (tx) => {
      took = await timed(() => work(tx))
      await after(tx)
      throw new TakenBack('measured')
    })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  } finally {
    await patient.close()
  }
  return took
}

/** The report written by hand (`by-hand.sql`), as one statement. */
async function byHand(place: Place): Promise<string> {
  const today = place.platform.clock.today()
  const text = await readFile(path.join(productRoot, 'bench/by-hand.sql'), 'utf8')
  const kinds = `array[${cellKinds.map((kind) => `'${kind}'`).join(', ')}]`
  return text
    .replaceAll(':today', `date '${today}'`)
    .replaceAll(':since', `date '${await since(place)}'`)
    .replaceAll(':kinds', kinds)
}

async function since(place: Place): Promise<string> {
  const found = await readAsSystem(place.platform.database, (read) =>
    sql<{
      since: string
    }>`select value #>> '{}' as since from kernel.settings where name = ${figuresFromSetting}`.execute(reading<'kernel'>(read)),
  )
  return found.rows[0]?.since ?? '2019-01-01'
}

/** Reads what was written by hand; answers the milliseconds and keeps the rows for comparing. */
async function readByHand(tx: Tx, text: string, keep: boolean): Promise<void> {
  const kept = keep ? 'create temporary table by_hand on commit drop as ' : ''
  const asked = keep ? text : `select count(*) from (${text.slice(text.indexOf('with spans'))}) x`
  await sql.raw(kept + asked).execute(reading<'rulebook'>(tx))
}

/** How many cells of the requirements in it differ from those of the engine; and how many there are. */
async function differing(tx: Tx): Promise<{ cells: number; different: number }> {
  const { rows } = await sql<{ cells: number; different: number }>`
    select count(*)::int as cells, count(*) filter (where (coalesce(h.met, 0), coalesce(h.met_late, 0), coalesce(h.unmet, 0), coalesce(h.not_reported, 0),
      coalesce(h.exempt, 0)) is distinct from (c.met, c.met_late, c.unmet, c.not_reported, c.exempt))::int as different
    from by_hand h full join (
      select r.code, c.* from rulebook.cells c join rulebook.requirements r on r.no = c.requirement_no
      join rulebook.periods p on p.no = c.period_no and p.cadence = r.period_cadence
      where r.code in (select code from by_hand) and p.starts >= (select value #>> '{}' from kernel.settings where name = ${figuresFromSetting})::date) c
      on c.code = h.code and c.organization_no = h.ancestor_no and c.period_no = h.period_no`.execute(reading<'rulebook'>(tx))
  return rows[0] ?? { cells: 0, different: -1 }
}

/**
 * All figures of the last twelve months computed again from the facts (obligations, evidence and cells written), in turn with the
 * report written by hand, which keeps nothing. Its statuses are compared with the engine's cell by cell. Nothing is kept.
 */
export async function measureRebuild(place: Place, times = 2): Promise<Figure[]> {
  const today = place.platform.clock.today()
  const text = await byHand(place)
  const [whole, hand]: [number[], number[]] = [[], []]
  let [most, compared] = [0, { cells: 0, different: -1 }]
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 100)
  for (let n = 0; n < times; n += 1) {
    hand.push(await takenBack(place, (tx) => readByHand(tx, text, false)))
    const again = async (tx: Tx) => rebuild(tx, today)
    whole.push(
      await takenBack(place, again, async (tx) => {
        if (n > 0) return
        await readByHand(tx, text, true)
        compared = await differing(tx)
      }),
    )
  }
  clearInterval(watch)
  const [ours, theirs] = [quantile(whole, 0.5), quantile(hand, 0.5)]
  return [
    { name: `重算一年全部数字：${place.size}`, value: `${(ours / 1000).toFixed(1)} s，负载 ${load()}` },
    {
      name: `重算时程序的内存（常驻，峰值）：${place.size}`,
      value: `${Math.round(most / 1024 / 1024)} MB`,
      target: '< 500 MB',
      met: most < 500 * 1024 * 1024,
    },
    {
      name: `手写的 GROUP BY（同样的事实和要求，不落库）：${place.size}`,
      value: `${(theirs / 1000).toFixed(2)} s；重算是它的 ${ratio(ours / theirs)}`,
      target: '≤ 3 ×',
      met: ours / theirs <= 3,
    },
    {
      name: `手写的与引擎的逐格比较：${place.size}`,
      value: `${compared.cells.toLocaleString('en')} 格，不同 ${compared.different} 格`,
      target: '没有不同',
      met: compared.different === 0 && compared.cells > 0,
    },
  ]
}
