import type { Read } from '../../../kernel/database/handles.ts'
import type { OutSheet } from '../../../kernel/files/workbook-writer.ts'
import { statuses, type Status } from '../../rulebook/obligations/obligations.contract.ts'
import type { Asking } from './case-scope.queries.ts'
import type { CaseLine } from './cases.contract.ts'
import { caseStates } from './cases.lifecycle.ts'
import { type CasesAsked, casesAsked } from './cases.queries.ts'

/** A list longer than this is to be narrowed first. */
const most = 20_000
const atATime = 500

const columns = [
  { title: '编号', width: 18 },
  { title: '事项', width: 48 },
  { title: '状态', width: 10 },
  { title: '单位', width: 24 },
  { title: '组织', width: 28 },
  { title: '责任人', width: 10 },
  { title: '完成时限', width: 12 },
  { title: '超期天数', width: 10, format: 'integer' },
  { title: '在等上级', width: 10 },
  { title: '提出日期', width: 12 },
  { title: '要求', width: 10 },
  { title: '期间', width: 10 },
  { title: '该项现状', width: 10 },
] as const

function cells(line: CaseLine) {
  const status = line.obligationStatus === null ? null : statuses[line.obligationStatus as Status]
  const names = [line.unit?.name, line.organization.name, line.owner?.name]
  return [
    line.number,
    line.title,
    caseStates[line.state],
    ...names,
    line.dueOn,
    line.overdueDays,
    line.waiting,
    line.proposedOn,
    line.requirement,
    line.period,
    status,
  ]
}

/** The asked cases as a sheet, up to 20,000 lines. */
export async function caseSheet(read: Read, asked: Omit<CasesAsked, 'after' | 'limit'>, asking: Asking): Promise<OutSheet> {
  const lines: CaseLine[] = []
  let after: string | undefined
  do {
    const page = await casesAsked(read, { ...asked, after, limit: atATime }, asking)
    lines.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined && lines.length < most)
  return { name: '督办事项', columns, rows: lines.map(cells) }
}
