import { type RawBuilder, sql } from 'kysely'
import { keptPlan } from '../../../kernel/database/kept-plans.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { period as parse, type PeriodName } from '../../../kernel/time/period.ts'
import type { Place, RequirementHead } from './indicators.queries.ts'
import type { Tree } from './tree-reading.queries.ts'

/** A natural period that lies inside the one asked about. */
export interface InnerPeriod {
  readonly no: number
  readonly name: PeriodName
  readonly cadence: string
  readonly starts: CivilDate
  readonly ends: CivilDate
}

/** The rows that a figure sums: of which organizations, requirements and periods. */
export interface Frame {
  readonly place: Place
  readonly tree: Tree
  readonly period: PeriodName
  readonly heads: ReadonlyMap<number, RequirementHead>
  readonly inner: ReadonlyMap<number, InnerPeriod>
  /** How many stand or stood under the place; counted no further than `mostByTree`. */
  readonly below: number
}

/** Up to so many organizations are asked one by one; beyond that, rows are read in the order of an index until a screen is full. */
export const mostByTree = 5_000

export const listed = (numbers: readonly number[], type: 'int' | 'bigint') => sql`${`{${numbers.join(',')}}`}::${sql.raw(type)}[]`
/** As a literal, so that the planner leaves the other years out. */
export const yearOf = (frame: Frame) => sql.lit(Number(frame.period.slice(0, 4)))

export async function frameOf(
  read: Read,
  asked: { place: Place; period: PeriodName; tree: Tree; heads: readonly RequirementHead[] },
): Promise<Frame> {
  const { starts, ends } = parse(asked.period)
  const { rows } = await sql<
    InnerPeriod & { below: number }
  >`${keptPlan}select p.no, p.name, p.cadence, p.starts::text, p.ends::text,
      (select count(*)::int from (select 1 from directory.organization_ancestry a where a.ancestor_no = ${asked.place.no} limit ${mostByTree + 1}) t) as below
    from rulebook.periods p where p.starts >= ${starts}::date and p.ends <= ${ends}::date and p.starts <= ${ends}::date order by p.starts desc, p.no`.execute(
    reading<'rulebook' | 'directory'>(read),
  )
  return {
    place: asked.place,
    tree: asked.tree,
    period: asked.period,
    heads: new Map(asked.heads.map((head) => [head.no, head])),
    inner: new Map(rows.map((row) => [row.no, row])),
    below: rows[0]?.below ?? 0,
  }
}

/**
 * Whether `organization` stood under the place on the day `ends`, or stands there by today's tree. `offset 0` keeps the planner from making a
 * join of it: it takes a tree for a few rows, and would gather and sort all there is instead of reading a screen in order.
 */
export function standsUnder(
  { place, tree }: Frame,
  { organization, ends }: { organization: RawBuilder<unknown>; ends: RawBuilder<unknown> },
): RawBuilder<unknown> {
  return tree === 'as_was'
    ? sql`exists (select 1 from directory.organization_ancestry a where a.organization_no = ${organization} and a.ancestor_no = ${place.no} and a.valid @> ${ends} offset 0)`
    : sql`exists (select 1 from directory.present_ancestry a where a.organization_no = ${organization} and a.ancestor_no = ${place.no} offset 0)`
}

/** All under the place on the day `ends`, or by today's tree, as an array. */
export function allUnder({ place, tree }: Frame, ends: RawBuilder<unknown>): RawBuilder<unknown> {
  return tree === 'as_was'
    ? sql`array(select a.organization_no from directory.organization_ancestry a where a.ancestor_no = ${place.no} and a.valid @> ${ends})`
    : sql`array(select a.organization_no from directory.present_ancestry a where a.ancestor_no = ${place.no})`
}

/** Requirement and period of each group of rows, in order, to be unnested as requirement_no, period_no, ends, at. */
export function groupsRelation(
  frame: Frame,
  groups: readonly { requirementNo: number; periodNo: number }[],
): RawBuilder<unknown> {
  const ends = groups.map(({ periodNo }) => frame.inner.get(periodNo)?.ends ?? frame.period)
  return sql`unnest(${listed(
    groups.map(({ requirementNo }) => requirementNo),
    'int',
  )}, ${listed(
    groups.map(({ periodNo }) => periodNo),
    'int',
  )}, ${`{${ends.join(',')}}`}::date[]) with ordinality as g (requirement_no, period_no, ends, at)`
}
