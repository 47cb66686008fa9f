import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'

/** The working committees with nobody above them: a rule touches all that is below. Empty before the first organization. */
export async function topCommittees(read: Read): Promise<number[]> {
  const rows = await sql<{ no: number }>`select o.no from directory.organizations o
    where o.kind = 'working_committee' and o.dissolved_on is null
      and not exists (select 1 from directory.organization_edges e where e.organization_no = o.no and upper_inf(e.valid))
    order by o.no`.execute(reading<'directory'>(read))
  return rows.rows.map(({ no }) => no)
}
