import { type RawBuilder, sql } from 'kysely'
import { keptPlan } from '../../../kernel/database/kept-plans.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { period as parse, type PeriodName } from '../../../kernel/time/period.ts'
import { notYetDue } from './not-due.queries.ts'
import { above, type Tree } from './tree-reading.queries.ts'
import { cellKinds } from '../engine/recompute.store.ts'
import { movedSince } from './moved.queries.ts'

/** Sums of one requirement's version under one organization in one period. */
export interface Sum {
  readonly organizationNo: number
  readonly requirementNo: number
  readonly met: number
  readonly met_late: number
  readonly unmet: number
  readonly not_reported: number
  readonly exempt: number
  readonly not_due: number
  readonly numerator: number
  readonly denominator: number
}

export interface SumsAsked {
  readonly organizations: readonly number[]
  readonly period: PeriodName
  readonly tree: Tree
  readonly asOf: CivilDate
  /** Kinds of organizations that the caller knows already. */
  readonly kinds?: readonly { readonly no: number; readonly kind: string }[]
  /** The answer of `openSince` for `asOf`, where the caller has asked already. */
  readonly putOff?: CivilDate | null
}

const numbers = (list: readonly number[]) => sql`${`{${list.join(',')}}`}::bigint[]`

const counted = sql`count(*) filter (where o.status = 1)::int as met, count(*) filter (where o.status = 2)::int as met_late,
  count(*) filter (where o.status = 3)::int as unmet, count(*) filter (where o.status = 4)::int as not_reported,
  count(*) filter (where o.status = 5)::int as exempt, sum(o.numerator)::float8 as numerator, sum(o.denominator)::float8 as denominator`

function fromObligations({ organizations, period, tree }: SumsAsked): RawBuilder<unknown> {
  const { starts, ends } = parse(period)
  return sql`select a.ancestor_no as organization_no, o.requirement_no, ${counted}
    from rulebook.obligations o
    join rulebook.periods p on p.no = o.period_no and p.starts >= ${starts}::date and p.ends <= ${ends}::date
    ${above(tree, { organization: sql`o.organization_no`, ends: sql`p.ends` })}
    where o.year = ${Number(period.slice(0, 4))} and a.ancestor_no = any (${numbers(organizations)})
    group by 1, 2`
}

function fromCells({ organizations, period }: SumsAsked): RawBuilder<unknown> {
  return sql`select c.organization_no, c.requirement_no, c.met, c.met_late, c.unmet, c.not_reported, c.exempt, c.numerator::float8, c.denominator::float8
    from rulebook.cells c join rulebook.periods p on p.no = c.period_no
    where c.year = ${Number(period.slice(0, 4))} and p.name = ${period} and c.organization_no = any (${numbers(organizations)})`
}

type Summed = Omit<Sum, 'organizationNo' | 'requirementNo' | 'not_due'>
const nothing: Summed = { met: 0, met_late: 0, unmet: 0, not_reported: 0, exempt: 0, numerator: 0, denominator: 0 }
type Row = Summed & { organization_no: number; requirement_no: number }

function added(one: Summed, other: Summed): Summed {
  return {
    met: one.met + other.met,
    met_late: one.met_late + other.met_late,
    unmet: one.unmet + other.unmet,
    not_reported: one.not_reported + other.not_reported,
    exempt: one.exempt + other.exempt,
    numerator: one.numerator + other.numerator,
    denominator: one.denominator + other.denominator,
  }
}

/**
 * Sums under each organization: from the cells where there are any, from its few obligations below that. By today's tree the cells are
 * taken with what has moved since added and subtracted, so that both readings hold the same duties and only their place differs.
 */
export async function sumsOf(read: Read, asked: SumsAsked): Promise<Sum[]> {
  if (asked.organizations.length === 0) return []
  const db = reading<'rulebook' | 'directory'>(read)
  const kinds =
    asked.kinds ??
    (await db
      .selectFrom('directory.organizations')
      .select(['no', 'kind'])
      .where('no', 'in', [...asked.organizations])
      .execute())
  const withCells = kinds.filter((row) => cellKinds.some((kind) => kind === row.kind)).map((row) => row.no)
  const without = asked.organizations.filter((no) => !withCells.includes(no))
  const parts = [
    ...(withCells.length > 0 ? [fromCells({ ...asked, organizations: withCells })] : []),
    ...(without.length > 0 ? [fromObligations({ ...asked, organizations: without })] : []),
  ]
  const rows = await sql<Row>`${keptPlan}${sql.join(parts, sql` union all `)}`.execute(db)
  const moved: readonly Row[] =
    asked.tree === 'as_is' && withCells.length > 0 ? await movedSince(read, { ...asked, organizations: withCells }) : []
  const sums = new Map<string, Summed>()
  for (const row of [...rows.rows, ...moved]) {
    const key = `${row.organization_no} ${row.requirement_no}`
    sums.set(key, added(sums.get(key) ?? nothing, row))
  }
  const open = await notYetDue(read, asked, withCells)
  return [...new Set([...sums.keys(), ...open.keys()])].map((key) => {
    const [organizationNo = 0, requirementNo = 0] = key.split(' ').map(Number)
    return { ...(sums.get(key) ?? nothing), organizationNo, requirementNo, not_due: open.get(key) ?? 0 }
  })
}
