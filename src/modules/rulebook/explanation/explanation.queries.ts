import { sql } from 'kysely'
import type { z } from 'zod'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { period as parse, type PeriodName, periodOf } from '../../../kernel/time/period.ts'
import { countsOf, type Place, type RequirementHead, requirementHeads } from '../indicators/indicators.queries.ts'
import { addCounts, ratioOf } from '../indicators/indicators.rules.ts'
import { sumsOf, type Sum } from '../indicators/sums.queries.ts'
import { dimensions } from '../obligations/obligations.contract.ts'
import type { explain } from './explanation.contract.ts'
import { changeInWords, standsInWords } from './explanation.rules.ts'
import { waitingRelation } from './waiting.queries.ts'

type Explanation = z.output<(typeof explain)['reply']>
const db = (read: Read) => reading<'rulebook' | 'directory'>(read)

/** Requirements and waiting things shown at once; the lists behind them hold the rest. */
const shown = 12
const placesShown = 5

interface Asked {
  readonly period: PeriodName
  readonly asOf: CivilDate
}

interface OpenRow {
  readonly code: string
  readonly title: string
  readonly dimension: string
  readonly clauses: string[]
  readonly remedy: string
  readonly unmet: number
  readonly not_reported: number
  readonly oldest: CivilDate
  readonly places: { id: string; name: string; open: number }[]
  readonly places_total: number
}

/** What is open of hard requirements, by requirement, with the first organizations where it is, in the order of the tree. */
async function mattersOf(read: Read, place: Place, { period }: Asked): Promise<Explanation['matters']> {
  const { starts, ends } = parse(period)
  const rows = await sql<OpenRow>`
    with open as materialized (
      select o.requirement_no, o.organization_no, count(*) filter (where o.status = 3)::int as unmet,
        count(*) filter (where o.status = 4)::int as not_reported, min(o.due_on) as oldest
      from rulebook.obligations o join rulebook.periods p on p.no = o.period_no and p.starts >= ${starts}::date and p.ends <= ${ends}::date
      join directory.organization_ancestry a on a.organization_no = o.organization_no and a.valid @> p.ends and a.ancestor_no = ${place.no}
      where o.year = ${sql.lit(Number(period.slice(0, 4)))} and o.status in (3, 4)
        and o.requirement_no in (select no from rulebook.requirements where strength = 'hard')
      group by 1, 2),
    placed as (
      select r.code, n.organization_no, w.id, n.name, w.position, sum(p.unmet)::int as unmet, sum(p.not_reported)::int as not_reported, min(p.oldest) as oldest,
        row_number() over (partition by r.code order by w.position, n.name) as at
      from open p join rulebook.requirements r on r.no = p.requirement_no
      join directory.organizations w on w.no = p.organization_no
      join directory.organization_names n on n.organization_no = w.no and upper_inf(n.valid)
      group by 1, 2, 3, 4, 5),
    summed as (
      select code, sum(unmet)::int as unmet, sum(not_reported)::int as not_reported, min(oldest)::text as oldest, count(*)::int as places_total,
        jsonb_agg(jsonb_build_object('id', id, 'name', name, 'open', unmet + not_reported) order by at) filter (where at <= ${placesShown}) as places
      from placed group by 1)
    select s.*, v.title, v.dimension, v.clauses, v.remedy from summed s
    cross join lateral (select q.title, q.dimension, q.clauses, q.remedy from rulebook.requirements q where q.code = s.code and q.strength = 'hard' order by q.version desc limit 1) v
    order by s.unmet + s.not_reported desc, s.code limit ${shown}`.execute(db(read))
  return rows.rows.map(({ code, not_reported, oldest, places_total, ...row }) => ({
    ...row,
    requirement: code,
    notReported: not_reported,
    oldestDue: oldest,
    placesTotal: places_total,
  }))
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
  const sums = (period: PeriodName) => sumsOf(read, { organizations: [place.no], period, tree: 'as_was', asOf: asked.asOf })
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
    matters: await mattersOf(read, place, asked),
    ...(await waitingUnder(read, place, asked.asOf)),
  }
}
