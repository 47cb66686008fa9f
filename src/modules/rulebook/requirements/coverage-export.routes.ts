import { type OutCell, type OutSheet, writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route } from '../../../kernel/http/route.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { dimensionTitles } from '../documents/rulebook-file.contract.ts'
import '../obligations/obligations.policy.ts'
import { strengths } from '../obligations/obligations.contract.ts'
import { type CoverageLine, exportCoverage, holeKinds } from './coverage.contract.ts'
import { coverage } from './coverage.queries.ts'

const columns = [
  { title: '制度', width: 12 },
  { title: '条款', width: 10 },
  { title: '条款名称', width: 24 },
  { title: '要点', width: 50 },
  { title: '条次', width: 14 },
  { title: '维度', width: 10 },
  { title: '条款的数据', width: 18 },
  { title: '缘由', width: 36 },
  { title: '要求', width: 10 },
  { title: '要求名称', width: 28 },
  { title: '约束', width: 8 },
  { title: '要求的数据', width: 18 },
  { title: '数什么', width: 36 },
  { title: '近十二个月的记录', width: 16, format: 'integer' as const },
]

const sourceWords = (one: Pick<CoverageLine, 'dataSource' | 'why'>) =>
  one.dataSource === 'live' ? '有数据' : holeKinds[one.why ?? 'hole']

function rowsOf(line: CoverageLine): OutCell[][] {
  const clause = [
    line.rulebook,
    line.code,
    line.title,
    line.gist,
    line.article,
    dimensionTitles[(line.dimension ?? 'general') as keyof typeof dimensionTitles],
    sourceWords(line),
    line.reason,
  ]
  if (line.requirements.length === 0) return [[...clause, null, null, null, null, null, null]]
  return line.requirements.map((one) => [
    ...clause,
    one.code,
    one.title,
    strengths[one.strength],
    sourceWords(one),
    one.measure.title,
    one.dataSource === 'live' ? one.records : null,
  ])
}

/** One row for each requirement of each clause; a clause without any has a row that says so. */
export function coverageSheets(lines: readonly CoverageLine[], asOf: CivilDate): OutSheet[] {
  const live = lines.filter((one) => one.dataSource === 'live').length
  return [
    { name: '覆盖情况', columns, rows: lines.flatMap(rowsOf) },
    {
      name: '说明',
      columns: [
        { title: '项目', width: 14 },
        { title: '内容', width: 80 },
      ],
      rows: [
        ['导出日期', inChinese(asOf)],
        ['有数据的条款', `${live} / ${lines.length}`],
        ['有数据', '至少有一项启用、现行、且有模块能计的要求出自这一条。没有记录的写 0，不等于没有数据。'],
      ],
    },
  ]
}

export const coverageExportRoutes: readonly Route[] = [
  downloadRoute(exportCoverage, {
    permission: 'rulebook.rule.read',
    handle: async ({ query, read, platform }) => {
      const today = platform.clock.today()
      const found = await read((db) => coverage(db, { rulebook: query.rulebook, today }))
      return {
        name: `制度覆盖情况 ${today}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        stream: writeWorkbook({ sheets: coverageSheets(found.items, today) }),
      }
    },
  }),
]
