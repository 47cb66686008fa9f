import { type OutCell, type OutSheet, writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route } from '../../../kernel/http/route.ts'
import { exportWorkRecords, type WorkRecordLine } from './work-records.contract.ts'
import { workRecordStates } from './work-records.lifecycle.ts'
import './work-records.policy.ts'
import { workRecordsAsked } from './work-records.queries.ts'

const mostRows = 20_000

const tagInWords = ({ title, category, grade }: WorkRecordLine['tags'][number]): string =>
  `${title}${category ? `（${category}）` : ''}${grade ? `：${grade}` : ''}`

function rowOf(record: WorkRecordLine): OutCell[] {
  return [
    record.title,
    record.tags.map(tagInWords).join('、'),
    record.organization.name,
    record.together,
    record.startedOn,
    record.heldOn,
    record.recordedOn,
    record.late ? '补记' : '',
    record.hours,
    record.quantity,
    record.persons,
    workRecordStates[record.state],
  ]
}

/** The list as a sheet, the day of the work and the day of the record side by side; what did not fit is said on a line of its own. */
export function workRecordSheet(records: readonly WorkRecordLine[], total: number): OutSheet {
  const rows = records.map(rowOf)
  if (total > records.length) rows.push([`共 ${total} 条，只导出前 ${records.length} 条，请缩小筛选范围后再导出其余的。`])
  return {
    name: '工作纪实',
    columns: [
      { title: '标题', width: 36 },
      { title: '标签', width: 30 },
      { title: '组织', width: 28 },
      { title: '组织数', width: 8, format: 'integer' },
      { title: '开始日期', width: 12 },
      { title: '日期', width: 12 },
      { title: '记录日期', width: 12 },
      { title: '补记', width: 8 },
      { title: '学时', width: 8 },
      { title: '数量', width: 8, format: 'integer' },
      { title: '参加人数', width: 10, format: 'integer' },
      { title: '状态', width: 10 },
    ],
    rows,
  }
}

export const workRecordExportRoutes: readonly Route[] = [
  downloadRoute(exportWorkRecords, {
    permission: 'orglife.work_record.read',
    handle: async ({ query, read, platform }) => {
      const { items, total } = await read((db) => workRecordsAsked(db, { ...query, limit: mostRows }))
      return {
        name: `工作纪实-${platform.clock.today()}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        stream: writeWorkbook({ sheets: [workRecordSheet(items, total)] }),
      }
    },
  }),
]
