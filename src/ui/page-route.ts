import type { ComponentType } from 'react'

/** One page of a module. `path` is the router's: `/meetings/$id`. */
export interface PageRoute {
  readonly path: string
  readonly title: string
  /** `() => import('./meeting-list.page.tsx').then((page) => page.MeetingListPage)` */
  readonly component: () => Promise<ComponentType>
  /** A word in the header; the header shows at most seven, by `order`. */
  readonly nav?: {
    readonly label: string
    readonly order: number
    /** Stands as a sign beside the person's name instead of among the words. */
    readonly place?: 'person'
    /** How many wait; asked again each minute and after each act. */
    readonly badge?: (signal: AbortSignal) => Promise<number>
  }
  /** The ability (or any one of several) without which the page is neither shown in the header nor opened. */
  readonly needs?: string | readonly string[]
}
