import { type Route, route } from '../../../kernel/http/route.ts'
import { issueCircularAction, withdrawCircularAction } from './circulars.actions.ts'
import { issueCircular, listCirculars, showCircular, withdrawCircular } from './circulars.contract.ts'
import './circulars.policy.ts'
import { circularPageOf, circularsAsked } from './circulars.queries.ts'

export const circularsRoutes: readonly Route[] = [
  route(listCirculars, {
    permission: 'orglife.circular.read',
    handle: ({ query, read, platform }) => read((db) => circularsAsked(db, query, platform.clock.today())),
  }),
  route(showCircular, {
    permission: 'orglife.circular.read',
    handle: ({ params, read, actor, platform }) =>
      read((db) => circularPageOf(db, params.id, { actor, today: platform.clock.today() })),
  }),
  route(issueCircular, {
    permission: 'orglife.circular.issue',
    handle: ({ body, perform }) => perform(issueCircularAction, body),
  }),
  route(withdrawCircular, {
    permission: 'orglife.circular.withdraw',
    handle: ({ params, body, perform }) => perform(withdrawCircularAction, { ...params, ...body }),
  }),
]
