import { sql } from 'kysely'
import { asEngine, reading, type Tx } from '../../../kernel/database/handles.ts'
import { cellKinds, treeLock } from './recompute.store.ts'

const oneUpdater = 715012

/**
 * Takes queued changes away and adds them to the cells, in bulk: each change to the cell of its own period and to those of the
 * longer periods around it. Answers how many were taken; 0 when there were none or another updater is at it.
 */
export async function updateCells(tx: Tx, most = 20_000): Promise<number> {
  return asEngine(tx, async () => {
    const db = reading<'rulebook'>(tx)
    const alone = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${oneUpdater}) as got`.execute(db)
    if (!alone.rows[0]?.got) return 0
    const taken = await sql<{ taken: number }>`
      with taken as (
        delete from rulebook.cell_deltas where no in (select no from rulebook.cell_deltas order by no limit ${most} for update skip locked)
        returning *),
      summed as (
        select t.requirement_no, t.organization_no, n.outer_no as period_no, sum(met) as met, sum(met_late) as met_late, sum(unmet) as unmet,
          sum(not_reported) as not_reported, sum(exempt) as exempt, sum(numerator) as numerator, sum(denominator) as denominator
        from taken t join rulebook.period_nesting n on n.period_no = t.period_no
        group by 1, 2, 3),
      written as (
        insert into rulebook.cells as c (year, requirement_no, organization_no, period_no, met, met_late, unmet, not_reported, exempt, numerator, denominator)
        select p.year, s.requirement_no, s.organization_no, s.period_no, s.met, s.met_late, s.unmet, s.not_reported, s.exempt, s.numerator, s.denominator
        from summed s join rulebook.periods p on p.no = s.period_no
        where (s.met, s.met_late, s.unmet, s.not_reported, s.exempt, s.numerator, s.denominator) <> (0, 0, 0, 0, 0, 0, 0)
        order by p.year, s.organization_no, s.period_no, s.requirement_no
        on conflict (year, organization_no, period_no, requirement_no) do update set
          met = c.met + excluded.met, met_late = c.met_late + excluded.met_late, unmet = c.unmet + excluded.unmet,
          not_reported = c.not_reported + excluded.not_reported, exempt = c.exempt + excluded.exempt,
          numerator = c.numerator + excluded.numerator, denominator = c.denominator + excluded.denominator)
      select count(*)::int as taken from taken`.execute(db)
    return taken.rows[0]?.taken ?? 0
  })
}

/** An organization's move: who stood above it before and who stands above it after, for periods that end on that day or later. */
export interface Moved {
  readonly organizationNo: number
  readonly on: string
  readonly oldAncestors: readonly number[]
  readonly newAncestors: readonly number[]
}

const numbers = (list: readonly number[]) => sql`${`{${list.join(',')}}`}::bigint[]`

/**
 * After a move: compares what the cells of the organizations above hold, with what is still on its way, against the sums of the
 * obligations by the new tree, and queues the difference. Exact whatever moved before or above; obligations are never apportioned,
 * each period goes by the tree of its last day.
 */
export async function shiftCells(tx: Tx, moved: Moved): Promise<void> {
  await asEngine(tx, async () => {
    const db = reading<'rulebook'>(tx)
    await sql`select pg_advisory_xact_lock(${treeLock}), pg_advisory_xact_lock(${oneUpdater})`.execute(db)
    await sql`
      with above as (
        select distinct o.no from directory.organizations o
        where o.kind = any (${cellKinds as unknown as string[]}::text[])
          and (o.no = any (${numbers([...moved.oldAncestors, ...moved.newAncestors])}) or o.no in (
            select a.ancestor_no from directory.organization_ancestry a where a.organization_no = ${moved.organizationNo}
              and a.depth > 0 and a.valid && daterange(${moved.on}::date, null)))
          -- Under a single root everything stays, whoever moves.
          and (exists (select 1 from directory.organization_edges e where e.organization_no = o.no)
            or (select count(*) from directory.organizations r where not exists (select 1 from directory.organization_edges e where e.organization_no = r.no)) > 1)),
      shown as (
        select c.requirement_no, c.organization_no, c.period_no, c.met, c.met_late, c.unmet, c.not_reported, c.exempt, c.numerator, c.denominator
        from rulebook.cells c join above on above.no = c.organization_no
        join rulebook.periods p on p.no = c.period_no join rulebook.requirements r on r.no = c.requirement_no and r.period_cadence = p.cadence
        where p.ends >= ${moved.on}::date
        union all
        select d.requirement_no, d.organization_no, d.period_no, d.met, d.met_late, d.unmet, d.not_reported, d.exempt, d.numerator, d.denominator
        from rulebook.cell_deltas d join above on above.no = d.organization_no
        join rulebook.periods p on p.no = d.period_no where p.ends >= ${moved.on}::date),
      owed as (
        select o.requirement_no, a.ancestor_no as organization_no, o.period_no, (o.status = 1)::int as met, (o.status = 2)::int as met_late,
          (o.status = 3)::int as unmet, (o.status = 4)::int as not_reported, (o.status = 5)::int as exempt, o.numerator, o.denominator
        from rulebook.obligations o join rulebook.periods p on p.no = o.period_no
        join directory.organization_ancestry a on a.organization_no = o.organization_no and a.valid @> p.ends
        join above on above.no = a.ancestor_no
        where p.ends >= ${moved.on}::date),
      signed as (
        select *, 1 as sign from owed union all select *, -1 from shown)
      insert into rulebook.cell_deltas (requirement_no, organization_no, period_no, met, met_late, unmet, not_reported, exempt, numerator, denominator)
      select requirement_no, organization_no, period_no, sum(sign * met), sum(sign * met_late), sum(sign * unmet), sum(sign * not_reported),
        sum(sign * exempt), sum(sign * numerator), sum(sign * denominator)
      from signed group by 1, 2, 3
      having (sum(sign * met), sum(sign * met_late), sum(sign * unmet), sum(sign * not_reported), sum(sign * exempt), sum(sign * numerator),
        sum(sign * denominator)) <> (0, 0, 0, 0, 0, 0, 0)`.execute(db)
  })
}
