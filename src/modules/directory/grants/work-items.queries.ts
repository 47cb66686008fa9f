import { sql } from 'kysely'
import { reading } from '../../../kernel/database/handles.ts'
import { declareWorkItems } from '../../../kernel/work-items/registry.ts'

const kind = 'directory.grants'

/** Proposed grants wait for the security administrator; row-level security shows them to nobody else who decides. */
declareWorkItems({
  kind,
  list: async (read, actor) => {
    if (actor.administrator !== 'security') return []
    const { rows } = await sql<{
      count: number
    }>`select count(*)::int as count from directory.grants where state = 'proposed'`.execute(reading<'directory'>(read))
    const count = rows[0]?.count ?? 0
    if (count === 0) return []
    const title = `${count} 项权限待批准`
    return [{ id: `${kind}.decide`, kind, title, detail: '请对照任职逐项核对', due: null, tone: 'soon', link: '/grants', count }]
  },
})
