import { sql } from 'kysely'
import { reading, type Tx } from '../src/kernel/database/handles.ts'
import { openDatabase } from '../src/kernel/database/pool.ts'
import { writeAsSystem } from '../src/kernel/database/transaction.ts'
import { figuresFromSetting, rebuild } from '../src/modules/rulebook/index.ts'
import { type Figure, load, quantile, ratio, timed } from './measuring.ts'
import type { Place } from './place.ts'

class TakenBack extends Error {}

/** Runs work in a transaction that leaves nothing behind; answers its milliseconds. */
async function takenBack(
  place: Place,
  prepare: (tx: Tx) => Promise<unknown>,
  work: (tx: Tx) => Promise<unknown>,
): Promise<number> {
  const patient = openDatabase(place.appUrl, { max: 1, statementTimeout: 0 })
  let took = Number.NaN
  try {
    await writeAsSystem(patient, async (tx) => {
      await prepare(tx)
      took = await timed(() => work(tx))
      throw new TakenBack('measured')
    })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  } finally {
    await patient.close()
  }
  return took
}

/** What one would write by hand for one report: how many branches held each kind of meeting in each month, by every organization above. */
const byHand = (tx: Tx, year: number) =>
  sql`select a.ancestor_no, p.no, k.kind, count(*) as branches, count(h.kind) as held, coalesce(sum(h.times), 0) as times
    from directory.organizations b
    join rulebook.periods p on p.year = ${year} and p.cadence = 'month' and b.established_on <= p.starts and (b.dissolved_on is null or b.dissolved_on > p.ends)
    cross join unnest(array['theme_day', 'committee_meeting', 'members_meeting', 'group_meeting', 'organization_life_meeting', 'lecture']) as k (kind)
    join directory.organization_ancestry a on a.organization_no = b.no and a.valid @> p.ends
    left join lateral (
      select 1 as kind, count(*) as times from orglife.meeting_organizations mo join orglife.meetings m on m.no = mo.meeting_no and m.state = 'recorded'
      where mo.organization_no = b.no and mo.held_on between p.starts and p.ends and k.kind = any (m.kinds) having count(*) > 0) h on true
    where b.kind = 'branch' group by 1, 2, 3`.execute(reading<'directory' | 'orglife' | 'rulebook'>(tx))

/**
 * All figures of one year computed again from the facts (obligations, evidence and cells written), in turn with one GROUP BY by hand
 * over the same meetings that writes nothing and asks only whether each kind was held. Nothing is kept.
 */
export async function measureRebuild(place: Place, times = 1): Promise<Figure[]> {
  const today = place.platform.clock.today()
  const year = Number(today.slice(0, 4))
  const begin = (tx: Tx) =>
    sql`update kernel.settings set value = to_jsonb(${`${year}-01-01`}::text) where name = ${figuresFromSetting}`.execute(
      reading<'kernel'>(tx),
    )
  const [whole, hand]: [number[], number[]] = [[], []]
  let most = 0
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 100)
  for (let n = 0; n < times; n += 1) {
    whole.push(await takenBack(place, begin, (tx) => rebuild(tx, today)))
    hand.push(await takenBack(place, begin, (tx) => byHand(tx, year)))
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
      name: `手写一条 GROUP BY（同样的会议，不落库）：${place.size}`,
      value: `${(theirs / 1000).toFixed(2)} s；重算是它的 ${ratio(ours / theirs)}`,
      target: '≤ 3 ×',
      met: ours / theirs <= 3,
    },
  ]
}
