import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'

/** Monday to Friday. Public holidays are not known here, so a deadline counted by it may fall on one. */
function isWorkingDay(day: CivilDate): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday >= 1 && weekday <= 5
}

/** The day that is the nth working day after another. */
export function workingDaysAfter(day: CivilDate, count: number): CivilDate {
  let at = day
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    if (isWorkingDay(at)) left -= 1
  }
  return at
}
