import { sql } from 'kysely'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { addDays, type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { declareWorkItems } from '../../../kernel/work-items/registry.ts'

interface Waiting {
  readonly id: string
  readonly title: string
  readonly fields: number
  readonly due: CivilDate
  readonly count: number
}

declareWorkItems({
  kind: 'rulebook.data_requests',
  list: async (read, actor, today) => {
    const own = organizationsFor(actor, 'rulebook.data_request.answer')
    if (own.length === 0) return []
    const rows =
      await sql<Waiting>`select q.id, q.title, jsonb_array_length(q.fields) as fields, min(d.due_on)::text as due, count(*)::int as count
      from rulebook.data_request_recipients r join rulebook.data_requests q on q.no = r.request_no and q.state = 'published'
      join rulebook.data_request_rounds d on d.request_no = q.no and d.due_on <= ${addDays(today, 30)}::date
      where r.organization_no = any (${`{${own.join(',')}}`}::bigint[]) and not exists (select 1 from rulebook.data_answers a
        where a.request_no = q.no and a.due_on = d.due_on and a.organization_no = r.organization_no)
      group by 1, 2, 3 order by 4, 1 limit 20`.execute(reading<'rulebook'>(read))
    return rows.rows.map(({ id, title, fields, due, count }) => ({
      id: `data-request ${id}`,
      kind: '专项填报',
      title: `填报：${title}`,
      detail: `${fields} 项，${inChinese(due)}截止`,
      due,
      tone: due < today ? ('short' as const) : ('soon' as const),
      link: `/data-requests/${id}`,
      ...(count > 1 && { count }),
    }))
  },
})
