import type { PageRoute } from '../../ui/page-route.ts'

/** Every module's pages, from its web front door. */
const doors = import.meta.glob<readonly PageRoute[]>('../../modules/*/web/index.ts', { eager: true, import: 'pages' })

export const pages: readonly PageRoute[] = Object.values(doors).flatMap((door) => door ?? [])

/** The header's words in order. */
export const navigation = pages
  .flatMap((page) => (page.nav ? [{ ...page, nav: page.nav }] : []))
  .sort((a, b) => a.nav.order - b.nav.order)
