import { addDays, addMonths, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { type Cadence, periodOf } from '../../../kernel/time/period.ts'

export interface Days {
  readonly from: CivilDate
  readonly to: CivilDate
}

/** When a version applies, and how its time is told. */
interface Timed {
  readonly periodCadence: Cadence
  readonly from: CivilDate
  readonly to: CivilDate | null
  readonly once: { readonly from: CivilDate; readonly by: CivilDate } | null
  readonly event: { readonly months?: number | undefined; readonly days?: number | undefined } | null
}

/** The last day on which something that began on `day` is due. */
const deadlineOf = ({ months, days }: NonNullable<Timed['event']>, day: CivilDate): CivilDate =>
  months === undefined ? addDays(day, days ?? 0) : addMonths(day, months)

/** Facts reach as far ahead as an event gives time; a month's end is shortened when months are added, so some days more. */
const aheadOf = (event: NonNullable<Timed['event']>, day: CivilDate) => addDays(deadlineOf(event, day), 3)

/**
 * The days whose periods hold the obligations on which facts of the given days can bear; null when there can be none. An event's
 * obligation belongs to the month of its deadline.
 */
export function reachOf({ once, event, from: starts, to: ends, periodCadence }: Timed, { from, to }: Days): Days | null {
  if (once) return once.from <= to && once.by >= from ? { from: once.by, to: once.by } : null
  if (starts > to) return null
  if (event) return ends === null || aheadOf(event, ends) >= from ? { from, to: aheadOf(event, to) } : null
  return ends === null || ends > periodOf(from, periodCadence).starts ? { from, to } : null
}
