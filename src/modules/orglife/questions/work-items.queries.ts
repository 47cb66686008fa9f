import { sql } from 'kysely'
import { holds } from '../../../kernel/access/permissions.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { declareWorkItems, type WorkItem } from '../../../kernel/work-items/registry.ts'
import { type Detector, detectors } from './detectors.contract.ts'
import './questions.policy.ts'

const kind = 'orglife.questions'
const mostShown = 3

// Only the reader's own organizations: those above look at the list when they want to; nothing is due of them.
declareWorkItems({
  kind,
  list: async (read, actor) => {
    if (!holds(actor, 'orglife.question.answer') || actor.writeOrganizations.length === 0) return []
    const { rows } = await sql<{
      id: string
      detector: Detector
      sentence: string
      total: number
    }>`select q.id, q.detector, q.sentence,
        (count(*) over ())::int as total from orglife.questions q
      where q.state = 'open' and q.organization_no = any (${`{${actor.writeOrganizations.join(',')}}`}::bigint[])
      order by q.asked_on, q.no limit ${mostShown}`.execute(reading<'orglife'>(read))
    const items = rows.map(
      (row): WorkItem => ({
        id: `${kind}.${row.id}`,
        kind,
        title: `有一条记录请您核对：${detectors[row.detector]}`,
        detail: row.sentence,
        due: null,
        tone: 'info',
        link: `/questions?open=${row.id}`,
      }),
    )
    const rest = (rows[0]?.total ?? 0) - rows.length
    if (rest <= 0) return items
    const more = { id: `${kind}.more`, kind, title: `还有 ${rest} 条记录请您核对`, detail: '', due: null, tone: 'info' as const }
    return [...items, { ...more, link: '/questions?state=open', count: rest }]
  },
})
