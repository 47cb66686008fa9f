import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { declareSection } from '../../../kernel/papers/collections.ts'
import { said, tabled } from '../../../kernel/papers/paper-blocks.ts'
import type { PaperBlock } from '../../../kernel/papers/paper.contract.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { type PersonCategory, personCategories } from '../persons/persons.contract.ts'
import { posts } from '../posts/posts.contract.ts'

const postNames: Readonly<Record<string, { name: string }>> = posts

async function leadership(read: Read, organizationNo: number): Promise<PaperBlock[]> {
  const db = reading<'directory'>(read)
  const held = await sql<{ post: string; name: string; since: string }>`select t.post, p.name, lower(t.valid)::text as since
    from directory.posts t join directory.persons p on p.no = t.person_no
    where t.organization_no = ${organizationNo} and upper_inf(t.valid) order by t.no`.execute(db)
  const terms = await sql<{
    elected: string
    due: string
  }>`select c.elected_on::text as elected, coalesce(c.extended_to, c.due_on)::text as due
    from directory.committees c where c.organization_no = ${organizationNo} and c.ended_on is null order by c.no`.execute(db)
  return [
    ...terms.rows.map(({ elected, due }) => said(`本届班子${inChinese(elected)}选举产生，${inChinese(due)}任期届满。`)),
    ...tabled(
      [
        ['职务', 40],
        ['姓名', 30],
        ['任职起', 30],
      ],
      held.rows.map(({ post, name, since }) => [postNames[post]?.name ?? post, name, since]),
    ),
  ]
}

declareSection({
  in: ['workbook', 'handover'],
  order: 10,
  title: '班子和任期',
  blocks: (read, { organization }) => leadership(read, organization.no),
})

declareSection({
  in: ['workbook'],
  order: 15,
  title: '党员名册',
  blocks: async (read, { organization, year, today }) => {
    const last = `${year}-12-31` < today ? `${year}-12-31` : today
    const { rows } = await sql<{
      name: string
      category: PersonCategory
      joined: string | null
    }>`select p.name, p.category, p.joined_on::text as joined
      from directory.memberships m join directory.persons p on p.no = m.person_no
      where m.organization_no = ${organization.no} and m.valid @> ${last}::date order by p.pinyin, p.no limit 1000`.execute(
      reading<'directory'>(read),
    )
    return tabled(
      [
        ['姓名', 34],
        ['类别', 33],
        ['入党时间', 33],
      ],
      rows.map(({ name, category, joined }) => [name, personCategories[category], joined ?? '']),
    )
  },
})
