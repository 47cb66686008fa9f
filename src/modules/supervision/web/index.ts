import type { PageRoute } from '../../../ui/page-route.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/cases',
    title: '督办',
    needs: 'supervision.case.read',
    nav: { label: '督办', order: 4 },
    component: () => import('./cases.page.tsx').then((page) => page.CasesPage),
  },
  {
    path: '/cases/new',
    title: '直接立项',
    needs: 'supervision.case.open',
    component: () => import('./new-case.page.tsx').then((page) => page.NewCasePage),
  },
  // Whoever owns a case opens it without any role, so the case itself says who may.
  { path: '/cases/$id', title: '督办事项', component: () => import('./case.page.tsx').then((page) => page.CaseDetailPage) },
]
