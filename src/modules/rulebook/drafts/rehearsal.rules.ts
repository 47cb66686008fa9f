import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { Counts } from './publishing.contract.ts'

/** How many stand at each stored status: not due, met, met late, unmet, not reported, exempt, not applicable. */
export type StatusCounts = readonly number[]

const order = ['not_due', 'met', 'met_late', 'unmet', 'not_reported', 'exempt', 'not_applicable'] as const

export const emptyCounts = (): StatusCounts => order.map(() => 0)
export const addTo = (sum: StatusCounts, more: StatusCounts): StatusCounts => sum.map((count, at) => count + (more[at] ?? 0))
export const statusOf = (stored: number | null) => (stored === null ? null : (order[stored] ?? null))

export function countsOf(counts: StatusCounts): Counts {
  const at = (index: number) => counts[index] ?? 0
  return {
    not_due: at(0),
    met: at(1),
    met_late: at(2),
    unmet: at(3),
    not_reported: at(4),
    exempt: at(5),
    not_applicable: at(6),
  }
}

/** The days to try rules on: those asked for, or the whole of last year; where figures are younger, from their first day to today. */
export function spanOf(
  asked: { from?: CivilDate | undefined; to?: CivilDate | undefined },
  known: { since: CivilDate; today: CivilDate },
): { from: CivilDate; to: CivilDate } {
  const lastYear = Number(known.today.slice(0, 4)) - 1
  const from = asked.from ?? `${lastYear}-01-01`
  const to = asked.to ?? `${lastYear}-12-31`
  if (asked.from !== undefined || asked.to !== undefined || to >= known.since) return { from, to }
  return { from: known.since, to: known.today }
}
