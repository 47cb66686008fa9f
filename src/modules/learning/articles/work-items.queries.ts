import { sql } from 'kysely'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { declareWorkItems } from '../../../kernel/work-items/registry.ts'
import './articles.policy.ts'

const kind = 'learning.articles'

// What waits for oneself as the author or the reviewer, and for the editors what is handed in and what has its opinions.
declareWorkItems({
  kind,
  list: async (read, actor) => {
    const edits = organizationsFor(actor, 'learning.article.assign').length > 0
    const me = sql`${actor.personNo}::bigint`
    const { rows } = await sql<{ returned: number; review: number; submitted: number; answered: number }>`select
        (select count(*) from learning.articles a where a.author_no = ${me} and a.state = 'returned')::int as returned,
        (select count(*) from learning.article_reviews r join learning.articles a on a.no = r.article_no and a.round = r.round and a.state = 'in_review'
          where r.reviewer_no = ${me} and r.opinion is null)::int as review,
        (select count(*) from learning.articles a where ${edits} and a.state = 'submitted' and a.author_no is distinct from ${me}
          and directory.reads(a.organization_no))::int as submitted,
        (select count(*) from learning.articles a where ${edits} and a.state = 'in_review' and a.author_no is distinct from ${me}
          and directory.reads(a.organization_no) and 2 <= (select count(*) from learning.article_reviews r
            where r.article_no = a.no and r.round = a.round and r.opinion is not null))::int as answered`.execute(
      reading<'learning' | 'directory'>(read),
    )
    const found = rows[0] ?? { returned: 0, review: 0, submitted: 0, answered: 0 }
    const item = (name: keyof typeof found, title: string, link: string) =>
      found[name] === 0
        ? []
        : [{ id: `${kind}.${name}`, kind, title, detail: '', due: null, tone: 'info' as const, link, count: found[name] }]
    return [
      ...item('returned', `有 ${found.returned} 篇调研文章退回，请修改`, '/articles?mine=author&state=returned'),
      ...item('review', `有 ${found.review} 篇调研文章请您评审`, '/articles?mine=reviewer&state=in_review'),
      ...item('submitted', `有 ${found.submitted} 篇调研文章等送评审`, '/articles?state=submitted'),
      ...item('answered', `有 ${found.answered} 篇调研文章意见已齐，请定稿或退回`, '/articles?state=in_review'),
    ]
  },
})
