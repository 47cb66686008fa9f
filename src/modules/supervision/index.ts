import './cases/cases.handlers.ts'
import './cases/waiting.queries.ts'
import './cases/work-items.queries.ts'
import './inspections/work-items.queries.ts'
import type { Route } from '../../kernel/http/route.ts'
import { casesRoutes } from './cases/cases.routes.ts'
import { inspectionsRoutes } from './inspections/inspections.routes.ts'

/** All operations of the module. */
export const supervisionRoutes: readonly Route[] = [...casesRoutes, ...inspectionsRoutes]
export { proposeCases, proposeStanding } from './cases/proposals.store.ts'
