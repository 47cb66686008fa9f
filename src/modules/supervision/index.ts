import './cases/cases.handlers.ts'

export { casesRoutes as supervisionRoutes } from './cases/cases.routes.ts'
export { proposeCases } from './cases/proposals.store.ts'
