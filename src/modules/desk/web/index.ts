import { call } from '../../../kernel/http/call.ts'
import type { PageRoute } from '../../../ui/page-route.ts'
import { listNotices } from '../notices/notices.contract.ts'

/** How many notices are not put away. */
async function waiting(signal: AbortSignal): Promise<number> {
  return (await call(listNotices, { query: { limit: 1 } }, { signal })).total ?? 0
}

export const pages: readonly PageRoute[] = [
  {
    path: '/',
    title: '待办',
    component: () => import('./due.page.tsx').then((page) => page.DuePage),
    nav: { label: '待办', order: 1 },
  },
  {
    path: '/cockpit',
    title: '驾驶舱',
    component: () => import('./cockpit.page.tsx').then((page) => page.CockpitPage),
    nav: { label: '驾驶舱', order: 2 },
    needs: 'rulebook.obligation.read',
  },
  {
    path: '/search',
    title: '查找',
    component: () => import('./search.page.tsx').then((page) => page.SearchPage),
    nav: { label: '查找', order: 0, place: 'person', sign: 'search', key: '/' },
    needs: 'desk.search.use',
  },
  {
    path: '/desk',
    title: '督办台',
    needs: 'desk.items.read',
    component: () => import('./desk.page.tsx').then((page) => page.DeskPage),
  },
  {
    path: '/collections',
    title: '材料',
    component: () => import('./collections.page.tsx').then((page) => page.CollectionsPage),
    needs: 'desk.collection.export',
  },
  {
    path: '/robots',
    title: '群机器人',
    needs: 'desk.robot.read',
    nav: { label: '机器人', order: 23 },
    component: () => import('./robots.page.tsx').then((page) => page.RobotsPage),
  },
  {
    path: '/notices',
    title: '通知',
    component: () => import('./notices.page.tsx').then((page) => page.NoticesPage),
    nav: { label: '通知', order: 1, place: 'person', badge: waiting },
  },
  {
    path: '/audit',
    title: '审计台账',
    component: () => import('./audit.page.tsx').then((page) => page.AuditPage),
    nav: { label: '审计', order: 22 },
    needs: 'desk.audit.read',
  },
  {
    path: '/settings',
    title: '我的设置',
    component: () => import('./settings.page.tsx').then((page) => page.SettingsPage),
  },
]
