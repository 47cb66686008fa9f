import { sql } from 'kysely'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { declareWorkItems } from '../../../kernel/work-items/registry.ts'
import { toDecide } from './relief.queries.ts'

const kind = 'rulebook.reliefs_to_decide'

declareWorkItems({
  kind,
  list: async (read, actor) => {
    if (organizationsFor(actor, 'rulebook.relief.grant').length === 0) return []
    const { rows } = await sql<{
      count: number
    }>`select count(*)::int as count from rulebook.reliefs r where ${toDecide(actor)}`.execute(
      reading<'rulebook' | 'directory'>(read),
    )
    const count = rows[0]?.count ?? 0
    if (count === 0) return []
    const title = `${count} 项延期、停表申请等您决定`
    return [
      {
        id: kind,
        kind,
        title,
        detail: '决定之前原来的到期日照算',
        due: null,
        tone: 'waiting',
        link: '/reliefs?mine=to_decide',
        count,
      },
    ]
  },
})
