import { dateOfCell } from '../../../kernel/files/sheet-date.ts'
import type { RawCell, WorkbookRow } from '../../../kernel/files/workbook-cells.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { ImportFault } from './imports.contract.ts'

/** A column of a sheet: its heading, whether it has to be there, and what stands in the template. */
export interface SheetColumn {
  readonly title: string
  readonly needed?: boolean
  readonly width?: number
  readonly example: string
}

/** One row under its heading, read column by column. */
export interface SheetRow {
  readonly row: number
  readonly text: (column: string) => string
  /** A number, undefined for an empty cell; what is none is a fault. */
  readonly number: (column: string) => number | undefined
  readonly date: (column: string) => CivilDate | undefined
  readonly fault: (column: string, message: string) => void
}

export const plain = (cell: RawCell | undefined): string =>
  String(cell ?? '')
    .normalize('NFKC')
    .trim()

const split = (text: string, by: RegExp): string[] =>
  text
    .split(by)
    .map((part) => part.trim())
    .filter(Boolean)
/** Sentences one after the other, parted by semicolons or lines. */
export const parts = (text: string): string[] => split(text, /[;;\n]/)
/** Words one after the other. */
export const listed = (text: string): string[] => split(text, /[、,,;;\s]+/)

/** The code whose name a cell says, wholly or in part. */
export function codeOf<Code extends string>(names: Readonly<Record<Code, string>>, said: string): Code | undefined {
  const codes = Object.keys(names) as Code[]
  return codes.find((code) => names[code] === said) ?? codes.find((code) => said !== '' && names[code].includes(said))
}

/** `甲一(出差)、乙二`: names with what stands in brackets behind each. */
export const namesIn = (text: string): { name: string; behind: string | null }[] =>
  [...text.matchAll(/([^、,;\s()]+)(?:\(([^)]*)\))?/g)].map(([, name, behind]) => ({
    name: name ?? '',
    behind: behind?.trim() || null,
  }))

/** `甲一(出差)、乙二`: who was away and why; without a reason the sheet did not say. */
export const awayIn = (text: string): { name: string; reason: string }[] =>
  namesIn(text).map(({ name, behind }) => ({ name, reason: behind ?? '旧记录未写原因' }))

/** Which needed columns the heading lacks. */
export function missingColumns(columns: readonly SheetColumn[], heading: WorkbookRow | undefined): string[] {
  const titles = (heading?.cells ?? []).map(plain)
  return columns.filter(({ title, needed }) => needed && !titles.includes(title)).map(({ title }) => title)
}

/** The rows below the heading; empty ones are passed over. Faults that reading them finds are gathered in `faults`. */
export function rowsIn(
  [heading, ...rows]: readonly WorkbookRow[],
  sheet: { date1904: boolean; faults: ImportFault[] },
): SheetRow[] {
  const places = new Map((heading?.cells ?? []).map((cell, at) => [plain(cell), at]))
  return rows
    .filter(({ cells }) => cells.some((cell) => plain(cell) !== ''))
    .map(({ row, cells }) => {
      const cellOf = (column: string) => cells[places.get(column) ?? -1]
      const fault = (column: string, message: string) => void sheet.faults.push({ row, column, message })
      return {
        row,
        fault,
        text: (column) => plain(cellOf(column)),
        date: (column) => dateOfCell(cellOf(column) ?? null, sheet.date1904),
        number: (column) => {
          const text = plain(cellOf(column))
          if (text === '') return undefined
          const value = Number(text)
          if (!Number.isFinite(value)) fault(column, '请只写数字，如 2 或 1.5。')
          return Number.isFinite(value) ? value : undefined
        },
      }
    })
}

/** What is needed and empty in a row, each with what to write. */
export function checkNeeded(row: SheetRow, needed: readonly (readonly [column: string, message: string])[]): void {
  for (const [column, message] of needed) if (row.text(column) === '') row.fault(column, message)
}

/** The day in a column; without a real one that is a fault. */
export function dayIn(row: SheetRow, column: string): CivilDate | undefined {
  const day = row.date(column)
  if (!day) row.fault(column, '请写真实日期，如 2025-03-12。')
  return day
}
