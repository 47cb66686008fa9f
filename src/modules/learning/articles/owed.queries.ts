import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { posts } from '../../directory/posts/posts.contract.ts'
import { articleStates, type ArticleState } from './articles.lifecycle.ts'

/** D2.3: 领导干部, by the posts that they hold in a leading group. */
export const owing = ['leading_group_secretary', 'leading_group_deputy', 'leading_group_member'] as const

interface Asked {
  readonly year: number
  readonly under: string | undefined
  readonly today: CivilDate
}
type Row = {
  personId: string
  name: string
  post: (typeof owing)[number]
  organization: string
  state: ArticleState | 'recorded' | null
}

const stateSql = (year: number) => sql`coalesce(
  (select a.state from learning.articles a where a.author_no = p.no and a.state not in ('withdrawn', 'drafted')
    and extract(year from a.first_submitted_on) = ${year}::int order by a.accepted_on is null, a.no desc limit 1),
  (select 'recorded' from orglife.work_record_persons w join orglife.work_records r on r.no = w.record_no and r.state = 'recorded'
    join orglife.work_record_tags k on k.record_no = r.no and k.tag = 'research_article'
    where w.person_no = p.no and extract(year from w.held_on) = ${year}::int limit 1))`

const words = (state: Row['state']): string =>
  state === null ? '还没有提交' : state === 'recorded' ? '已记工作纪实' : articleStates[state]

/** Leading officials in the reader's scope with the state of their article of a year, by unit and post. */
export async function articlesOwedBy(read: Read, { year, under, today }: Asked) {
  const day = today < `${year}-12-31` ? today : `${year}-12-31`
  const { rows } = await sql<Row>`select p.id as "personId", p.name, t.post, n.name as organization, ${stateSql(year)} as state
    from directory.posts t join directory.persons p on p.no = t.person_no join directory.organizations o on o.no = t.organization_no
    join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
    where t.post = any (${[...owing]}::text[]) and t.valid @> ${day}::date and (${under ?? ''} = '' or exists (
      select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
      where a.organization_no = o.no and u.id = ${under ?? ''} and a.valid @> ${day}::date))
    order by o.position, n.name, array_position(${[...owing]}::text[], t.post), p.pinyin, p.no limit 3000`.execute(
    reading<'learning' | 'directory' | 'orglife'>(read),
  )
  return rows.map(({ state, post, ...person }) => ({
    ...person,
    post: posts[post].name,
    state: words(state),
    done: state === 'accepted' || state === 'published' || state === 'recorded',
  }))
}
