import type { PageRoute } from '../../../ui/page-route.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/cockpit',
    title: '驾驶舱',
    component: () => import('./cockpit.page.tsx').then((page) => page.CockpitPage),
    nav: { label: '驾驶舱', order: 2 },
    needs: 'rulebook.obligation.read',
  },
]
