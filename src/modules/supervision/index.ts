import './cases/cases.handlers.ts'
import './cases/waiting.queries.ts'
import './cases/work-items.queries.ts'

export { casesRoutes as supervisionRoutes } from './cases/cases.routes.ts'
export { proposeCases, proposeStanding } from './cases/proposals.store.ts'
