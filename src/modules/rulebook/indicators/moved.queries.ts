import { sql } from 'kysely'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { period as parse, type PeriodName } from '../../../kernel/time/period.ts'

/** What today's tree adds to (positive) or takes from (negative) an organization's cells of one requirement and period. */
export interface MovedRow {
  readonly organization_no: number
  readonly requirement_no: number
  readonly period_no: number
  readonly met: number
  readonly met_late: number
  readonly unmet: number
  readonly not_reported: number
  readonly exempt: number
  readonly numerator: number
  readonly denominator: number
}

const signed = (status: number) => sql`sum(s.sign * (o.status = ${sql.lit(status)})::int)::int`

/**
 * The difference between the two readings: obligations of organizations that stood elsewhere on a period's last day than they do
 * today, with the sign of the change. As it is = as it was + these. The organizations asked for must be ones the reader may see: the
 * moved ones are found by index as the engine, because row-level security would keep the planner from it.
 */
export async function movedSince(
  read: Read,
  { organizations, period }: { readonly organizations: readonly number[]; readonly period: PeriodName },
): Promise<readonly MovedRow[]> {
  const { starts, ends } = parse(period)
  const asked = sql`${`{${organizations.join(',')}}`}::bigint[]`
  return asEngine(read, async () => {
    const rows = await sql<MovedRow>`
      with changed as (
        select a.organization_no, a.ancestor_no, a.valid, 0 as now from directory.organization_ancestry a
        where a.ancestor_no = any (${asked}) and not upper_inf(a.valid) and upper(a.valid) > ${starts}::date
        union all
        select a.organization_no, a.ancestor_no, a.valid, 1 from directory.organization_ancestry a
        where a.ancestor_no = any (${asked}) and upper_inf(a.valid) and lower(a.valid) > ${starts}::date
        union all
        select a.organization_no, a.ancestor_no, 'empty'::daterange, 1 from directory.organizations o
        join directory.present_ancestry a on a.organization_no = o.no and a.ancestor_no = any (${asked}) and a.ancestor_no <> o.no
        where o.dissolved_on > ${starts}::date)
      select c.ancestor_no as organization_no, o.requirement_no, o.period_no, ${signed(1)} as met, ${signed(2)} as met_late,
        ${signed(3)} as unmet, ${signed(4)} as not_reported, ${signed(5)} as exempt,
        sum(s.sign * o.numerator)::float8 as numerator, sum(s.sign * o.denominator)::float8 as denominator
      from changed c
      join rulebook.obligations o on o.organization_no = c.organization_no and o.year = ${sql.lit(Number(period.slice(0, 4)))}
      join rulebook.periods p on p.no = o.period_no and p.starts >= ${starts}::date and p.ends <= ${ends}::date
      cross join lateral (select c.now - (c.valid @> p.ends)::int as sign) s
      where s.sign <> 0 group by 1, 2, 3`.execute(reading<'rulebook' | 'directory'>(read))
    return rows.rows
  })
}
