import type { DueItem, Tone } from './due.contract.ts'

const urgency: Readonly<Record<Tone, number>> = { short: 0, soon: 1, waiting: 2, info: 3 }

const farAway = '9999-12-31'

/** The order of the first page: what presses most, then one's own before what is summed up, then by due date. */
export function byUrgency(a: DueItem, b: DueItem): number {
  const ranks = [urgency[a.tone] - urgency[b.tone], Number(a.count !== undefined) - Number(b.count !== undefined)]
  const [left, right] = [a.due ?? farAway, b.due ?? farAway]
  return ranks.find((rank) => rank !== 0) ?? (left < right ? -1 : left > right ? 1 : 0)
}

/** How many things stand behind the items, by tone. */
export function countsOf(items: readonly DueItem[]): Record<Tone, number> {
  const counts = { short: 0, soon: 0, waiting: 0, info: 0 }
  for (const item of items) counts[item.tone] += item.count ?? 1
  return counts
}
