import { sql } from 'kysely'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { conflictOf, conflicts } from './conflict.rules.ts'
import type { StoredArticle } from './articles.store.ts'

/** Roles whose holders are asked to look at articles. */
const reviewing = [
  'reviewer',
  'inspector',
  'committee_officer',
  'unit_leader',
  'committee_secretary',
  'full_time_deputy',
  'discipline_secretary',
]

/** Units to which persons belong on a day, by post or by membership. */
const unitsSql = (day: CivilDate) => sql`coalesce((select jsonb_agg(distinct a.ancestor_no) from (
    select t.organization_no from directory.posts t where t.person_no = p.no and t.valid @> ${day}::date
    union select m.organization_no from directory.memberships m where m.person_no = p.no and m.valid @> ${day}::date
    union select p.home_no) h (no)
  join directory.organization_ancestry a on a.organization_no = h.no and a.valid @> ${day}::date
  join directory.organizations u on u.no = a.ancestor_no and u.kind = 'unit'), '[]')`

/** The units of one person, by post first; the article is kept under the first. */
export async function unitsOf(read: Read, personNo: number, day: CivilDate): Promise<number[]> {
  return asEngine(read, async () => {
    const { rows } = await sql<{
      units: number[]
    }>`select ${unitsSql(day)} as units from directory.persons p where p.no = ${personNo}`.execute(reading<'directory'>(read))
    return (rows[0]?.units ?? []).map(Number)
  })
}

export interface Reviewer {
  readonly personNo: number
  readonly personId: string
  readonly name: string
  readonly organization: string
  readonly conflict: string | null
}

/** Who can be asked to look at an article: whoever has an account in such a role, with what stands against it. */
export async function reviewersFor(
  read: Read,
  article: StoredArticle,
  asked: { day: CivilDate; text?: string | undefined },
): Promise<Reviewer[]> {
  const author = { personNo: article.authorNo, units: await unitsOf(read, article.authorNo, asked.day) }
  const rows = await asEngine(read, async () => {
    const found = await sql<{ personNo: number; personId: string; name: string; organization: string; units: number[] }>`
      select p.no as "personNo", p.id as "personId", p.name, coalesce(n.name, '') as organization, ${unitsSql(asked.day)} as units
      from directory.persons p left join directory.organization_names n on n.organization_no = p.home_no and upper_inf(n.valid)
      where p.left_on is null and exists (select 1 from directory.accounts c join directory.grants g on g.account_no = c.no
        where c.person_no = p.no and c.state = 'active' and g.state = 'approved' and g.valid @> ${asked.day}::date and g.role = any (${reviewing}::text[]))
        and (${asked.text ?? ''} = '' or strpos(p.name, ${asked.text ?? ''}) > 0 or strpos(coalesce(n.name, ''), ${asked.text ?? ''}) > 0)
      order by p.pinyin, p.no limit 500`.execute(reading<'directory'>(read))
    return found.rows
  })
  return rows.map(({ units, ...person }) => {
    const conflict = conflictOf(author, { personNo: person.personNo, units: units.map(Number) })
    return { ...person, conflict: conflict && conflicts[conflict] }
  })
}
