import { agendaCategories, type AgendaCategory, type MeetingKind, meetingKinds } from '../meetings/meetings.contract.ts'
import { awayIn, checkNeeded, codeOf, dayIn, listed, parts, type SheetColumn, type SheetRow } from './sheet.rules.ts'

/** Columns of the sheet in their order; what is needed has to stand in the heading. */
export const meetingColumns: readonly SheetColumn[] = [
  { title: '类别', needed: true, example: '主题党日、党课' },
  { title: '名称', needed: true, example: '三月主题党日' },
  { title: '召开日期', needed: true, example: '2025-03-12' },
  { title: '地点', example: '三楼会议室' },
  { title: '议程', needed: true, width: 40, example: '学习重要讲话；讨论志愿服务' },
  { title: '首项类别', example: '政治理论学习' },
  { title: '缺席', example: '甲一（出差）' },
  { title: '主持人', example: '乙二' },
  { title: '主讲人', example: '乙二' },
  { title: '纪要', width: 40, example: '' },
  { title: '决议', width: 40, example: '月底前走访十户' },
]

/** A meeting as the sheet says it, people by their names. */
export interface SheetMeeting {
  readonly row: number
  readonly kinds: MeetingKind[]
  readonly title: string
  readonly heldOn: string
  readonly place: string | null
  readonly agenda: { title: string; category: AgendaCategory }[]
  readonly absent: { name: string; reason: string }[]
  readonly chair: string | null
  readonly speaker: string | null
  readonly minutes: string | null
  readonly resolutions: { content: string }[]
}

function kindsIn(row: SheetRow): MeetingKind[] {
  return listed(row.text('类别')).flatMap((word) => {
    const kind = codeOf(meetingKinds, word)
    if (!kind) row.fault('类别', `没有“${word}”这种会议，可以写：${Object.values(meetingKinds).join('、')}。`)
    return kind ? [kind] : []
  })
}

function agendaIn(row: SheetRow): SheetMeeting['agenda'] {
  const first = row.text('首项类别')
  const category = first === '' ? 'other' : codeOf(agendaCategories, first)
  if (!category) row.fault('首项类别', `首项类别写：${Object.values(agendaCategories).join('、')}，或留空。`)
  return parts(row.text('议程')).map((title, at) => ({ title, category: at === 0 ? (category ?? 'other') : 'other' }))
}

/** A row as a meeting; null where something in it has to be mended first. */
export function meetingIn(row: SheetRow): SheetMeeting | null {
  const [heldOn, kinds, agenda] = [dayIn(row, '召开日期'), kindsIn(row), agendaIn(row)]
  checkNeeded(row, [
    ['类别', '请写会议类别。'],
    ['名称', '请写会议名称。'],
    ['议程', '请至少写一项议程，几项用分号隔开。'],
  ])
  if (!heldOn) return null
  return {
    row: row.row,
    kinds,
    title: row.text('名称'),
    heldOn,
    place: row.text('地点') || null,
    agenda,
    absent: awayIn(row.text('缺席')),
    chair: row.text('主持人') || null,
    speaker: row.text('主讲人') || null,
    minutes: row.text('纪要') || null,
    resolutions: parts(row.text('决议')).map((content) => ({ content })),
  }
}
