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
    /** Which sign; a bell where nothing is said. */
    readonly sign?: 'bell' | 'search'
    /** A key that opens the page from anywhere but a field. */
    readonly key?: string
    /** How many wait; asked again each minute and after each act. */
    readonly badge?: (signal: AbortSignal) => Promise<number>
  }
  /** The ability (or any one of several) without which the page is neither shown in the header nor opened. */
  readonly needs?: string | readonly string[]
}
