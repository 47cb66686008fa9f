import type { PageRoute } from '../../../ui/page-route.ts'

/** What is held about the reader herself. */
export const factPages: readonly PageRoute[] = [
  {
    path: '/my-facts',
    title: '我的记录',
    needs: 'orglife.fact.read_own',
    component: () => import('./own-facts.page.tsx').then((page) => page.OwnFactsPage),
  },
]
