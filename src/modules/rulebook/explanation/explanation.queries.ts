import { sql } from 'kysely'
import type { z } from 'zod'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { period as parse, type PeriodName, periodOf } from '../../../kernel/time/period.ts'
import { countsOf, type Place, type RequirementHead, requirementHeads } from '../indicators/indicators.queries.ts'
import { addCounts, ratioOf } from '../indicators/indicators.rules.ts'
import { putOffSince } from '../indicators/not-due.queries.ts'
import { sumsOf, type Sum } from '../indicators/sums.queries.ts'
import { dimensions } from '../obligations/obligations.contract.ts'
import type { explain } from './explanation.contract.ts'
import { changeInWords, standsInWords } from './explanation.rules.ts'
import { mattersOf, shown } from './matters.queries.ts'
import { waitingRelation } from './waiting.queries.ts'

type Explanation = z.output<(typeof explain)['reply']>
const db = (read: Read) => reading<'rulebook' | 'directory'>(read)

interface Asked {
  readonly period: PeriodName
  readonly asOf: CivilDate
}

interface WaitingRow extends Omit<Explanation['waiting'][number], 'days'> {
  readonly total: number
}

async function waitingUnder(read: Read, place: Place, today: CivilDate): Promise<Pick<Explanation, 'waiting' | 'waitingTotal'>> {
  const rows = await sql<WaitingRow>`
    select w.kind, w.id, jsonb_build_object('id', o.id, 'name', n.name) as organization, w.title, w.waits_on as "waitsOn", w.since::text, count(*) over ()::int as total
    from (${waitingRelation()}) w
    join directory.organization_ancestry a on a.organization_no = w.organization_no and a.ancestor_no = ${place.no} and upper_inf(a.valid)
    join directory.organizations o on o.no = w.organization_no
    join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
    order by w.since, w.id limit ${shown}`.execute(db(read))
  const day = 86_400_000
  return {
    waiting: rows.rows.map(({ total: _, ...row }) => ({
      ...row,
      days: Math.max(0, Math.round((Date.parse(today) - Date.parse(row.since)) / day)),
    })),
    waitingTotal: rows.rows[0]?.total ?? 0,
  }
}

/** What an organization stands at in a period, what is open there, and what waits on somebody above. */
export async function explanationOf(read: Read, place: Place, asked: Asked): Promise<Explanation> {
  const heads = await requirementHeads(read)
  const { starts, cadence } = parse(asked.period)
  const before = periodOf(addDays(starts, -1), cadence).name
  const known = { kinds: [place], tree: 'as_was', asOf: asked.asOf, putOff: await putOffSince(read, asked.asOf) } as const
  const sums = (period: PeriodName) => sumsOf(read, { ...known, organizations: [place.no], period })
  const [now, then] = [await sums(asked.period), await sums(before)]
  const of = (all: readonly Sum[], fits: (head: RequirementHead) => boolean) =>
    addCounts(
      all
        .filter((sum) => {
          const head = heads.get(sum.requirementNo)
          return head !== undefined && fits(head)
        })
        .map(countsOf),
    )
  const hard = (all: readonly Sum[]) => of(all, ({ strength }) => strength === 'hard')
  const [counts, earlier] = [hard(now), hard(then)]
  return {
    organization: { id: place.id, name: place.name, kind: place.kind },
    period: asked.period,
    sentence: standsInWords(counts),
    counts,
    soft: of(now, ({ strength }) => strength === 'soft'),
    ratio: ratioOf(counts),
    dimensions: Object.keys(dimensions).map((dimension) => {
      const own = of(now, (head) => head.strength === 'hard' && head.dimension === dimension)
      return { dimension, counts: own, ratio: ratioOf(own) }
    }),
    before: { period: before, counts: earlier, ratio: ratioOf(earlier), sentence: changeInWords(counts, earlier) },
    matters: await mattersOf(read, { ...asked, place, sums: now, heads }),
    ...(await waitingUnder(read, place, asked.asOf)),
  }
}
