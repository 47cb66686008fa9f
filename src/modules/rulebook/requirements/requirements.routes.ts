import { type Route, route } from '../../../kernel/http/route.ts'
import '../obligations/obligations.policy.ts'
import { listMeasures, showCoverage, showRulebook } from './coverage.contract.ts'
import { coverage, measuresAsked } from './coverage.queries.ts'
import { listClauses, listRequirements, listRulebooks } from './requirements.contract.ts'
import { clausesAsked, requirementsAsked, rulebooksLoaded } from './requirements.queries.ts'
import { rulebookShown } from './rulebook-shown.queries.ts'

export const requirementsRoutes: readonly Route[] = [
  route(showRulebook, {
    permission: 'rulebook.rule.read',
    handle: ({ read, params, platform, actor }) =>
      read((db) => rulebookShown(db, { id: params.id, today: platform.clock.today(), actor })),
  }),
  route(showCoverage, {
    permission: 'rulebook.rule.read',
    handle: ({ read, query, platform }) =>
      read((db) => coverage(db, { rulebook: query.rulebook, today: platform.clock.today() })),
  }),
  route(listMeasures, {
    permission: 'rulebook.rule.read',
    handle: ({ read, platform }) => read((db) => measuresAsked(db, platform.clock.today())),
  }),
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
