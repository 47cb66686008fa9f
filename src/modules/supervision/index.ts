import './cases/cases.handlers.ts'
import './cases/waiting.queries.ts'
import './cases/work-items.queries.ts'
import './cases/owned-items.queries.ts'
import './tasks/owned-items.queries.ts'
import './problems/owned-items.queries.ts'
import './unit-plans/owned-items.queries.ts'
import './yellow-cards/owned-items.queries.ts'
import './appeals/owned-items.queries.ts'
import './inspections/owned-items.queries.ts'
import './papers/owned-items.queries.ts'
import './search/sources.queries.ts'
import './tasks/work-items.queries.ts'
import './unit-plans/work-items.queries.ts'
import './inspections/work-items.queries.ts'
import './problems/work-items.queries.ts'
import './key-projects/work-items.queries.ts'
import './clues/work-items.queries.ts'
import './clues/clues.handlers.ts'
import './yellow-cards/work-items.queries.ts'
import './examples/work-items.queries.ts'
import './local-rules/work-items.queries.ts'
import './papers/case-papers.queries.ts'
import './papers/dispatch-papers.queries.ts'
import './papers/card-papers.queries.ts'
import './papers/problem-papers.queries.ts'
import './papers/plan-papers.queries.ts'
import './papers/papers.handlers.ts'
import type { Route } from '../../kernel/http/route.ts'
import { appealsRoutes } from './appeals/appeals.routes.ts'
import { casesRoutes } from './cases/cases.routes.ts'
import { examplesRoutes } from './examples/examples.routes.ts'
import { localRulesRoutes } from './local-rules/local-rules.routes.ts'
import { dispatchRoutes } from './dispatch/dispatch.routes.ts'
import { decisionsRoutes } from './decisions/decisions.routes.ts'
import { tasksRoutes } from './tasks/tasks.routes.ts'
import { unitPlansRoutes } from './unit-plans/unit-plans.routes.ts'
import { ladderRoutes } from './cases/ladder.routes.ts'
import { escalationRoutes } from './escalation/escalation.routes.ts'
import { inspectionsRoutes } from './inspections/inspections.routes.ts'
import { cluesRoutes } from './clues/clues.routes.ts'
import { projectsRoutes } from './key-projects/key-projects.routes.ts'
import { lettersRoutes } from './problems/letters.routes.ts'
import { papersRoutes } from './papers/papers.routes.ts'
import { problemsRoutes } from './problems/problems.routes.ts'
import { cardsRoutes } from './yellow-cards/cards.routes.ts'

/** All operations of the module. */
export const supervisionRoutes: readonly Route[] = [
  ...casesRoutes,
  ...decisionsRoutes,
  ...tasksRoutes,
  ...unitPlansRoutes,
  ...ladderRoutes,
  ...escalationRoutes,
  ...problemsRoutes,
  ...lettersRoutes,
  ...cardsRoutes,
  ...appealsRoutes,
  ...papersRoutes,
  ...dispatchRoutes,
  ...examplesRoutes,
  ...localRulesRoutes,
  ...inspectionsRoutes,
  ...projectsRoutes,
  ...cluesRoutes,
]
export { courseActs } from './course.actions.ts'
export { declareSupervisionMeasures } from './measures/declared.measures.ts'
export { proposeCases, proposeOverdueTasks, proposeStanding } from './cases/proposals.store.ts'
export { sealClue } from './clues/clues.store.ts'
export { shuffleLetters } from './problems/letters.store.ts'
export { escalateUnanswered } from './escalation/escalation.jobs.ts'
export { ownerNames } from './cases/case-names.queries.ts'
export { proposeCards } from './yellow-cards/conditions.store.ts'
