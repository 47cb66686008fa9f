import { sql } from 'kysely'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'

/** Whoever follows up an organization: for what stands in a unit its party committee, else the unit; for these the city's working committee. */
export const followerOf = sql`coalesce((
  select a.ancestor_no from directory.organization_ancestry a
  join directory.organizations up on up.no = a.ancestor_no
  where a.organization_no = o.no and a.depth > 0 and upper_inf(a.valid) and (up.kind = 'working_committee'
    or up.kind in ('party_committee', 'unit')
      and o.kind not in ('unit', 'party_committee', 'leading_group', 'discipline_committee', 'work_leading_group'))
  order by a.depth limit 1), o.no)`

/** The organization that follows up another. */
export async function followerNo(read: Read, organizationNo: number): Promise<number> {
  const { rows } = await sql<{
    no: number
  }>`select ${followerOf} as no from directory.organizations o where o.no = ${organizationNo}`.execute(reading<'directory'>(read))
  return rows[0]?.no ?? organizationNo
}

/**
 * The owner's inner number. Throws `supervision.owner_not_of_organization` unless the person belongs to the unit of the
 * organization concerned, or holds a post there.
 */
export async function ownerOf(read: Read, ownerId: string, at: { organizationNo: number; today: CivilDate }): Promise<number> {
  const { rows } = await asEngine(read, () =>
    sql<{ no: number }>`with top as (
        select coalesce((select a.ancestor_no from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
          where a.organization_no = ${at.organizationNo} and upper_inf(a.valid) and u.kind = 'unit' order by a.depth limit 1), ${at.organizationNo}) as no),
      within as (select b.organization_no as no from directory.organization_ancestry b join top on b.ancestor_no = top.no where upper_inf(b.valid))
      select p.no from directory.persons p where p.id = ${ownerId} and p.left_on is null and (p.home_no in (select no from within)
        or exists (select 1 from directory.memberships m where m.person_no = p.no and m.valid @> ${at.today}::date and m.organization_no in (select no from within))
        or exists (select 1 from directory.posts t where t.person_no = p.no and t.valid @> ${at.today}::date and t.organization_no in (select no from within)))`.execute(
      reading<'directory'>(read),
    ),
  )
  if (!rows[0])
    throw new Problem('supervision.owner_not_of_organization', {
      errors: [{ field: 'ownerId', message: '请从该组织所在单位的人员中选择责任人。' }],
    })
  return rows[0].no
}
