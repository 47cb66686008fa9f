import type { PageRoute } from '../../../ui/page-route.ts'

export { SupervisionTabs } from './tasks/supervision-tabs.tsx'

/** The page of those who tell something without signing in; it stands outside of everything that knows a session. */
export const letterPage = () => import('./letters/letter.page.tsx').then((page) => page.LetterPage)

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
  {
    path: '/cases/rules',
    title: '督办的规则',
    needs: 'supervision.case.read',
    component: () => import('./escalation/rules.page.tsx').then((page) => page.SupervisionRulesPage),
  },
  {
    path: '/problems',
    title: '问题清单',
    component: () => import('./problems/problems.page.tsx').then((page) => page.ProblemsPage),
  },
  {
    path: '/problems/new',
    title: '提问题',
    needs: 'supervision.problem.raise',
    component: () => import('./problems/new-problem.page.tsx').then((page) => page.NewProblemPage),
  },
  {
    path: '/problems/$id',
    title: '问题',
    component: () => import('./problems/problem.page.tsx').then((page) => page.ProblemPage),
  },
  {
    path: '/problem-letters',
    title: '匿名来信',
    needs: 'supervision.letter.sift',
    component: () => import('./problems/letters.page.tsx').then((page) => page.LettersPage),
  },
  {
    path: '/yellow-cards',
    title: '黄牌警示',
    component: () => import('./yellow-cards/cards.page.tsx').then((page) => page.CardsPage),
  },
  {
    path: '/yellow-cards/new',
    title: '建议黄牌',
    needs: 'supervision.yellow_card.propose',
    component: () => import('./yellow-cards/new-card.page.tsx').then((page) => page.NewCardPage),
  },
  {
    path: '/yellow-cards/conditions',
    title: '黄牌的进入条件',
    component: () => import('./yellow-cards/conditions.page.tsx').then((page) => page.CardConditionsPage),
  },
  {
    path: '/yellow-cards/$id',
    title: '黄牌警示',
    component: () => import('./yellow-cards/card.page.tsx').then((page) => page.CardPage),
  },
  { path: '/appeals', title: '申诉', component: () => import('./appeals/appeals.page.tsx').then((page) => page.AppealsPage) },
  {
    path: '/appeals/new',
    title: '申诉',
    component: () => import('./appeals/new-appeal.page.tsx').then((page) => page.NewAppealPage),
  },
  { path: '/appeals/$id', title: '申诉', component: () => import('./appeals/appeal.page.tsx').then((page) => page.AppealPage) },
  // Whoever owns a case opens it without any role, so the case itself says who may.
  { path: '/cases/$id', title: '督办事项', component: () => import('./case.page.tsx').then((page) => page.CaseDetailPage) },
  {
    path: '/papers',
    title: '文书',
    needs: 'supervision.paper.read',
    component: () => import('./papers/papers.page.tsx').then((page) => page.PapersPage),
  },
  {
    path: '/papers/new',
    title: '出文书',
    needs: 'supervision.paper.draft',
    component: () => import('./papers/new-paper.page.tsx').then((page) => page.NewPaperPage),
  },
  {
    path: '/papers/$id',
    title: '文书',
    needs: 'supervision.paper.read',
    component: () => import('./papers/paper.page.tsx').then((page) => page.PaperPageWhole),
  },
  {
    path: '/dispatch',
    title: '季度调度',
    needs: 'supervision.dispatch.read',
    component: () => import('./papers/dispatch.page.tsx').then((page) => page.DispatchPage),
  },
  {
    path: '/key-projects',
    title: '重点项目',
    component: () => import('./key-projects/projects.page.tsx').then((page) => page.ProjectsPage),
  },
  {
    path: '/key-projects/new',
    title: '登记重点项目',
    needs: 'supervision.key_project.enter',
    component: () => import('./key-projects/project-form.page.tsx').then((page) => page.NewProjectPage),
  },
  {
    path: '/key-projects/$id/amend',
    title: '更正重点项目',
    needs: 'supervision.key_project.amend',
    component: () => import('./key-projects/project-form.page.tsx').then((page) => page.AmendProjectPage),
  },
  // A supervisor opens it without any role, so the project itself says who may.
  {
    path: '/key-projects/$id',
    title: '重点项目',
    component: () => import('./key-projects/project.page.tsx').then((page) => page.ProjectPage),
  },
  {
    path: '/clues',
    title: '线索',
    needs: 'supervision.clue.read',
    component: () => import('./clues/clues.page.tsx').then((page) => page.CluesPage),
  },
  {
    path: '/clues/new',
    title: '受理线索',
    needs: 'supervision.clue.receive',
    component: () => import('./clues/new-clue.page.tsx').then((page) => page.NewCluePage),
  },
  {
    path: '/clues/$id',
    title: '线索',
    needs: 'supervision.clue.read',
    component: () => import('./clues/clue.page.tsx').then((page) => page.CluePage),
  },
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
    path: '/examples',
    title: '好做法',
    component: () => import('./practices/examples.page.tsx').then((page) => page.ExamplesPage),
  },
  {
    path: '/examples/new',
    title: '写好做法',
    needs: 'supervision.example.write',
    component: () => import('./practices/new-example.page.tsx').then((page) => page.NewExamplePage),
  },
  {
    path: '/examples/$id',
    title: '好做法',
    component: () => import('./practices/example.page.tsx').then((page) => page.ExamplePageWhole),
  },
  {
    path: '/local-rules',
    title: '制度',
    needs: 'supervision.local_rule.read',
    component: () => import('./practices/local-rules.page.tsx').then((page) => page.LocalRulesPage),
  },
  {
    path: '/local-rules/new',
    title: '登记制度',
    needs: 'supervision.local_rule.enter',
    component: () => import('./practices/new-local-rule.page.tsx').then((page) => page.NewLocalRulePage),
  },
  {
    path: '/local-rules/$id',
    title: '制度',
    needs: 'supervision.local_rule.read',
    component: () => import('./practices/local-rule.page.tsx').then((page) => page.LocalRulePageWhole),
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
    path: '/decisions/$id',
    title: '上级部署',
    component: () => import('./tasks/decisions.page.tsx').then((page) => page.DecisionPageAlone),
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
