import { sql } from 'kysely'
import { reading } from '../../../kernel/database/handles.ts'
import { declareWorkItems } from '../../../kernel/work-items/registry.ts'
import { waitingExample } from './examples.queries.ts'

const kind = 'supervision.examples'

declareWorkItems({
  kind,
  list: async (read, actor) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from supervision.examples e
      where ${waitingExample(actor)}`.execute(reading<'supervision' | 'directory'>(read))
    const count = rows[0]?.count ?? 0
    if (count === 0) return []
    const said = { title: `${count} 条好做法等您办理`, detail: '审核、发布，或按退回意见修改', link: '/examples?mine=to_act' }
    return [{ ...said, id: `${kind}.act`, kind, count, due: null, tone: 'soon' }]
  },
})
