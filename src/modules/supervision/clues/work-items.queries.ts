import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { declareWorkItems, type WorkItem } from '../../../kernel/work-items/registry.ts'
import { readableClue } from './clue-line.queries.ts'

const kind = 'supervision.clues'

interface Waiting {
  readonly assess: number
  readonly assessDue: string | null
  readonly verify: number
  readonly verifyDue: string | null
}

/** What waits for the discipline line: counts alone, and only of what the reader handles. */
async function clueItems(read: Read, actor: Actor): Promise<WorkItem[]> {
  const { rows } = await sql<Waiting>`select count(*) filter (where c.state in ('received', 'assessed'))::int as assess,
      min(c.assess_by) filter (where c.state = 'received') as "assessDue",
      count(*) filter (where c.state = 'verifying')::int as verify, min(c.due_on) filter (where c.state = 'verifying') as "verifyDue"
    from supervision.clues c where ${readableClue(actor)}`.execute(reading<'supervision' | 'directory'>(read))
  const item = (name: string, count: number, rest: Pick<WorkItem, 'title' | 'detail' | 'due' | 'link'>): WorkItem[] =>
    count > 0 ? [{ id: `${kind}.${name}`, kind, tone: 'soon', count, ...rest }] : []
  return rows.flatMap((one) => [
    ...item('assess', one.assess, {
      title: `${one.assess} 条线索待评估或处置`,
      detail: '评估以后核实、移送或存查',
      due: one.assessDue,
      link: '/clues',
    }),
    ...item('verify', one.verify, {
      title: `${one.verify} 条线索在核实`,
      detail: '到期前办结，或说明理由延长',
      due: one.verifyDue,
      link: '/clues?state=verifying',
    }),
  ])
}

declareWorkItems({ kind, list: clueItems })
