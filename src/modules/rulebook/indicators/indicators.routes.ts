import { type Route, route } from '../../../kernel/http/route.ts'
import '../obligations/obligations.policy.ts'
import { cockpit, listIndicators, trace, traceRecords, trend } from './indicators.contract.ts'
import { cockpitOf, indicatorsAsked, placeAsked, trendOf } from './indicators.queries.ts'
import { recordsBehind, traceOf } from './trace.queries.ts'

export const indicatorsRoutes: readonly Route[] = [
  route(listIndicators, {
    permission: 'rulebook.obligation.read',
    handle: ({ query, read, platform }) => read((db) => indicatorsAsked(db, query, platform.clock.today())),
  }),
  route(cockpit, {
    permission: 'rulebook.obligation.read',
    handle: ({ query, read, platform, actor }) =>
      read(async (db) =>
        cockpitOf(db, await placeAsked(db, query.organization, actor.readOrganizations), {
          ...query,
          asOf: platform.clock.today(),
        }),
      ),
  }),
  route(trend, {
    permission: 'rulebook.obligation.read',
    handle: ({ query, read, platform }) => read((db) => trendOf(db, query, platform.clock.today())),
  }),
  route(trace, {
    permission: 'rulebook.obligation.read',
    handle: ({ query, read, platform }) => read((db) => traceOf(db, query, platform.clock.today())),
  }),
  route(traceRecords, {
    permission: 'rulebook.obligation.read',
    handle: ({ query, read }) => read((db) => recordsBehind(db, query)),
  }),
]
