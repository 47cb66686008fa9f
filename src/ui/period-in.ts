import { type PeriodName, periodName, periodOf } from '../kernel/time/period.ts'
import type { SearchValues } from './address.ts'

/** The period in the address; without a readable one, the quarter in which today lies. */
export function periodIn(search: SearchValues, today: string): PeriodName {
  const read = periodName.safeParse(search.period)
  return read.success ? read.data : periodOf(today, 'quarter').name
}
