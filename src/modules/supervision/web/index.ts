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
  {
    path: '/inspections',
    title: '检查',
    needs: 'supervision.inspection.see',
    component: () => import('./inspections.page.tsx').then((page) => page.InspectionsPage),
  },
  {
    path: '/inspections/new',
    title: '安排检查',
    needs: 'supervision.inspection.plan',
    component: () => import('./new-inspection.page.tsx').then((page) => page.NewInspectionPage),
  },
  {
    path: '/inspections/kit',
    title: '离线检查',
    needs: 'supervision.inspection.see',
    component: () => import('./inspection-kit.page.tsx').then((page) => page.InspectionKitPage),
  },
  {
    path: '/inspections/$id',
    title: '检查',
    needs: 'supervision.inspection.see',
    component: () => import('./inspection.page.tsx').then((page) => page.InspectionPageWhole),
  },
  {
    path: '/decisions',
    title: '上级部署',
    component: () => import('./tasks/decisions.page.tsx').then((page) => page.DecisionsPage),
  },
  {
    path: '/decisions/new',
    title: '登记部署',
    needs: 'supervision.decision.record',
    component: () => import('./tasks/decision-form.page.tsx').then((page) => page.NewDecisionPage),
  },
  {
    path: '/decisions/$id/correct',
    title: '更正部署',
    needs: 'supervision.decision.correct',
    component: () => import('./tasks/decision-form.page.tsx').then((page) => page.CorrectDecisionPage),
  },
  { path: '/tasks', title: '任务', component: () => import('./tasks/tasks.page.tsx').then((page) => page.TasksPage) },
  {
    path: '/tasks/new',
    title: '直接交办',
    needs: 'supervision.task.give',
    component: () => import('./tasks/new-task.page.tsx').then((page) => page.NewTaskPage),
  },
  {
    path: '/tasks/changes',
    title: '任务变动情况',
    needs: 'supervision.task.read',
    component: () => import('./tasks/task-changes.page.tsx').then((page) => page.TaskChangesPage),
  },
  // Whoever owns a task opens it without any role, so the task itself says who may.
  { path: '/tasks/$id', title: '任务', component: () => import('./tasks/tasks.page.tsx').then((page) => page.TaskPageAlone) },
  {
    path: '/unit-plans',
    title: '实施方案',
    component: () => import('./tasks/unit-plans.page.tsx').then((page) => page.UnitPlansPage),
  },
  {
    path: '/unit-plans/new',
    title: '起草方案',
    needs: 'supervision.unit_plan.write',
    component: () => import('./tasks/plan-form.page.tsx').then((page) => page.NewPlanPage),
  },
  {
    path: '/unit-plans/$id/edit',
    title: '修改方案',
    needs: 'supervision.unit_plan.edit',
    component: () => import('./tasks/plan-form.page.tsx').then((page) => page.EditPlanPage),
  },
]
