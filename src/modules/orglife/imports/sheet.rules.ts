import { dateOfCell } from '../../../kernel/files/sheet-date.ts'
import type { RawCell, WorkbookRow } from '../../../kernel/files/workbook-cells.ts'
import { agendaCategories, type AgendaCategory, type MeetingKind, meetingKinds } from '../meetings/meetings.contract.ts'
import type { ImportFault } from './imports.contract.ts'

/** Columns of the sheet in their order; what is needed has to stand in the heading. */
export const sheetColumns = [
  '类别',
  '名称',
  '召开日期',
  '地点',
  '议程',
  '首项类别',
  '缺席',
  '主持人',
  '主讲人',
  '纪要',
  '决议',
] as const
export type SheetColumn = (typeof sheetColumns)[number]
export const neededColumns = ['类别', '名称', '召开日期', '议程'] as const satisfies readonly SheetColumn[]

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

export interface SheetSaid {
  readonly meetings: SheetMeeting[]
  readonly faults: ImportFault[]
}

const plain = (cell: RawCell | undefined) =>
  String(cell ?? '')
    .normalize('NFKC')
    .trim()
const parts = (text: string) =>
  text
    .split(/[;;\n]/)
    .map((part) => part.trim())
    .filter(Boolean)
const listed = (text: string) =>
  text
    .split(/[、,,;;\s]+/)
    .map((part) => part.trim())
    .filter(Boolean)

function codeOf<Code extends string>(names: Readonly<Record<Code, string>>, said: string): Code | undefined {
  return (Object.keys(names) as Code[]).find((code) => names[code] === said || names[code].includes(said))
}

/** `甲一(出差)、乙二`: names with the reason behind each; without one the sheet did not say. */
function absentIn(text: string): { name: string; reason: string }[] {
  return [...text.matchAll(/([^、,;\s()]+)(?:\(([^)]*)\))?/g)].map(([, name, reason]) => ({
    name: name ?? '',
    reason: reason?.trim() || '旧记录未写原因',
  }))
}

type Cells = (column: SheetColumn) => RawCell | undefined
type Fault = (column: SheetColumn, message: string) => void

function kindsIn(cells: Cells, fault: Fault): MeetingKind[] {
  return listed(plain(cells('类别'))).flatMap((word) => {
    const kind = codeOf(meetingKinds, word)
    if (!kind) fault('类别', `没有“${word}”这种会议，可以写：${Object.values(meetingKinds).join('、')}。`)
    return kind ? [kind] : []
  })
}

function agendaIn(cells: Cells, fault: Fault): SheetMeeting['agenda'] {
  const first = plain(cells('首项类别'))
  const category = first === '' ? 'other' : codeOf(agendaCategories, first)
  if (!category) fault('首项类别', `首项类别写：${Object.values(agendaCategories).join('、')}，或留空。`)
  return parts(plain(cells('议程'))).map((title, at) => ({ title, category: at === 0 ? (category ?? 'other') : 'other' }))
}

/** What is needed and not there, in the order of the columns. */
function checkNeeded(cells: Cells, fault: Fault): void {
  const needed: readonly (readonly [SheetColumn, string])[] = [
    ['类别', '请写会议类别。'],
    ['名称', '请写会议名称。'],
    ['议程', '请至少写一项议程，几项用分号隔开。'],
  ]
  for (const [column, message] of needed) if (plain(cells(column)) === '') fault(column, message)
}

function meetingIn(row: number, cells: Cells, sheet: { date1904: boolean; fault: Fault }): SheetMeeting | null {
  const { fault } = sheet
  const heldOn = dateOfCell(cells('召开日期') ?? null, sheet.date1904)
  if (!heldOn) fault('召开日期', '请写真实日期，如 2025-03-12。')
  const [kinds, agenda] = [kindsIn(cells, fault), agendaIn(cells, fault)]
  checkNeeded(cells, fault)
  if (!heldOn) return null
  return {
    row,
    kinds,
    title: plain(cells('名称')),
    heldOn,
    place: plain(cells('地点')) || null,
    agenda,
    absent: absentIn(plain(cells('缺席'))),
    chair: plain(cells('主持人')) || null,
    speaker: plain(cells('主讲人')) || null,
    minutes: plain(cells('纪要')) || null,
    resolutions: parts(plain(cells('决议'))).map((content) => ({ content })),
  }
}

/** Which needed columns the heading lacks. */
export function missingColumns(heading: WorkbookRow | undefined): string[] {
  const titles = (heading?.cells ?? []).map(plain)
  return neededColumns.filter((column) => !titles.includes(column))
}

/** Every row of the sheet as a meeting, or what is wrong with it, cell by cell. Empty rows are passed over. */
export function meetingsIn([heading, ...rows]: readonly WorkbookRow[], date1904: boolean): SheetSaid {
  const places = new Map((heading?.cells ?? []).map((cell, at) => [plain(cell), at]))
  const meetings: SheetMeeting[] = []
  const faults: ImportFault[] = []
  for (const { row, cells } of rows) {
    if (cells.every((cell) => plain(cell) === '')) continue
    const before = faults.length
    const fault: Fault = (column, message) => void faults.push({ row, column, message })
    const meeting = meetingIn(row, (column) => cells[places.get(column) ?? -1], { date1904, fault })
    if (meeting && faults.length === before) meetings.push(meeting)
  }
  return { meetings, faults }
}
