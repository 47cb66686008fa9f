import { addDays, addMonths, type CivilDate, daysInMonth } from '../../../kernel/time/civil-date.ts'

/** The weeks of a month, Monday first; days of other months are null. `month` is `2026-11`. */
export function weeksOf(month: string): (CivilDate | null)[][] {
  const first = `${month}-01`
  const blank = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7
  const days = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)))
  const cells = [...Array.from({ length: blank }, () => null), ...Array.from({ length: days }, (_, at) => addDays(first, at))]
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

/** The month so many months later. */
export const monthAfter = (month: string, months: number): string => addMonths(`${month}-01`, months).slice(0, 7)

/** Things with a last day, by its month, in order. */
export function byMonth<One extends { readonly due: CivilDate }>(all: readonly One[]): [string, One[]][] {
  const months = new Map<string, One[]>()
  for (const one of all) months.set(one.due.slice(0, 7), [...(months.get(one.due.slice(0, 7)) ?? []), one])
  return [...months].sort(([a], [b]) => a.localeCompare(b))
}
