import type { Change, DispatchCounts, DispatchItem } from './dispatch.contract.ts'

/** How an item stood on the day compared with and stands on the last day; null when it was not there yet. */
export interface Standing {
  readonly was: string | null
  readonly now: string
  readonly thenOpen: boolean
  readonly nowOpen: boolean
  /** Steps taken in between. */
  readonly steps: number
}

/** What became of an item since; null for what was and is closed. */
export function changeOf({ thenOpen, nowOpen, steps }: Standing): Change | null {
  if (!nowOpen) return thenOpen || steps > 1 ? 'closed' : null
  if (!thenOpen) return 'came'
  return steps > 0 ? 'moved' : 'same'
}

/** Counts of some items. What came and was closed in between is among the closed alone. */
export function countsOf(items: readonly DispatchItem[]): DispatchCounts {
  const count = (of: (item: DispatchItem) => boolean) => items.filter(of).length
  return {
    open: count((item) => item.change !== 'closed'),
    came: count((item) => item.change === 'came'),
    closed: count((item) => item.change === 'closed'),
    overdue: count((item) => item.overdue),
    waiting: count((item) => item.waiting),
  }
}

/** Items by a key, in the order in which the keys first come. */
export function grouped<Key>(items: readonly DispatchItem[], keyOf: (item: DispatchItem) => Key): Map<Key, DispatchItem[]> {
  const groups = new Map<Key, DispatchItem[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
