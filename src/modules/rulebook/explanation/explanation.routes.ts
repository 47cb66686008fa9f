import { type Route, route } from '../../../kernel/http/route.ts'
import { placeAsked } from '../indicators/indicators.queries.ts'
import '../obligations/obligations.policy.ts'
import { explain } from './explanation.contract.ts'
import { explanationOf } from './explanation.queries.ts'

export const explanationRoutes: readonly Route[] = [
  route(explain, {
    permission: 'rulebook.obligation.read',
    handle: ({ query, read, platform, actor }) =>
      read(async (db) =>
        explanationOf(db, await placeAsked(db, query.organization, actor.readOrganizations), {
          period: query.period,
          asOf: platform.clock.today(),
        }),
      ),
  }),
]
