import type { PageRoute } from '../../../../ui/page-route.ts'

/** Pages of requests and reports, notices, ideology and year plans. */
export const reportPages: readonly PageRoute[] = [
  {
    path: '/request-reports',
    title: '请示报告',
    needs: 'orglife.request_report.read',
    component: () => import('./request-list.page.tsx').then((page) => page.RequestListPage),
  },
  {
    path: '/request-reports/new',
    title: '起草请示报告',
    needs: 'orglife.request_report.draft',
    component: () => import('./request-form.page.tsx').then((page) => page.NewRequestPage),
  },
  {
    path: '/request-reports/$id',
    title: '请示报告',
    needs: 'orglife.request_report.read',
    component: () => import('./request-list.page.tsx').then((page) => page.RequestDetailPage),
  },
  {
    path: '/request-reports/$id/edit',
    title: '修改请示报告',
    needs: 'orglife.request_report.edit',
    component: () => import('./request-form.page.tsx').then((page) => page.EditRequestPage),
  },
  {
    path: '/member-requests',
    title: '党员请示',
    needs: 'orglife.member_request.read',
    component: () => import('./member-requests.page.tsx').then((page) => page.MemberRequestsPage),
  },
  {
    path: '/member-requests/new',
    title: '向支部请示',
    needs: 'orglife.member_request.ask',
    component: () => import('./member-requests.page.tsx').then((page) => page.AskBranchPage),
  },
  {
    path: '/member-requests/$id',
    title: '党员请示',
    needs: 'orglife.member_request.read',
    component: () => import('./member-requests.page.tsx').then((page) => page.MemberRequestDetailPage),
  },
  {
    path: '/circulars',
    title: '通知',
    needs: 'orglife.circular.read',
    component: () => import('./circulars.page.tsx').then((page) => page.CircularsPage),
  },
  {
    path: '/circulars/new',
    title: '发通知',
    needs: 'orglife.circular.issue',
    component: () => import('./circulars.page.tsx').then((page) => page.NewCircularPage),
  },
  {
    path: '/ideology',
    title: '意识形态责任制',
    needs: 'orglife.ideology_keeper.read',
    component: () => import('./keepers.page.tsx').then((page) => page.KeepersPage),
  },
  {
    path: '/ideology/outlets',
    title: '阵地登记',
    needs: 'orglife.outlet.read',
    component: () => import('./outlets.page.tsx').then((page) => page.OutletsPage),
  },
  {
    path: '/ideology/outlets/new',
    title: '登记阵地',
    needs: 'orglife.outlet.register',
    component: () => import('./outlets.page.tsx').then((page) => page.NewOutletPage),
  },
  {
    path: '/year-plans',
    title: '年度计划',
    needs: 'orglife.year_plan.read',
    component: () => import('./year-plans.page.tsx').then((page) => page.YearPlansPage),
  },
  {
    path: '/year-plans/$id',
    title: '年度计划',
    needs: 'orglife.year_plan.read',
    component: () => import('./year-plan.page.tsx').then((page) => page.YearPlanDetailPage),
  },
  {
    path: '/political-checks',
    title: '专项考察',
    needs: 'orglife.political_check.read',
    component: () => import('./political-checks.page.tsx').then((page) => page.PoliticalChecksPage),
  },
  {
    path: '/political-checks/new',
    title: '开始专项考察',
    needs: 'orglife.political_check.start',
    component: () => import('./political-checks.page.tsx').then((page) => page.NewPoliticalCheckPage),
  },
  {
    path: '/political-checks/$id',
    title: '专项考察',
    needs: 'orglife.political_check.read',
    component: () => import('./political-check.page.tsx').then((page) => page.PoliticalCheckDetailPage),
  },
]
