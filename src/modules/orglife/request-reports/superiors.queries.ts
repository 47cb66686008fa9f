import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'

export interface Superior {
  readonly no: number
  readonly id: string
  readonly name: string
  readonly kind: string
}

/** Party organizations above one, the direct superior first: a unit is a department and receives no such paper. */
export async function superiorsOf(read: Read, organizationNo: number): Promise<Superior[]> {
  const { rows } = await sql<Superior>`select o.no, o.id, o.name, o.kind from directory.organization_ancestry a
    join directory.organizations_now o on o.no = a.ancestor_no
    where a.organization_no = ${organizationNo} and a.depth > 0 and upper_inf(a.valid) and o.dissolved_on is null
      and o.kind in ('working_committee', 'party_committee', 'general_branch') order by a.depth`.execute(
    reading<'directory'>(read),
  )
  return rows
}

/**
 * The other side of a twofold leadership (条例 7, 机关条例 33–34): what stands directly under the working committee is led by its unit's
 * leading group too. Null where there is none.
 */
export async function otherSideOf(read: Read, organizationNo: number, direct: Superior | undefined): Promise<Superior | null> {
  if (direct?.kind !== 'working_committee') return null
  const { rows } = await sql<Superior>`select g.no, g.id, g.name, g.kind from directory.organizations o
    join directory.organization_edges e on e.organization_no = o.no and upper_inf(e.valid)
    join directory.organization_edges s on s.parent_no = e.parent_no and upper_inf(s.valid)
    join directory.organizations_now g on g.no = s.organization_no and g.kind = 'leading_group' and g.dissolved_on is null
    join directory.organizations u on u.no = e.parent_no and u.kind = 'unit'
    where o.no = ${organizationNo} and o.kind in ('party_committee', 'general_branch') order by g.position, g.no limit 1`.execute(
    reading<'directory'>(read),
  )
  return rows[0] ?? null
}

/** The days within which answers and what follows them are owed, as the rule in force says them. */
export async function daysAllowed(read: Read, today: CivilDate): Promise<{ answer: number; followUp: number }> {
  const { rows } = await sql<{
    answer: number | null
    followUp: number | null
  }>`select (r.params ->> 'answer_days')::int as answer,
      (r.params ->> 'follow_up_days')::int as "followUp"
    from rulebook.requirements r where r.measure = 'orglife.requests_answered' and r.enabled and r.valid @> ${today}::date
    order by r.version desc limit 1`.execute(reading<'rulebook'>(read))
  return { answer: rows[0]?.answer ?? usual.answer, followUp: rows[0]?.followUp ?? usual.followUp }
}
/** Where no rule stands in force. */
export const usual = { answer: 15, followUp: 30 } as const

/** The organization and, for a body of a unit, the unit: whose keepers are told of what lies with it. */
export async function deskOf(read: Read, organizationNo: number): Promise<number[]> {
  const { rows } = await sql<{
    no: number
  }>`select p.no from directory.organization_edges e join directory.organizations p on p.no = e.parent_no
    and p.kind = 'unit' where e.organization_no = ${organizationNo} and upper_inf(e.valid)`.execute(reading<'directory'>(read))
  return [organizationNo, ...rows.map(({ no }) => no)]
}

export async function nameOf(read: Read, organizationNo: number): Promise<string> {
  const row = await reading<'directory'>(read)
    .selectFrom('directory.organizations_now')
    .select('name')
    .where('no', '=', organizationNo)
    .executeTakeFirst()
  return row?.name ?? ''
}
