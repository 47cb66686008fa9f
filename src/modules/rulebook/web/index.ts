import { lazy } from 'react'
import type { PageRoute } from '../../../ui/page-route.ts'

export { type FigureParts, figureParts, figureSentence, toneOf } from './figures.rules.ts'
export { FigureViews } from './figure-views.tsx'
export { cockpitAddress, obligationsAddress, whyAddress } from './addresses.rules.ts'

/** “Why this figure”, the same panel everywhere. Loaded when first shown. */
export const WhyPanel = lazy(() => import('./why-panel.tsx').then((panel) => ({ default: panel.WhyPanel })))

/** One organization's year of duties. */
export const DutyCalendar = lazy(() => import('./duty-calendar.tsx').then((calendar) => ({ default: calendar.DutyCalendar })))

const rules = () => import('./rules.page.tsx').then((page) => page.RulesPage)

export const pages: readonly PageRoute[] = [
  { path: '/rules', title: '制度', component: rules, nav: { label: '制度', order: 7 }, needs: 'rulebook.rule.read' },
  { path: '/rules/$code', title: '制度', component: rules, needs: 'rulebook.rule.read' },
  {
    path: '/obligations',
    title: '应办事项',
    component: () => import('./obligations.page.tsx').then((page) => page.ObligationsPage),
    needs: 'rulebook.obligation.read',
  },
  {
    path: '/why',
    title: '为什么是这个数',
    component: () => import('./why.page.tsx').then((page) => page.WhyPage),
    needs: 'rulebook.obligation.read',
  },
  {
    path: '/cockpit/explain',
    title: '情况说明',
    component: () => import('./explain.page.tsx').then((page) => page.ExplainPage),
    needs: 'rulebook.obligation.read',
  },
  {
    path: '/cockpit/differences',
    title: '差别',
    component: () => import('./differences.page.tsx').then((page) => page.DifferencesPage),
    needs: 'rulebook.obligation.read',
  },
  {
    path: '/cockpit/standing',
    title: '年度履责',
    component: () => import('./standing.page.tsx').then((page) => page.StandingPage),
    needs: 'rulebook.obligation.read',
  },
]
