import { sql } from 'kysely'
import { keptPlan } from '../../../kernel/database/kept-plans.ts'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { requirementVersions, subjectKinds } from './requirement.queries.ts'

/**
 * The organizations whose own duties a change at some organizations or of some persons can bear on: themselves, those above them
 * on the days meant, and where the persons hold posts or belong.
 */
export async function bearingOn(
  read: Read,
  touched: { organizations: readonly number[]; persons: readonly number[]; from: CivilDate; to: CivilDate },
): Promise<number[]> {
  return asEngine(read, async () => {
    const rows = await sql<{ no: number }>`${keptPlan}
      with near as (
        select unnest(${`{${touched.organizations.join(',')}}`}::bigint[]) as no
        union select t.organization_no from directory.posts t where t.person_no = any (${`{${touched.persons.join(',')}}`}::bigint[])
        union select m.organization_no from directory.memberships m where m.person_no = any (${`{${touched.persons.join(',')}}`}::bigint[]))
      select distinct a.ancestor_no as no from directory.organization_ancestry a
      where a.organization_no in (select no from near) and a.valid && daterange(${touched.from}::date, ${touched.to}::date, '[]')
      order by 1`.execute(reading<'directory'>(read))
    return rows.rows.map((row) => row.no)
  })
}

/** Organizations where a fact of the directory takes effect or ends on a day after `after` and up to `upTo`. */
export async function changingBetween(read: Read, after: CivilDate, upTo: CivilDate): Promise<number[]> {
  const within = (column: string) =>
    sql`(lower(${sql.ref(column)}) > ${after}::date and lower(${sql.ref(column)}) <= ${upTo}::date
      or upper(${sql.ref(column)}) > ${after}::date and upper(${sql.ref(column)}) <= ${upTo}::date)`
  const rows = await sql<{ no: number }>`
    select organization_no as no from directory.memberships m where ${within('m.valid')}
    union select organization_no from directory.posts t where ${within('t.valid')}
    union select parent_no from directory.organization_edges e where ${within('e.valid')}
    union select organization_no from directory.committees c where c.elected_on > ${after}::date and c.elected_on <= ${upTo}::date
      or c.ended_on > ${after}::date and c.ended_on <= ${upTo}::date
    union select organization_no from rulebook.exemptions x where ${within('x.valid')}`.execute(
    reading<'directory' | 'rulebook'>(read),
  )
  return rows.rows.map((row) => row.no)
}

/** Organizations that owe these requirements or have owed them, in order. */
export async function owingAny(read: Read, requirementNos: readonly number[]): Promise<number[]> {
  const meant = new Set(requirementNos)
  const kinds = (await requirementVersions(read)).filter(({ no }) => meant.has(no)).flatMap((one) => subjectKinds(one))
  return asEngine(read, async () => {
    const { rows } = await sql<{ no: number }>`
      select o.no from directory.organizations o where o.kind = any (${[...new Set(kinds)]}::text[])
      union select o.organization_no from rulebook.obligations o where o.requirement_no = any (${`{${requirementNos.join(',')}}`}::int[])
      order by 1`.execute(reading<'directory' | 'rulebook'>(read))
    return rows.map((row) => row.no)
  })
}
