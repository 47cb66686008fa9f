import { sql } from 'kysely'
import type { z } from 'zod'
import { keptPlan } from '../../../kernel/database/kept-plans.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { period as parse, type PeriodName, periodOf } from '../../../kernel/time/period.ts'
import { requirementVersions } from '../engine/requirement.queries.ts'
import { dimensions } from '../obligations/obligations.contract.ts'
import type { cockpit, Counts, listIndicators, trend } from './indicators.contract.ts'
import { addCounts, ratioOf } from './indicators.rules.ts'
import { putOffSince } from './not-due.queries.ts'
import type { Tree } from './tree-reading.queries.ts'
import { type Sum, sumsOf } from './sums.queries.ts'

export interface Place {
  readonly no: number
  readonly id: string
  readonly name: string
  readonly kind: string
}

export interface RequirementHead {
  readonly no: number
  readonly code: string
  readonly title: string
  readonly dimension: string
  readonly strength: 'hard' | 'soft'
  /** Of the periods to which its obligations belong. */
  readonly periodCadence: string
}

const db = (read: Read) => reading<'rulebook' | 'directory'>(read)

/** An organization whose figures the reader may see; without an id, the topmost one of the reader's own. */
export async function placeAsked(read: Read, id: string | undefined, tops: readonly number[]): Promise<Place> {
  const rows = await sql<Place>`${keptPlan}select o.no, o.id, n.name, o.kind from directory.organizations o
    join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
    where ${id === undefined ? sql`o.no = any (${`{${tops.join(',')}}`}::bigint[])` : sql`o.id = ${id}`} and directory.reads(o.no)
    order by (select count(*) from directory.organization_ancestry a where a.organization_no = o.no and upper_inf(a.valid)) limit 1`.execute(
    db(read),
  )
  const [place] = rows.rows
  if (!place) throw new Problem('rulebook.subject_not_found')
  return place
}

/** Direct children on the reading's day, in the order the working committee has set; never by their figures. */
export async function childrenOf(
  read: Read,
  parent: Place,
  asked: { period: PeriodName; tree: Tree; asOf: CivilDate },
): Promise<Place[]> {
  const { ends } = parse(asked.period)
  const day = asked.tree === 'as_is' || ends > asked.asOf ? asked.asOf : ends
  const rows =
    await sql<Place>`${keptPlan}select o.no, o.id, n.name, o.kind from directory.organization_edges e join directory.organizations o on o.no = e.organization_no
    join directory.organization_names n on n.organization_no = o.no and n.valid @> least(${day}::date, coalesce(o.dissolved_on - 1, ${day}::date))
    where e.parent_no = ${parent.no} and e.valid @> ${day}::date order by o.position, n.name`.execute(db(read))
  return rows.rows
}

export async function requirementHeads(read: Read): Promise<Map<number, RequirementHead>> {
  return new Map((await requirementVersions(read)).map((version) => [version.no, version]))
}

export const countsOf = (sum: Sum): Counts => ({
  met: sum.met,
  met_late: sum.met_late,
  unmet: sum.unmet,
  not_reported: sum.not_reported,
  exempt: sum.exempt,
  not_due: sum.not_due,
})

/** Indicators of an organization and its direct children, by requirement code; versions of one code and strength are summed. */
export async function indicatorsAsked(
  read: Read,
  asked: z.output<(typeof listIndicators)['query']>,
  asOf: CivilDate,
): Promise<z.output<(typeof listIndicators)['reply']>> {
  const self = await placeAsked(read, asked.organization, [])
  const places = [self, ...(await childrenOf(read, self, { ...asked, asOf }))]
  const heads = await requirementHeads(read)
  const sums = await sumsOf(read, {
    organizations: places.map((place) => place.no),
    kinds: places,
    period: asked.period,
    tree: asked.tree,
    asOf,
  })
  const items = places.flatMap((place) => {
    const own = sums.filter((sum) => sum.organizationNo === place.no)
    const groups = Map.groupBy(own, (sum) => `${heads.get(sum.requirementNo)?.code} ${heads.get(sum.requirementNo)?.strength}`)
    return [...groups.values()].flatMap((group) => {
      const head = heads.get(group[0]?.requirementNo ?? 0)
      if (!head || (asked.requirement !== undefined && head.code !== asked.requirement)) return []
      const counts = addCounts(group.map(countsOf))
      const value = {
        numerator: group.reduce((n, sum) => n + sum.numerator, 0),
        denominator: group.reduce((n, sum) => n + sum.denominator, 0),
      }
      const { code: requirement, title, dimension, strength } = head
      return [
        {
          requirement,
          title,
          dimension,
          strength,
          organization: { id: place.id, name: place.name, kind: place.kind, self: place === self },
          period: asked.period,
          counts,
          ratio: ratioOf(counts),
          value,
        },
      ]
    })
  })
  return { items, next: null }
}

