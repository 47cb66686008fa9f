import { sql } from 'kysely'
import { reading, type Tx } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { planned } from './derived.store.ts'
import { cellKinds } from './recompute.store.ts'
import { reachOf } from './reach.rules.ts'
import { figuresSince, type LiveRequirement, requirementVersions, subjectKinds } from './requirement.queries.ts'
import { statusRelations } from './status.store.ts'
import type { Scope } from './windows.store.ts'

/** So many organizations at a time: what they write stays together in the indexes, and a statement needs little memory. */
const portion = 4_000

/** A part of a rebuild: some organizations and the requirements computed for them, one after the other. */
export interface Part {
  readonly organizations: readonly number[]
  readonly requirements: readonly LiveRequirement[]
}

/** Everything that is to be computed from nothing. */
export interface Rebuilding {
  readonly since: CivilDate
  /** In any order: they count records of modules, and none counts another. */
  readonly recorded: readonly Part[]
  /** In this order, after the others: they count requirements. */
  readonly derived: readonly Part[]
}

/** What a rebuild as of a day consists of. */
export async function rebuildingOf(tx: Tx): Promise<Rebuilding> {
  const plan = planned(await requirementVersions(tx), {})
  const { rows } = await sql<{
    no: number
    kind: string
  }>`select o.no, o.kind from directory.organizations o order by o.no`.execute(reading<'directory'>(tx))
  const portions = Array.from({ length: Math.ceil(rows.length / portion) }, (_, index) =>
    rows.slice(index * portion, (index + 1) * portion),
  )
  const parts = (requirements: readonly LiveRequirement[]) =>
    portions.flatMap((organizations) => {
      const kinds = new Set(organizations.map(({ kind }) => kind))
      const owed = requirements.filter((one) => subjectKinds(one).some((kind) => kinds.has(kind)))
      return owed.length === 0 ? [] : [{ organizations: organizations.map(({ no }) => no), requirements: owed }]
    })
  return {
    since: await figuresSince(tx),
    recorded: parts(plan.recorded),
    derived: plan.derived.flatMap((requirement) => parts([requirement])),
  }
}

/** Computes a part as of a day and writes it where nothing of it stands yet. */
export async function computePart(tx: Tx, part: Part, is: { since: CivilDate; asOf: CivilDate }): Promise<void> {
  const { asOf, since } = is
  // Events of the last year may fall due in the next.
  const scope: Scope = { asOf, since, organizations: part.organizations, from: since, to: `${asOf.slice(0, 4)}-12-31` }
  for (const requirement of part.requirements) if (reachOf(requirement, scope)) await computeOne(tx, requirement, scope)
}

const subjectKey = sql`subject_kind, subject_no, organization_no, period_no`

/** The same as `recompute` writes, without looking for what stood there; the cells come last. Full join: see `sameWindow`. */
async function computeOne(tx: Tx, requirement: LiveRequirement, scope: Scope): Promise<void> {
  await sql`with ${statusRelations(requirement, scope)},
    written as (
      insert into rulebook.obligations (year, requirement_no, ${subjectKey}, status, numerator, denominator, due_on)
      select f.year, ${requirement.no}, ${subjectKey}, f.status, f.numerator, f.denominator, f.due_on from judged f
      where f.status between 1 and 5 order by organization_no, period_no)
    insert into rulebook.evidence (year, requirement_no, ${subjectKey}, record_kind, record_no, numerator, denominator, recorded_on, reason)
    select f.year, ${requirement.no}, f.subject_kind, f.subject_no, f.organization_no, f.period_no, f.record_kind, f.record_no, f.numerator,
      f.denominator, f.recorded_on, f.reason
    from found f full join judged j on j.subject_kind = f.subject_kind and j.subject_no = f.subject_no and j.organization_no = f.organization_no
      and j.period_no = f.period_no
    where num_nulls(f.period_no) = 0 and (f.record_kind <> 'organization' or f.numerator > 0 or j.status between 1 and 4)
    order by f.organization_no, f.period_no`.execute(reading<'rulebook'>(tx))
}

/** Compared by hand: the range operator would draw the planner to an index of all that stands on the day. */
const standsOn = (range: string, day: string) =>
  sql`not isempty(${sql.ref(range)}) and coalesce(lower(${sql.ref(range)}) <= ${sql.ref(day)}, true) and coalesce(upper(${sql.ref(range)}) > ${sql.ref(day)}, true)`
const statuses = sql`count(*) filter (where o.status = 1) as met, count(*) filter (where o.status = 2) as met_late, count(*) filter (where o.status = 3) as unmet,
  count(*) filter (where o.status = 4) as not_reported, count(*) filter (where o.status = 5) as exempt, sum(o.numerator) as numerator, sum(o.denominator) as denominator`
const withCells = sql`${cellKinds as unknown as string[]}::text[]`

/**
 * All cells from the obligations, in one statement where there are none: summed for the next higher organization, then from there
 * for all above it, a tenth of the rows, and for the longer periods.
 */
export async function computeCells(tx: Tx): Promise<void> {
  await sql`with placed as materialized (
      select o.requirement_no, e.parent_no as organization_no, o.period_no, false as own, ${statuses}
      from rulebook.obligations o join rulebook.periods p on p.no = o.period_no
      join directory.organization_edges e on e.organization_no = o.organization_no and ${standsOn('e.valid', 'p.ends')} group by 1, 2, 3
      union all
      select o.requirement_no, o.organization_no, o.period_no, true, ${statuses}
      from rulebook.obligations o join directory.organizations w on w.no = o.organization_no and w.kind = any (${withCells}) group by 1, 2, 3)
    insert into rulebook.cells (year, requirement_no, organization_no, period_no, met, met_late, unmet, not_reported, exempt, numerator, denominator)
    select q.year, s.requirement_no, a.ancestor_no, n.outer_no, sum(s.met), sum(s.met_late), sum(s.unmet), sum(s.not_reported), sum(s.exempt),
      sum(s.numerator), sum(s.denominator)
    from placed s join rulebook.periods p on p.no = s.period_no
    join directory.organization_ancestry a on a.organization_no = s.organization_no and (a.depth = 0 or not s.own) and ${standsOn('a.valid', 'p.ends')}
    join directory.organizations w on w.no = a.ancestor_no and w.kind = any (${withCells})
    join rulebook.period_nesting n on n.period_no = s.period_no join rulebook.periods q on q.no = n.outer_no
    group by 1, 2, 3, 4 order by 1, 3, 4, 2`.execute(reading<'rulebook'>(tx))
}
