import { Problem } from '../errors/problem.ts'
import { columnLetters, columnOf, type RawCell, type WorkbookRow } from './workbook-cells.ts'
import type { WorkbookLimits } from './workbook-limits.ts'
import { decodeEscapes, type XmlListener } from './workbook-parts.ts'

const holdsNothing = (cell: RawCell): boolean => cell === null || (typeof cell === 'string' && cell.trim() === '')

/** Gathers the rows of one sheet while its XML runs through; `take()` hands over what has gathered. */
export class SheetRows implements XmlListener {
  private readonly sharedStrings: readonly string[]
  private readonly limits: WorkbookLimits
  private gathered: WorkbookRow[] = []
  private counted = 0
  private row = 0
  private column = 0
  private cells: RawCell[] = []
  private type = 'n'
  private value = ''
  private inRow = false
  private inCell = false
  private listening = false
  private inPhonetic = false

  constructor(sharedStrings: readonly string[], limits: WorkbookLimits) {
    this.sharedStrings = sharedStrings
    this.limits = limits
  }

  take(): WorkbookRow[] {
    const rows = this.gathered
    this.gathered = []
    return rows
  }

  get waiting(): number {
    return this.gathered.length
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') this.beginRow(attributes.r)
    else if (!this.inRow) return
    else if (name === 'c') this.beginCell(attributes)
    else if (this.inCell) this.openInCell(name)
  }

  text(text: string): void {
    if (!this.listening || this.inPhonetic) return
    this.value += text
    if (this.value.length > this.limits.maxCellLength) this.refuseLongCell()
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.listening = false
    else if (name === 'rPh') this.inPhonetic = false
    else if (name === 'c' && this.inCell) this.endCell()
    else if (name === 'row' && this.inRow) this.endRow()
  }

  private beginRow(number: string | undefined): void {
    this.row = number === undefined ? this.row + 1 : Number(number)
    if (!Number.isInteger(this.row) || this.row < 1) throw new Problem('files.workbook_broken')
    this.column = 0
    this.cells = []
    this.inRow = true
  }

  private beginCell(attributes: Readonly<Record<string, string>>): void {
    const column = attributes.r === undefined ? this.column + 1 : columnOf(attributes.r)
    if (column === undefined) throw new Problem('files.workbook_broken')
    this.column = column
    this.type = attributes.t ?? 'n'
    this.value = ''
    this.inCell = true
  }

  private openInCell(name: string): void {
    if (name === 'f') {
      throw new Problem('files.workbook_formula', {
        detail: `${this.address()} 单元格是公式。请全选复制，以“选择性粘贴—数值”粘贴后再上传。`,
      })
    }
    if (name === 'v' || name === 't') this.listening = true
    else if (name === 'rPh') this.inPhonetic = true
  }

  private endCell(): void {
    this.inCell = false
    this.listening = false
    const cell = this.cellValue()
    if (holdsNothing(cell)) return
    if (this.column > this.limits.maxColumns) {
      throw new Problem('files.workbook_too_many_columns', {
        detail: `${this.address()} 单元格超出了 ${this.limits.maxColumns} 列的上限。请删去多余的列后再上传。`,
      })
    }
    while (this.cells.length < this.column - 1) this.cells.push(null)
    this.cells[this.column - 1] = cell
  }

  private cellValue(): RawCell {
    if (this.type === 's') return this.sharedString()
    if (this.type === 'inlineStr') return decodeEscapes(this.value)
    if (this.type === 'b') return this.value.trim() === '1'
    if (this.type === 'str' || this.type === 'e' || this.type === 'd') return this.value
    if (this.value.trim() === '') return null
    const number = Number(this.value)
    return Number.isFinite(number) ? number : this.value
  }

  private sharedString(): string | null {
    if (this.value === '') return null
    const text = this.sharedStrings[Number(this.value)]
    if (text === undefined) throw new Problem('files.workbook_broken')
    if (text.length > this.limits.maxCellLength) this.refuseLongCell()
    return text
  }

  private endRow(): void {
    this.inRow = false
    if (this.cells.length === 0) return
    this.counted += 1
    if (this.counted > this.limits.maxRows) {
      throw new Problem('files.workbook_too_many_rows', {
        detail: `工作表超过 ${this.limits.maxRows} 行。请分成几份后分别上传。`,
      })
    }
    this.gathered.push({ row: this.row, cells: this.cells })
  }

  private refuseLongCell(): never {
    throw new Problem('files.workbook_cell_too_long', {
      detail: `${this.address()} 单元格的文字超过 ${this.limits.maxCellLength} 字。请缩短后再上传。`,
    })
  }

  private address(): string {
    return `${columnLetters(this.column)}${this.row}`
  }
}
