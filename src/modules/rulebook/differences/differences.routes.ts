import { type Route, route } from '../../../kernel/http/route.ts'
import { placeAsked } from '../indicators/indicators.queries.ts'
import '../obligations/obligations.policy.ts'
import { differences } from './differences.contract.ts'
import { differencesOf } from './differences.queries.ts'

export const differencesRoutes: readonly Route[] = [
  route(differences, {
    permission: 'rulebook.obligation.read',
    handle: ({ query: { organization, ...query }, read, platform, actor }) =>
      read(async (db) =>
        differencesOf(db, await placeAsked(db, organization, actor.readOrganizations), {
          ...query,
          asOf: platform.clock.today(),
        }),
      ),
  }),
]
