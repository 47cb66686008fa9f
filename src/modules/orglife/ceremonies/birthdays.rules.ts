import { addDays, type CivilDate, daysInMonth } from '../../../kernel/time/civil-date.ts'

export const daysAhead = 31

/** The day in a year; who joined on 29 February has it on the last day of that month. */
function dayIn(year: number, joinedOn: CivilDate): CivilDate {
  const [month, day] = [Number(joinedOn.slice(5, 7)), Number(joinedOn.slice(8))]
  const last = Math.min(day, daysInMonth(year, month))
  return `${String(year)}-${joinedOn.slice(5, 7)}-${String(last).padStart(2, '0')}`
}

/** The next return of the day of joining within the coming month, with the years of membership that it completes; null when it is further off. */
export function nextBirthday(joinedOn: CivilDate, today: CivilDate): { day: CivilDate; years: number } | null {
  const year = Number(today.slice(0, 4))
  for (const each of [year, year + 1]) {
    const day = dayIn(each, joinedOn)
    const years = each - Number(joinedOn.slice(0, 4))
    if (day >= today) return day <= addDays(today, daysAhead) && years > 0 ? { day, years } : null
  }
  return null
}
