import { type RawBuilder, sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { period as parse, type PeriodName } from '../../../kernel/time/period.ts'
import { notYetDue, stoodUnder, type Tree } from './not-due.queries.ts'
import { cellKinds } from '../engine/recompute.store.ts'

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
}

const numbers = (list: readonly number[]) => sql`${`{${list.join(',')}}`}::bigint[]`

const counted = sql`count(*) filter (where o.status = 1)::int as met, count(*) filter (where o.status = 2)::int as met_late,
  count(*) filter (where o.status = 3)::int as unmet, count(*) filter (where o.status = 4)::int as not_reported,
  count(*) filter (where o.status = 5)::int as exempt, sum(o.numerator)::int as numerator, sum(o.denominator)::int as denominator`

function fromObligations({ organizations, period, tree }: SumsAsked): RawBuilder<unknown> {
  const { starts, ends } = parse(period)
  return sql`select a.ancestor_no as organization_no, o.requirement_no, ${counted}
    from directory.organization_ancestry a
    join rulebook.obligations o on o.organization_no = a.organization_no and o.year = ${Number(period.slice(0, 4))}
    join rulebook.periods p on p.no = o.period_no and p.starts >= ${starts}::date and p.ends <= ${ends}::date
    where a.ancestor_no = any (${numbers(organizations)}) and ${stoodUnder(tree, sql`p.ends`)}
    group by 1, 2`
}

function fromCells({ organizations, period }: SumsAsked): RawBuilder<unknown> {
  return sql`select c.organization_no, c.requirement_no, c.met, c.met_late, c.unmet, c.not_reported, c.exempt, c.numerator::int, c.denominator::int
    from rulebook.cells c join rulebook.periods p on p.no = c.period_no
    where c.year = ${Number(period.slice(0, 4))} and p.name = ${period} and c.organization_no = any (${numbers(organizations)})`
}

/**
 * Sums under each organization: from the cells where there are any, from its few obligations below that. By today's tree they are
 * summed from the obligations, so that both readings hold the same duties and only their place differs.
 */
export async function sumsOf(read: Read, asked: SumsAsked): Promise<Sum[]> {
  if (asked.organizations.length === 0) return []
  const db = reading<'rulebook' | 'directory'>(read)
  const kinds = await db
    .selectFrom('directory.organizations')
    .select(['no', 'kind'])
    .where('no', 'in', [...asked.organizations])
    .execute()
  const withCells =
    asked.tree === 'as_was' ? kinds.filter((row) => cellKinds.some((kind) => kind === row.kind)).map((row) => row.no) : []
  const without = asked.organizations.filter((no) => !withCells.includes(no))
  const parts = [
    ...(withCells.length > 0 ? [fromCells({ ...asked, organizations: withCells })] : []),
    ...(without.length > 0 ? [fromObligations({ ...asked, organizations: without })] : []),
  ]
  type Row = Omit<Sum, 'organizationNo' | 'requirementNo' | 'not_due'> & { organization_no: number; requirement_no: number }
  const rows = await sql<Row>`${sql.join(parts, sql` union all `)}`.execute(db)
  const open = await notYetDue(read, asked, withCells)
  const sums = rows.rows.map(({ organization_no, requirement_no, ...sum }): Sum => {
    const key = `${organization_no} ${requirement_no}`
    const notDue = open.get(key) ?? 0
    open.delete(key)
    return { ...sum, organizationNo: organization_no, requirementNo: requirement_no, not_due: notDue }
  })
  const none = { met: 0, met_late: 0, unmet: 0, not_reported: 0, exempt: 0, numerator: 0, denominator: 0 }
  for (const [key, notDue] of open) {
    const [organizationNo = 0, requirementNo = 0] = key.split(' ').map(Number)
    sums.push({ ...none, organizationNo, requirementNo, not_due: notDue })
  }
  return sums
}
