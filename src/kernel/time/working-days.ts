import { addDays, type CivilDate } from './civil-date.ts'

/** Days that are not what their weekday says: `off` on which nobody works, `work` swapped in for one of them. */
export type SpecialDays = ReadonlyMap<CivilDate, 'off' | 'work'>

/** 0 is Sunday, 6 Saturday. */
export function weekdayOf(day: CivilDate): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

/** Monday to Friday, but for the special days. */
export function isWorkingDay(day: CivilDate, special: SpecialDays): boolean {
  const said = special.get(day)
  if (said) return said === 'work'
  const weekday = weekdayOf(day)
  return weekday >= 1 && weekday <= 5
}

/** The nth working day after a day, which itself does not count; the day itself for none. */
export function workingDaysAfter(day: CivilDate, count: number, special: SpecialDays): CivilDate {
  let at = day
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    if (isWorkingDay(at, special)) left -= 1
  }
  return at
}
