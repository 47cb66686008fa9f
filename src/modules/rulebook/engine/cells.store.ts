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

/** Removes cells in which nothing is left to sum, so that a rebuilt table is the same. */
export async function dropEmptyCells(tx: Tx): Promise<void> {
  await asEngine(tx, async () => {
    await sql`delete from rulebook.cells where (met, met_late, unmet, not_reported, exempt, numerator, denominator) = (0, 0, 0, 0, 0, 0, 0)`.execute(
      reading<'rulebook'>(tx),
    )
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
 * Queues what a moved subtree takes with it: its sums leave the old ancestors and come to the new ones. Obligations are
 * never apportioned; each period goes by the tree of its last day.
 */
export async function shiftCells(tx: Tx, moved: Moved): Promise<void> {
  const leave = moved.oldAncestors.filter((no) => !moved.newAncestors.includes(no))
  const join = moved.newAncestors.filter((no) => !moved.oldAncestors.includes(no))
  if (leave.length + join.length === 0) return
  await asEngine(tx, async () => {
    const db = reading<'rulebook'>(tx)
    await sql`select pg_advisory_xact_lock(${treeLock})`.execute(db)
    await sql`
      insert into rulebook.cell_deltas (requirement_no, organization_no, period_no, met, met_late, unmet, not_reported, exempt, numerator, denominator)
      select s.requirement_no, w.no, s.period_no, w.sign * met, w.sign * met_late, w.sign * unmet, w.sign * not_reported, w.sign * exempt,
        w.sign * numerator, w.sign * denominator
      from (
        select o.requirement_no, o.period_no, count(*) filter (where status = 1) as met, count(*) filter (where status = 2) as met_late,
          count(*) filter (where status = 3) as unmet, count(*) filter (where status = 4) as not_reported,
          count(*) filter (where status = 5) as exempt, sum(numerator) as numerator, sum(denominator) as denominator
        from rulebook.obligations o join rulebook.periods p on p.no = o.period_no
        join directory.organization_ancestry a on a.organization_no = o.organization_no and a.ancestor_no = ${moved.organizationNo} and a.valid @> p.ends
        where p.ends >= ${moved.on}::date
        group by 1, 2) s
      cross join (select no, 1 as sign from unnest(${numbers(join)}) no union all select no, -1 from unnest(${numbers(leave)}) no) w
      join directory.organizations o on o.no = w.no and o.kind = any (${cellKinds as unknown as string[]}::text[])`.execute(db)
  })
}
