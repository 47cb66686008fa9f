import type { Actor } from '../access/actor.ts'
import type { Read } from '../database/handles.ts'
import type { CivilDate } from '../time/civil-date.ts'

/** How pressing an item is: short already, soon due, waiting on somebody else, or merely good to know. */
export type WorkItemTone = 'short' | 'soon' | 'waiting' | 'info'

/** One thing that is due of somebody, or a heap of the same sort with its count. */
export interface WorkItem {
  /** Stays the same from day to day, so that the page can keep its place. */
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly detail: string
  readonly due: CivilDate | null
  readonly tone: WorkItemTone
  /** Address in the site of where it is done. */
  readonly link: string
  /** How many things stand behind an item that sums up; left out for a single one. */
  readonly count?: number
}

/** A module's answer to what is due of the reader. It sums up, so that nobody gets a list of hundreds. */
export interface WorkItemSource {
  /** `supervision.cases`; the module's name comes first. */
  readonly kind: string
  readonly list: (read: Read, actor: Actor, today: CivilDate) => Promise<readonly WorkItem[]>
}

const sources = new Map<string, WorkItemSource>()

/** Declares a module's work items. Throws at start-up when a kind is declared twice. */
export function declareWorkItems(source: WorkItemSource): void {
  if (sources.has(source.kind)) throw new Error(`work items ${source.kind} are declared twice`)
  sources.set(source.kind, source)
}

/** Everything that declared sources say is due of the reader, in the order of declaration. */
export async function workItemsOf(read: Read, actor: Actor, today: CivilDate): Promise<WorkItem[]> {
  const items: WorkItem[] = []
  // One after the other: they share one snapshot on one connection.
  for (const source of sources.values()) items.push(...(await source.list(read, actor, today)))
  return items
}
