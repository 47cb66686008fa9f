import { z } from 'zod'

/** A civil date in Asia/Shanghai, `YYYY-MM-DD`. Never a JS Date. */
export type CivilDate = string

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/

/** True for a real calendar date such as `2026-02-28`; false for `2026-02-30` and for anything else. */
export function isCivilDate(text: string): boolean {
  const match = pattern.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

export const civilDate = z.string().refine(isCivilDate, { error: '请填写真实日期，格式如 2026-07-01。' }).meta({ format: 'date' })

/** Days of a month; month is 1–12. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function parts(date: CivilDate): [number, number, number] {
  const match = pattern.exec(date)
  if (!match) throw new RangeError(`not a civil date: ${date}`)
  return [Number(match[1]), Number(match[2]), Number(match[3])]
}

function format(year: number, month: number, day: number): CivilDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** The date `days` days later (earlier when negative). */
export function addDays(date: CivilDate, days: number): CivilDate {
  const [year, month, day] = parts(date)
  const moved = new Date(Date.UTC(year, month - 1, day + days))
  return format(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate())
}

/** The same day `months` months later; the month's last day where that day does not exist (regulations §17.4). */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const [year, month, day] = parts(date)
  const index = year * 12 + (month - 1) + months
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1]
  return format(y, m, Math.min(day, daysInMonth(y, m)))
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  const [a, b] = [parts(from), parts(to)]
  return Math.round((Date.UTC(b[0], b[1] - 1, b[2]) - Date.UTC(a[0], a[1] - 1, a[2])) / 86_400_000)
}

/** `2026年7月1日`, as official papers write it: no leading zeros. */
export function inChinese(date: CivilDate): string {
  const [year, month, day] = parts(date)
  return `${year}年${month}月${day}日`
}
