import { sql } from 'kysely'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { declareWorkItems } from '../../../kernel/work-items/registry.ts'
import { reviewAwaited } from './local-rules.queries.ts'

const kind = 'supervision.local_rules'

/** Before its day a rule's review stands on the first page of whoever keeps the organization itself. */
declareWorkItems({
  kind,
  list: async (read, actor, today) => {
    const kept = organizationsFor(actor, 'supervision.local_rule.review')
    if (kept.length === 0) return []
    const { rows } = await sql<{ count: number; due: string | null }>`select count(*)::int as count, min(l.review_on)::text as due
      from supervision.local_rules l where ${reviewAwaited(today)} and l.organization_no = any (${`{${kept.join(',')}}`}::bigint[])`.execute(
      reading<'supervision'>(read),
    )
    const [found] = rows
    if (!found || found.count === 0) return []
    const { count, due } = found
    const said = {
      title: `${count} 项制度快到复核日期`,
      detail: '看看还管不管用：复核、修订或废止',
      link: '/local-rules?due=soon',
    }
    return [{ ...said, id: `${kind}.review`, kind, count, due, tone: due !== null && due < today ? 'short' : 'soon' }]
  },
})
