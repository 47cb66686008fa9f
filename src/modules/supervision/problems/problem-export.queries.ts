import type { Read } from '../../../kernel/database/handles.ts'
import type { OutSheet } from '../../../kernel/files/workbook-writer.ts'
import { dimensions, type Dimension } from '../../rulebook/obligations/obligations.contract.ts'
import type { ProblemLine } from './problems.contract.ts'
import { problemStates, sources } from './problems.lifecycle.ts'
import { type Asking, type ProblemsAsked, problemsAsked } from './problems.queries.ts'

/** A list longer than this is to be narrowed first. */
const most = 20_000

const columns = [
  { title: '问题', width: 48 },
  { title: '状态', width: 14 },
  { title: '来源', width: 10 },
  { title: '方面', width: 14 },
  { title: '组织', width: 28 },
  { title: '责任人', width: 10 },
  { title: '提出日期', width: 12 },
  { title: '完成时限', width: 12 },
  { title: '重复出现', width: 10 },
] as const

const cells = (line: ProblemLine) => [
  line.title,
  problemStates[line.state],
  sources[line.source],
  dimensions[line.dimension as Dimension],
  line.organization.name,
  line.owner?.name ?? null,
  line.raisedOn,
  line.dueOn,
  line.recurs,
]

/** The asked problems as a sheet, up to 20,000 lines. */
export async function problemSheet(read: Read, asked: Omit<ProblemsAsked, 'after' | 'limit'>, asking: Asking): Promise<OutSheet> {
  const lines: ProblemLine[] = []
  let after: string | undefined
  do {
    const page = await problemsAsked(read, { ...asked, after, limit: 500 }, asking)
    lines.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined && lines.length < most)
  return { name: '问题清单', columns, rows: lines.map(cells) }
}
