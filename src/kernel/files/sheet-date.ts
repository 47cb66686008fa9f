import { addDays, type CivilDate, isCivilDate } from '../time/civil-date.ts'
import type { RawCell } from './workbook-cells.ts'

function civil(year: string, month: string, day: string): CivilDate | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCivilDate(date) ? date : undefined
}

/**
 * Excel's serial number as a civil date. The 1900 system counts a 29 February 1900 that never was, so its days up to 60
 * are not read; undefined too for anything before 1900 or after 2199.
 */
export function dateOfSerial(serial: number, date1904: boolean): CivilDate | undefined {
  const day = Math.floor(serial)
  if (!Number.isFinite(serial) || day > 110_000) return undefined
  if (date1904) return day >= 0 ? addDays('1904-01-01', day) : undefined
  return day > 60 ? addDays('1899-12-30', day) : undefined
}

function dateOfNumber(value: number, date1904: boolean): CivilDate | undefined {
  const digits = String(value)
  if (/^(19|20|21)\d{6}$/.test(digits)) return civil(digits.slice(0, 4), digits.slice(4, 6), digits.slice(6))
  return dateOfSerial(value, date1904)
}

const shapes = [
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  /^(?<year>\d{4})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})$/,
  /^(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})日?$/,
]

/** 2026-07-01, 2026/7/1, 2026.7.1, 2026年7月1日, 20260701, each also full-width or with a time behind. */
function dateOfText(text: string): CivilDate | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/, '')
    .replaceAll(' ', '')
  for (const shape of shapes) {
    const { year, month, day } = shape.exec(plain)?.groups ?? {}
    if (year && month && day) return civil(year, month, day)
  }
  return undefined
}

/** A cell of a date column as a civil date; undefined when it is none. A number in a text cell is a serial as well. */
export function dateOfCell(cell: RawCell, date1904: boolean): CivilDate | undefined {
  if (typeof cell === 'number') return dateOfNumber(cell, date1904)
  if (typeof cell !== 'string') return undefined
  const digits = cell.normalize('NFKC').trim()
  return /^\d{5}(\.\d+)?$/.test(digits) ? dateOfSerial(Number(digits), date1904) : dateOfText(cell)
}
