import { sql } from 'kysely'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { ownerNames } from '../cases/case-names.queries.ts'

const duties: Readonly<Record<string, string>> = { first: '第一责任人', direct: '直接责任人' }

/** 责任链 of the unit in which an organization stands (R1), as far as the register says so. */
export async function responsibleOf(
  read: Read,
  organizationNo: number,
  today: CivilDate,
): Promise<{ duty: string; name: string }[]> {
  // The register of a unit lies above whoever keeps a branch of it; whoever sees the item sees who is responsible for it.
  const { rows } = await asEngine(read, () =>
    sql<{ duty: string; personNo: number }>`select r.duty, r.person_no as "personNo"
    from directory.responsibilities r
    where r.duty in ('first', 'direct') and r.valid @> ${today}::date and r.organization_no = (
      select a.ancestor_no from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no and u.kind = 'unit'
      where a.organization_no = ${organizationNo} and upper_inf(a.valid) order by a.depth limit 1)
    order by r.duty desc, r.no`.execute(reading<'directory'>(read)),
  )
  const names = await ownerNames(
    read,
    rows.map((row) => row.personNo),
  )
  const inOrder = [...rows].sort((a, b) => Number(b.duty === 'first') - Number(a.duty === 'first'))
  return inOrder.map((row) => ({ duty: duties[row.duty] ?? row.duty, name: names.get(row.personNo)?.name ?? '' }))
}
