import type { OutCell, OutSheet } from '../../../kernel/files/workbook-writer.ts'
import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route } from '../../../kernel/http/route.ts'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { obligationsFor } from './obligation-list.queries.ts'
import { type Dimension, dimensions, exportObligations, type Obligation, statuses, strengths } from './obligations.contract.ts'
import './obligations.policy.ts'

const mostRows = 20_000

function rowOf(duty: Obligation): OutCell[] {
  return [
    duty.organization.name,
    duty.subject.kind === 'person' ? duty.subject.name : '',
    duty.requirement,
    duty.title,
    dimensions[duty.dimension as Dimension] ?? duty.dimension,
    strengths[duty.strength],
    periodInChinese(period(duty.period)),
    duty.due,
    duty.lateAfter,
    statuses[duty.status],
    duty.value.numerator,
    duty.value.denominator,
    duty.evidence.length,
  ]
}

/** The list of duties as a sheet, each with its status in words; what did not fit is said on a line of its own. */
export function obligationSheet(duties: readonly Obligation[], more: boolean): OutSheet {
  const rows = duties.map(rowOf)
  if (more) rows.push([`只导出前 ${mostRows} 条，请缩小筛选范围后再导出其余的。`])
  return {
    name: '应办事项',
    columns: [
      { title: '组织', width: 28 },
      { title: '责任人', width: 12 },
      { title: '要求', width: 10 },
      { title: '内容', width: 32 },
      { title: '维度', width: 12 },
      { title: '约束', width: 8 },
      { title: '期间', width: 14 },
      { title: '到期', width: 12 },
      { title: '此后记为迟办', width: 14 },
      { title: '状态', width: 10 },
      { title: '计入', width: 8, format: 'integer' },
      { title: '应达', width: 8, format: 'integer' },
      { title: '记录数', width: 8, format: 'integer' },
    ],
    rows,
  }
}

export const obligationExportRoutes: readonly Route[] = [
  downloadRoute(exportObligations, {
    permission: 'rulebook.obligation.read',
    handle: async ({ query, read, platform, actor }) => {
      const today = platform.clock.today()
      const { items, next } = await read((db) => obligationsFor(db, { query: { ...query, limit: mostRows }, actor, today }))
      return {
        name: `应办事项-${today}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        stream: writeWorkbook({ sheets: [obligationSheet(items, next !== null)] }),
      }
    },
  }),
]
