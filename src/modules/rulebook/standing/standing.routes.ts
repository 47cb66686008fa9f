import { holds } from '../../../kernel/access/permissions.ts'
import { type Route, route } from '../../../kernel/http/route.ts'
import { placeAsked } from '../indicators/indicators.queries.ts'
import '../obligations/obligations.policy.ts'
import { decideStandingAction } from './standing.actions.ts'
import { decideStanding, standing } from './standing.contract.ts'
import { standingOfYear } from './standing.queries.ts'

export const standingRoutes: readonly Route[] = [
  route(standing, {
    permission: 'rulebook.obligation.read',
    handle: ({ query, read, platform, actor }) =>
      read(async (db) => ({
        ...(await standingOfYear(db, await placeAsked(db, query.organization, actor.readOrganizations), {
          year: query.year,
          asOf: platform.clock.today(),
        })),
        abilities: holds(actor, 'rulebook.standing.decide') ? (['decide'] as const).slice() : [],
      })),
  }),
  route(decideStanding, {
    permission: 'rulebook.standing.decide',
    handle: ({ body, perform }) => perform(decideStandingAction, body),
  }),
]
