import { type Route, route } from '../../../kernel/http/route.ts'
import { putAwayAction } from './notices.actions.ts'
import { listNotices, putAwayNotice } from './notices.contract.ts'
import './notices.policy.ts'
import { noticesAsked } from './notices.queries.ts'

export const noticesRoutes: readonly Route[] = [
  route(listNotices, {
    permission: 'signed_in',
    handle: ({ query, read, actor }) => read((db) => noticesAsked(db, actor, query)),
  }),
  route(putAwayNotice, { permission: 'desk.notice.put_away', handle: ({ params, perform }) => perform(putAwayAction, params) }),
]
