import { type Route, route } from '../../../kernel/http/route.ts'
import '../obligations/obligations.policy.ts'
import { listClauses, listRequirements, listRulebooks } from './requirements.contract.ts'
import { clausesAsked, requirementsAsked, rulebooksLoaded } from './requirements.queries.ts'

export const requirementsRoutes: readonly Route[] = [
  route(listRulebooks, { permission: 'rulebook.rule.read', handle: ({ read }) => read(rulebooksLoaded) }),
  route(listRequirements, {
    permission: 'rulebook.rule.read',
    handle: ({ read, query }) => read((db) => requirementsAsked(db, query.rulebook)),
  }),
  route(listClauses, {
    permission: 'rulebook.rule.read',
    handle: ({ read, query }) => read((db) => clausesAsked(db, query.rulebook)),
  }),
]
