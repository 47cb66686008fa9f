import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { following, periodOf } from '../../../kernel/time/period.ts'

/** What one branch may be asked for in a year, all issuers together. */
export const ceiling = 12
/** From so many answers on, the median of what they took replaces the issuer's guess. */
export const enoughAnswers = 5

export type RequestCadence = 'once' | 'month' | 'quarter' | 'half' | 'year'

/** The days on which answers fall due: the first, then by the natural periods after it, up to the last day. */
export function roundsOf(asked: { cadence: RequestCadence; firstDue: CivilDate; lastDay: CivilDate }): CivilDate[] {
  const { cadence, firstDue, lastDay } = asked
  if (cadence === 'once') return [firstDue]
  const rounds = [firstDue]
  let period = following(periodOf(firstDue, cadence))
  const offset = Math.round((Date.parse(firstDue) - Date.parse(periodOf(firstDue, cadence).starts)) / 86_400_000)
  for (;;) {
    const meant = addDays(period.starts, offset)
    const due = meant > period.ends ? period.ends : meant
    if (due > lastDay) return rounds
    rounds.push(due)
    period = following(period)
  }
}

/** The middle of what answers took; null below `enoughAnswers`. */
export function medianMinutes(minutes: readonly number[]): number | null {
  if (minutes.length < enoughAnswers) return null
  const sorted = minutes.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

export interface Cost {
  readonly recipients: number
  readonly rounds: number
  readonly minutesEach: number
  readonly basis: 'measured' | 'estimated'
  readonly measuredFrom: number
  /** recipients × rounds × minutes, in hours. */
  readonly hours: number
}

export function costOf(given: { recipients: number; rounds: number; estimated: number; minutes: readonly number[] }): Cost {
  const measured = medianMinutes(given.minutes)
  const minutesEach = measured ?? given.estimated
  const { recipients, rounds } = given
  return {
    recipients,
    rounds,
    minutesEach,
    basis: measured === null ? 'estimated' : 'measured',
    measuredFrom: given.minutes.length,
    hours: Math.round((recipients * rounds * minutesEach) / 6) / 10,
  }
}
