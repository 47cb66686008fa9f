import type { FieldError } from '../../../kernel/errors/problem.ts'
import { weekdayOf } from '../../../kernel/time/working-days.ts'
import type { SpecialDay } from './working-days.contract.ts'

/** What cannot stand in the calendar of a year: days of another year, a day twice, and a swap that changes nothing. */
export function faultsOf(year: number, days: readonly SpecialDay[]): FieldError[] {
  const seen = new Set<string>()
  return days.flatMap(({ day, kind }, at) => {
    const weekday = weekdayOf(day)
    const twice = seen.has(day)
    seen.add(day)
    const fault = (message: string): FieldError[] => [{ field: `days.${at}.day`, message }]
    if (!day.startsWith(`${year}-`)) return fault(`${day} 不在 ${year} 年，请改正或到那一年录入。`)
    if (twice) return fault(`${day} 写了两次，请留一次。`)
    if (kind === 'work' && weekday >= 1 && weekday <= 5) return fault(`${day} 本来就是工作日，请删去或改正日期。`)
    return []
  })
}
