import type { z } from 'zod'
import { type OutCell, type OutSheet, type SheetColumn, writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route } from '../../../kernel/http/route.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { period, periodInChinese, type PeriodName } from '../../../kernel/time/period.ts'
import { dimensions, type Dimension } from '../obligations/obligations.contract.ts'
import '../obligations/obligations.policy.ts'
import { type cockpit, cockpitExport, type Counts } from './indicators.contract.ts'
import { cockpitOf, placeAsked } from './indicators.queries.ts'
import { dueOf } from './indicators.rules.ts'
import type { Tree } from './tree-reading.queries.ts'

type Cockpit = z.output<(typeof cockpit)['reply']>
type CockpitCell = Cockpit['total'][number]

/** Every status has a column of its own: a sum over them would mix what must stay apart. */
const columnsOfCell: readonly (readonly [string, (counts: Counts) => number])[] = [
  ['应办', dueOf],
  ['已办', (counts) => counts.met],
  ['迟办', (counts) => counts.met_late],
  ['未达标', (counts) => counts.unmet],
  ['未报', (counts) => counts.not_reported],
  ['豁免', (counts) => counts.exempt],
  ['未到期', (counts) => counts.not_due],
]

const columns: readonly SheetColumn[] = [
  { title: '组织', width: 28 },
  ...Object.values(dimensions).flatMap((dimension) =>
    columnsOfCell.map(([title]): SheetColumn => ({ title: `${dimension}·${title}`, width: 14, format: 'integer' })),
  ),
]

function sheetOf(name: string, figures: Cockpit, pick: (cell: CockpitCell) => Counts): OutSheet {
  const line = (title: string, cells: readonly CockpitCell[]): OutCell[] => [
    title,
    ...(Object.keys(dimensions) as Dimension[]).flatMap((dimension) => {
      const cell = cells.find((one) => one.dimension === dimension)
      return columnsOfCell.map(([, of]) => (cell ? of(pick(cell)) : null))
    }),
  ]
  const rows = figures.rows.map((row) => line(row.organization.name, row.cells))
  return { name, columns, rows: [...rows, line(`合计：${figures.organization.name}`, figures.total)] }
}

/** The cockpit as sheets: hard requirements, soft ones apart, and what the figures are and when they were taken. */
export function cockpitSheets(figures: Cockpit, asked: { period: PeriodName; tree: Tree; asOf: CivilDate }): OutSheet[] {
  const notes = [
    ['组织', figures.organization.name],
    ['期间', periodInChinese(period(asked.period))],
    ['建制', asked.tree === 'as_was' ? '按当时建制' : '按现行建制'],
    ['导出日期', inChinese(asked.asOf)],
    ['应办', '应办 = 已办 + 迟办 + 未达标 + 未报；豁免和未到期另列，不计入应办。'],
    ['排列', '各行按组织序。'],
    ['提示类', '“提示”类要求单独一页，不算欠办。'],
    ['合计', '合计含本级自己的事项；期内有组织调入、调出时，按当时建制的各行相加与合计可能不同。'],
  ]
  return [
    sheetOf('应当类', figures, (cell) => cell.counts),
    sheetOf('提示类', figures, (cell) => cell.soft),
    {
      name: '说明',
      columns: [
        { title: '项目', width: 12 },
        { title: '内容', width: 80 },
      ],
      rows: notes,
    },
  ]
}

export const indicatorExportRoutes: readonly Route[] = [
  downloadRoute(cockpitExport, {
    permission: 'rulebook.obligation.read',
    handle: async ({ query, read, platform, actor }) => {
      const asked = { ...query, asOf: platform.clock.today() }
      const figures = await read(async (db) =>
        cockpitOf(db, await placeAsked(db, query.organization, actor.readOrganizations), asked),
      )
      return {
        name: `${figures.organization.name} ${periodInChinese(period(query.period))} 驾驶舱.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        stream: writeWorkbook({ sheets: cockpitSheets(figures, asked) }),
      }
    },
  }),
]
