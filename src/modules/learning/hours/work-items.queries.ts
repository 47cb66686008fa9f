import { sql } from 'kysely'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { declareWorkItems } from '../../../kernel/work-items/registry.ts'
import './hours.policy.ts'

const kind = 'learning.hours'

// Only what the reader's own organizations have to confirm, to answer or to enter; summed up, one line each.
declareWorkItems({
  kind,
  list: async (read, actor, today) => {
    const own = organizationsFor(actor, 'learning.hours.confirm')
    if (own.length === 0) return []
    const at = sql`any (${`{${own.join(',')}}`}::bigint[])`
    const { rows } = await sql<{ study: number; asked: number; open: number }>`select
        (select count(*) from learning.study_records s where s.state = 'submitted' and s.organization_no = ${at}
          and s.person_no is distinct from ${actor.personNo}::bigint)::int as study,
        (select count(*) from learning.correction_requests q where q.state = 'asked' and q.organization_no = ${at})::int as asked,
        (select count(*) from learning.classes c where c.state = 'planned' and c.ends_on < ${today}::date and c.organization_no = ${at})::int as open`.execute(
      reading<'learning'>(read),
    )
    const found = rows[0] ?? { study: 0, asked: 0, open: 0 }
    const item = (name: keyof typeof found, title: string, link: string) =>
      found[name] === 0
        ? []
        : [{ id: `${kind}.${name}`, kind, title, detail: '', due: null, tone: 'info' as const, link, count: found[name] }]
    return [
      ...item('open', `有 ${found.open} 个培训班办完还没有登记出勤`, '/training-classes?state=planned'),
      ...item('study', `有 ${found.study} 条自学请支部确认`, '/study-records?state=submitted'),
      ...item('asked', `有 ${found.asked} 份学时更正申请请答复`, '/study-records/corrections'),
    ]
  },
})
