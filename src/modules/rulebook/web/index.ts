import { lazy } from 'react'
import type { PageRoute } from '../../../ui/page-route.ts'

export { type FigureParts, figureParts, figureSentence, toneOf } from './figures.rules.ts'
export { FigureViews } from './figure-views.tsx'
export { FrozenNotice } from './snapshots/frozen-notice.tsx'
export { SealsPanel } from './snapshots/seals-panel.tsx'
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
    path: '/determinations',
    title: '认定',
    component: () => import('./determinations/determinations.page.tsx').then((page) => page.DeterminationsPage),
    needs: 'rulebook.determination.read',
  },
  {
    path: '/determinations/new',
    title: '作出认定',
    component: () => import('./determinations/new-determination.page.tsx').then((page) => page.NewDeterminationPage),
    needs: 'rulebook.determination.make',
  },
  {
    path: '/determinations/$id',
    title: '认定',
    component: () => import('./determinations/determination.page.tsx').then((page) => page.DeterminationDetailPage),
    needs: 'rulebook.determination.read',
  },
  {
    path: '/determinations/$id/correct',
    title: '更正认定',
    component: () => import('./determinations/correct-determination.page.tsx').then((page) => page.CorrectDeterminationPage),
    needs: 'rulebook.determination.correct',
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
  {
    path: '/cockpit/frozen',
    title: '冻结与复核',
    component: () => import('./snapshots/snapshots.page.tsx').then((page) => page.SnapshotsPage),
    needs: 'rulebook.snapshot.read',
  },
  {
    path: '/cockpit/frozen/$id',
    title: '冻结',
    component: () => import('./snapshots/snapshot.page.tsx').then((page) => page.SnapshotPage),
    needs: 'rulebook.snapshot.read',
  },
  {
    path: '/rules/coverage',
    title: '覆盖情况',
    component: () => import('./coverage.page.tsx').then((page) => page.CoveragePage),
    needs: 'rulebook.rule.read',
  },
  {
    path: '/rules/editions/$id',
    title: '各版对照',
    component: () => import('./drafts/compare.page.tsx').then((page) => page.EditionsPage),
    needs: 'rulebook.rule.read',
  },
  {
    path: '/rules/drafts',
    title: '起草和发布',
    component: () => import('./drafts/drafts.page.tsx').then((page) => page.DraftsPage),
    needs: 'rulebook.rule.edit',
  },
  {
    path: '/rules/drafts/$id',
    title: '制度草稿',
    component: () => import('./drafts/draft.page.tsx').then((page) => page.DraftPage),
    needs: 'rulebook.rule.edit',
  },
  {
    path: '/rules/drafts/$id/compare',
    title: '对照',
    component: () => import('./drafts/compare.page.tsx').then((page) => page.DraftComparePage),
    needs: 'rulebook.rule.edit',
  },
  {
    path: '/rules/drafts/$id/rehearse',
    title: '预演',
    component: () => import('./drafts/rehearse.page.tsx').then((page) => page.RehearsePage),
    needs: 'rulebook.rule.rehearse',
  },
  {
    path: '/rules/drafts/$id/publish',
    title: '发布',
    component: () => import('./drafts/publish.page.tsx').then((page) => page.PublishPage),
    needs: 'rulebook.rule.publish',
  },
  {
    path: '/calendar',
    title: '应办日历',
    component: () => import('./calendar.page.tsx').then((page) => page.CalendarPage),
    needs: 'rulebook.calendar.read_own',
  },
  {
    path: '/exemptions',
    title: '豁免',
    component: () => import('./exemptions.page.tsx').then((page) => page.ExemptionsPage),
    needs: 'rulebook.exemption.read',
  },
  {
    path: '/exemptions/new',
    title: '决定豁免',
    component: () => import('./new-exemption.page.tsx').then((page) => page.NewExemptionPage),
    needs: 'rulebook.exemption.grant_member',
  },
  {
    path: '/reliefs',
    title: '延期和停表',
    component: () => import('./reliefs.page.tsx').then((page) => page.ReliefsPage),
    needs: 'rulebook.relief.read',
  },
  {
    path: '/data-requests',
    title: '专项填报',
    component: () => import('./data-requests/data-requests.page.tsx').then((page) => page.DataRequestsPage),
    needs: 'rulebook.data_request.read',
  },
  {
    path: '/data-requests/new',
    title: '起草专项填报',
    component: () => import('./data-requests/edit-request.page.tsx').then((page) => page.NewRequestPage),
    needs: 'rulebook.data_request.issue',
  },
  {
    path: '/data-requests/$id',
    title: '专项填报',
    component: () => import('./data-requests/data-request.page.tsx').then((page) => page.DataRequestPage),
    needs: 'rulebook.data_request.read',
  },
  {
    path: '/data-requests/$id/edit',
    title: '修改专项填报',
    component: () => import('./data-requests/edit-request.page.tsx').then((page) => page.EditRequestPage),
    needs: 'rulebook.data_request.issue',
  },
  {
    path: '/burden',
    title: '填报负担',
    component: () => import('./data-requests/burden.page.tsx').then((page) => page.BurdenPage),
    needs: 'rulebook.data_request.read',
  },
]
