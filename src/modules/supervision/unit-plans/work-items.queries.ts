import { sql } from 'kysely'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { declareWorkItems } from '../../../kernel/work-items/registry.ts'

const kind = 'supervision.unit_plans'

declareWorkItems({
  kind,
  list: async (read, actor) => {
    const tops = organizationsFor(actor, 'supervision.unit_plan.approve')
    if (tops.length === 0) return []
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from supervision.unit_plans p
      where p.state = 'submitted' and exists (select 1 from directory.organization_ancestry s where s.organization_no = p.organization_no
        and s.ancestor_no = any (${`{${tops.join(',')}}`}::bigint[]) and upper_inf(s.valid))`.execute(
      reading<'supervision' | 'directory'>(read),
    )
    const count = rows[0]?.count ?? 0
    if (count === 0) return []
    const said = { title: `${count} 份实施方案待审核`, detail: '请审定，或写明理由退回', link: '/unit-plans?state=submitted' }
    return [{ ...said, id: `${kind}.review`, kind, count, due: null, tone: 'soon' }]
  },
})
