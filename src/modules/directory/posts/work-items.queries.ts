import { sql } from 'kysely'
import { reading } from '../../../kernel/database/handles.ts'
import { addDays, inChinese } from '../../../kernel/time/civil-date.ts'
import { declareWorkItems } from '../../../kernel/work-items/registry.ts'
import { posts } from './posts.contract.ts'

const kind = 'directory.taken_over'
/** So long after taking a post over one is shown where the list of what is handed over stands. */
const daysShown = 30
/** Posts with which the papers of an organization are handed over. */
const keeping: readonly (keyof typeof posts)[] = [
  'branch_secretary',
  'general_branch_secretary',
  'committee_secretary',
  'full_time_deputy',
]

interface TakenOver {
  readonly id: string
  readonly name: string
  readonly post: keyof typeof posts
  readonly since: string
}

declareWorkItems({
  kind,
  list: async (read, actor, today) => {
    if (actor.personNo === null) return []
    const { rows } = await sql<TakenOver>`select o.id, o.name, t.post, lower(t.valid)::text as since from directory.posts t
      join directory.organizations_now o on o.no = t.organization_no
      where t.person_no = ${actor.personNo} and t.post = any (${[...keeping]}::text[]) and upper_inf(t.valid)
        and lower(t.valid) between ${addDays(today, -daysShown)}::date and ${today}::date and o.dissolved_on is null
        and exists (select 1 from directory.posts b where b.organization_no = t.organization_no and b.post = t.post and b.person_no <> t.person_no)
      order by t.no`.execute(reading<'directory'>(read))
    return rows.map(({ id, name, post, since }) => ({
      id: `${kind}:${id}`,
      kind,
      title: `接手${name}：看交接清单`,
      detail: `您自${inChinese(since)}起任${posts[post].name}。没有办结的、答应过的、等着批的，都列在清单里`,
      due: null,
      tone: 'info' as const,
      link: `/collections?organization=${id}`,
    }))
  },
})
