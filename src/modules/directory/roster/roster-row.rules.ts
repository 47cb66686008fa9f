import { columnLetters, type RawCell, type WorkbookRow } from '../../../kernel/files/workbook-cells.ts'
import { addMonths, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { judgeIdNumber } from '../persons/id-number.rules.ts'
import { maskAddress, maskIdNumber, maskName, maskPhone } from '../persons/mask.rules.ts'
import { type RosterColumn, type RosterKey, type RosterPerson, rosterColumn } from './roster-columns.contract.ts'
import { dateOfCell } from '../../../kernel/files/sheet-date.ts'
import type { RosterHeader } from './roster-header.rules.ts'

/** One fault of one cell. `value` is masked: the list of errors is shown, exported and kept. */
export interface RosterFault {
  readonly row: number
  /** The column's title in the template. */
  readonly column: string
  /** Address such as `C5`; null when the file has no such column. */
  readonly cell: string | null
  readonly message: string
  readonly value: string
}

export interface RosterRowJudgement {
  readonly row: number
  /** Null as soon as there is one error. */
  readonly person: RosterPerson | null
  /** What could be read, also of a row with errors: it is held against the database as well, so that no error waits for the next upload. */
  readonly read: RosterRead
  readonly errors: readonly RosterFault[]
  readonly warnings: readonly RosterFault[]
}

/** What a row is judged by. */
export interface RosterFrame {
  readonly header: RosterHeader
  readonly date1904: boolean
  readonly today: CivilDate
}

/** The cells of a row that were in order. */
export type RosterRead = Partial<RosterPerson>

type Draft = { -readonly [Key in RosterKey]?: RosterPerson[Key] }

const maskOf: Partial<Record<RosterColumn['kind'], (text: string) => string>> = {
  name: maskName,
  id_number: maskIdNumber,
  phone: maskPhone,
  address: maskAddress,
}

/** A cell's text as an error may show it. */
export function maskRosterValue(column: RosterColumn, cell: RawCell): string {
  const text = cell === null ? '' : String(cell)
  const mask = maskOf[column.kind]
  return Array.from(mask ? mask(text) : text)
    .slice(0, 40)
    .join('')
}

/** Trims, and normalises where no letter can be lost: never names, whose rare characters have compatible look-alikes. */
function cleanText(column: RosterColumn, cell: RawCell): string {
  if (cell === null) return ''
  const text = typeof cell === 'boolean' ? (cell ? '是' : '否') : String(cell)
  const trimmed = text.replace(/[\u200b-\u200d\ufeff]/g, '').trim()
  if (column.kind === 'name') return cleanName(trimmed)
  if (column.kind === 'phone')
    return trimmed
      .normalize('NFKC')
      .replace(/[\s()]/g, '')
      .replace(/[‐-―－]/g, '-')
  if (column.kind === 'choice') return trimmed.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  return trimmed
}

/** Blanks within a Chinese name are only layout; the several dots that keyboards give become the one that identity cards bear (U+00B7). */
function cleanName(name: string): string {
  const dotted = name.replace(/[•・‧∙．●]/g, '·').replace(/\s*·\s*/g, '·')
  return /\p{Script=Han}/u.test(dotted) ? dotted.replace(/\s/g, '') : dotted.replace(/\s+/g, ' ')
}

class RowJudge {
  readonly errors: RosterFault[] = []
  readonly warnings: RosterFault[] = []
  readonly draft: Draft = {}
  private readonly raw: WorkbookRow
  private readonly frame: RosterFrame
  private readonly places: ReadonlyMap<RosterColumn, number>

  constructor(raw: WorkbookRow, frame: RosterFrame) {
    this.raw = raw
    this.frame = frame
    this.places = new Map([...frame.header.places].map(([index, column]) => [column, index]))
  }

  fault(into: RosterFault[], key: RosterKey, message: string): void {
    const column = rosterColumn(key)
    const index = this.places.get(column)
    into.push({
      row: this.raw.row,
      column: column.title,
      cell: index === undefined ? null : `${columnLetters(index + 1)}${this.raw.row}`,
      message,
      value: index === undefined ? '' : maskRosterValue(column, this.raw.cells[index] ?? null),
    })
  }

  readCells(): void {
    for (const [index, column] of this.frame.header.places) this.readCell(column, this.raw.cells[index] ?? null)
  }

  private readCell(column: RosterColumn, cell: RawCell): void {
    const text = cleanText(column, cell)
    if (text === '') {
      if (column.required) this.fault(this.errors, column.key, `请填写${column.title}。`)
      return
    }
    if (column.kind === 'id_number') return this.readIdNumber(cell, text)
    const input = column.kind === 'date' ? (dateOfCell(cell, this.frame.date1904) ?? text) : text
    const checked = column.check.safeParse(input)
    if (checked.success) Object.assign(this.draft, { [column.key]: checked.data })
    else this.fault(this.errors, column.key, checked.error.issues[0]?.message ?? '内容不对，请核对。')
  }

  private readIdNumber(cell: RawCell, text: string): void {
    // Excel keeps 15 digits of a number: the last three of an ID number are gone for good.
    if (typeof cell === 'number' && cell >= 1e15) {
      this.fault(this.errors, 'idNumber', '号码被存成了数字，末几位已丢失。请把这一列的单元格格式改为“文本”后重新填写。')
      return
    }
    const judged = judgeIdNumber(text, this.frame.today)
    if (!judged.ok) return this.fault(this.errors, 'idNumber', judged.message)
    this.draft.idNumber = judged.idNumber
    for (const warning of judged.warnings) this.fault(this.warnings, 'idNumber', warning)
    this.agreeWithIdNumber(judged)
  }

  /** Runs after all cells, because the columns may stand in any order. */
  private agreements: (() => void)[] = []

  private agreeWithIdNumber(judged: { birthDate: CivilDate; sex: 'male' | 'female' }): void {
    this.agreements.push(() => {
      if ((this.draft.sex ?? judged.sex) !== judged.sex)
        this.fault(this.errors, 'sex', '性别与公民身份号码第 17 位不一致，请核对。')
      if ((this.draft.birthOn ?? judged.birthDate) !== judged.birthDate) {
        this.fault(this.errors, 'birthOn', '出生日期与公民身份号码不一致，请核对。')
      }
      this.draft.sex = judged.sex
      this.draft.birthOn = judged.birthDate
    })
  }

  judgeTogether(): void {
    for (const agree of this.agreements) agree()
    this.judgeMemberDates()
    this.judgeOrderOfDates()
    this.judgeMembershipState()
  }

  private wanting(key: RosterKey): boolean {
    const title = rosterColumn(key).title
    return this.draft[key] === undefined && !this.errors.some((error) => error.column === title)
  }

  private judgeMemberDates(): void {
    const { category } = this.draft
    if (category === undefined) return
    const member = category === 'full_member' || category === 'probationary_member'
    if (member && this.wanting('joinedOn')) this.fault(this.errors, 'joinedOn', '党员请填写加入党组织日期。')
    if (category === 'full_member' && this.wanting('fullSince'))
      this.fault(this.errors, 'fullSince', '正式党员请填写转为正式党员日期。')
    if (category !== 'full_member' && this.draft.fullSince) {
      this.fault(this.errors, 'fullSince', '人员类别不是正式党员，请改正人员类别或删去转为正式党员日期。')
    }
    if (!member && this.draft.joinedOn)
      this.fault(this.errors, 'joinedOn', '人员类别不是党员，请改正人员类别或删去加入党组织日期。')
  }

  private judgeOrderOfDates(): void {
    const { birthOn, joinedOn, fullSince } = this.draft
    for (const key of ['birthOn', 'joinedOn', 'fullSince'] as const) {
      if ((this.draft[key] ?? '') > this.frame.today) this.fault(this.errors, key, '日期晚于今天，请核对。')
    }
    if (joinedOn && fullSince && fullSince < joinedOn) {
      this.fault(this.errors, 'fullSince', '转为正式党员日期早于加入党组织日期，请核对。')
    }
    if (birthOn && joinedOn) this.judgeAge(birthOn, joinedOn)
  }

  private judgeAge(birthOn: CivilDate, joinedOn: CivilDate): void {
    if (joinedOn < birthOn) this.fault(this.errors, 'joinedOn', '加入党组织日期早于出生日期，请核对。')
    // The Party's constitution, article 1: eighteen full years. Older files hold exceptions.
    else if (joinedOn < addMonths(birthOn, 18 * 12)) {
      this.fault(this.warnings, 'joinedOn', '入党时不满十八周岁，请对照入党志愿书核对。')
    }
  }

  private judgeMembershipState(): void {
    const member = this.draft.category === 'full_member' || this.draft.category === 'probationary_member'
    if (member) this.draft.membershipState ??= 'normal'
    else if (this.draft.category !== undefined) this.draft.membershipState = null
  }

  person(): RosterPerson | null {
    const { name, sex, idNumber, birthOn, category, branch } = this.draft
    if (this.errors.length > 0 || !name || !sex || !idNumber || !birthOn || !category || !branch) return null
    const open = { ethnicity: null, education: null, joinedOn: null, fullSince: null, job: null, phone: null, landline: null }
    const rest = {
      address: null,
      isLost: false,
      isMobile: false,
      ...this.draft,
      membershipState: this.draft.membershipState ?? null,
    }
    return { ...open, ...rest, name, sex, idNumber, birthOn, category, branch }
  }
}

/** Turns one raw row below the heading into a person or into what is wrong with it. Pure. */
export function judgeRosterRow(raw: WorkbookRow, frame: RosterFrame): RosterRowJudgement {
  const judge = new RowJudge(raw, frame)
  judge.readCells()
  judge.judgeTogether()
  return { row: raw.row, person: judge.person(), read: judge.draft, errors: judge.errors, warnings: judge.warnings }
}