type Cell = z.output<(typeof cockpit)['reply']>['total'][number]

function cellsOf(sums: readonly Sum[], heads: ReadonlyMap<number, RequirementHead>): Cell[] {
  return Object.keys(dimensions).map((dimension) => {
    const own = (strength: 'hard' | 'soft') =>
      addCounts(
        sums
          .filter(
            (sum) => heads.get(sum.requirementNo)?.dimension === dimension && heads.get(sum.requirementNo)?.strength === strength,
          )
          .map(countsOf),
      )
    const hard = own('hard')
    return { dimension, counts: hard, soft: own('soft'), ratio: ratioOf(hard) }
  })
}

/** Unit × dimension of one period. Only hard requirements are in the counts; soft ones stand beside them. */
export async function cockpitOf(
  read: Read,
  place: Place,
  asked: { period: PeriodName; tree: Tree; asOf: CivilDate },
): Promise<z.output<(typeof cockpit)['reply']>> {
  const children = await childrenOf(read, place, asked)
  const heads = await requirementHeads(read)
  const kinds = [place, ...children]
  const sums = await sumsOf(read, { ...asked, kinds, organizations: kinds.map(({ no }) => no) })
  const byPlace = Map.groupBy(sums, (sum) => sum.organizationNo)
  const of = (no: number) => cellsOf(byPlace.get(no) ?? [], heads)
  const path = await sql<{
    id: string
    name: string
  }>`${keptPlan}select o.id, n.name from directory.organization_ancestry a join directory.organizations o on o.no = a.ancestor_no
    join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
    where a.organization_no = ${place.no} and upper_inf(a.valid) and directory.reads(o.no) order by a.depth desc`.execute(
    db(read),
  )
  const pending = await sql<{ pending: number }>`select rulebook.cells_pending()::int as pending`.execute(db(read))
  return {
    organization: { id: place.id, name: place.name, kind: place.kind },
    path: path.rows,
    total: of(place.no),
    rows: children.map((child) => ({ organization: { id: child.id, name: child.name, kind: child.kind }, cells: of(child.no) })),
    freshness: { pending: pending.rows[0]?.pending ?? 0 },
  }
}

/** The last `count` periods of the same length, oldest first. */
export async function trendOf(
  read: Read,
  asked: z.output<(typeof trend)['query']>,
  asOf: CivilDate,
): Promise<z.output<(typeof trend)['reply']>> {
  const place = await placeAsked(read, asked.organization, [])
  const heads = await requirementHeads(read)
  const names = [asked.period]
  while (names.length < asked.count) {
    const first = parse(names[0] ?? asked.period)
    names.unshift(periodOf(addDays(first.starts, -1), first.cadence).name)
  }
  const items = []
  const putOff = await putOffSince(read, asOf)
  for (const name of names) {
    const sums = await sumsOf(read, { organizations: [place.no], kinds: [place], period: name, tree: 'as_was', asOf, putOff })
    const chosen = sums.filter((sum) => {
      const head = heads.get(sum.requirementNo)
      return (
        head?.strength === 'hard' &&
        (!asked.dimension || head.dimension === asked.dimension) &&
        (!asked.requirement || head.code === asked.requirement)
      )
    })
    const counts = addCounts(chosen.map(countsOf))
    items.push({ period: name, counts, ratio: ratioOf(counts) })
  }
  return { items }
}

/** The cockpit of the topmost of some organizations, by the tree as it was; for whoever has no address of his own. */
export async function cockpitFor(
  read: Read,
  asked: { tops: readonly number[]; period: PeriodName; asOf: CivilDate },
): Promise<z.output<(typeof cockpit)['reply']>> {
  return cockpitOf(read, await placeAsked(read, undefined, asked.tops), {
    period: asked.period,
    tree: 'as_was',
    asOf: asked.asOf,
  })
}
