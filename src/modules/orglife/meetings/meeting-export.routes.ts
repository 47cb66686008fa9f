import { type OutCell, type OutSheet, writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route } from '../../../kernel/http/route.ts'
import { exportMeetings } from './meeting-export.contract.ts'
import { type MeetingLine, meetingKinds } from './meetings.contract.ts'
import { meetingStates } from './meetings.lifecycle.ts'
import './meetings.policy.ts'
import { meetingsAsked } from './meetings.queries.ts'

const mostRows = 20_000

function rowOf(meeting: MeetingLine): OutCell[] {
  const held = meeting.state === 'recorded'
  return [
    meeting.title,
    meeting.kinds.map((kind) => meetingKinds[kind]).join('、'),
    meeting.organization.name,
    meeting.together,
    meeting.heldOn,
    meeting.recordedOn,
    meeting.late ? '补记' : '',
    held ? meeting.present : null,
    held ? meeting.expected : null,
    meeting.firstIsTheory ? '是' : '否',
    meetingStates[meeting.state],
  ]
}

/** The list of meetings as a sheet, held on and recorded on side by side; what did not fit is said on a line of its own. */
export function meetingSheet(meetings: readonly MeetingLine[], total: number): OutSheet {
  const rows = meetings.map(rowOf)
  if (total > meetings.length) rows.push([`共 ${total} 条，只导出前 ${meetings.length} 条，请缩小筛选范围后再导出其余的。`])
  return {
    name: '会议记录',
    columns: [
      { title: '会议', width: 36 },
      { title: '类别', width: 24 },
      { title: '主办组织', width: 28 },
      { title: '召开组织数', width: 12, format: 'integer' },
      { title: '开会日期', width: 12 },
      { title: '记录日期', width: 12 },
      { title: '补记', width: 8 },
      { title: '到会', width: 8, format: 'integer' },
      { title: '应到', width: 8, format: 'integer' },
      { title: '首项学理论', width: 12 },
      { title: '状态', width: 10 },
    ],
    rows,
  }
}

export const meetingExportRoutes: readonly Route[] = [
  downloadRoute(exportMeetings, {
    permission: 'orglife.meeting.read',
    handle: async ({ query, read, platform }) => {
      const { items, total } = await read((db) => meetingsAsked(db, { ...query, limit: mostRows }))
      return {
        name: `会议记录-${platform.clock.today()}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        stream: writeWorkbook({ sheets: [meetingSheet(items, total)] }),
      }
    },
  }),
]
