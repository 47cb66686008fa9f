import { type Route, route } from '../../../kernel/http/route.ts'
import { declareNotDoneAction } from './obligations.actions.ts'
import { declareNotDone, listObligations } from './obligations.contract.ts'
import './obligations.policy.ts'
import { obligationsFor } from './obligation-list.queries.ts'

export const obligationsRoutes: readonly Route[] = [
  route(listObligations, {
    permission: 'rulebook.obligation.read',
    handle: ({ query, read, platform, actor }) =>
      read((db) => obligationsFor(db, { query, actor, today: platform.clock.today() })),
  }),
  route(declareNotDone, {
    permission: 'rulebook.obligation.declare_not_done',
    handle: ({ body, perform }) => perform(declareNotDoneAction, body),
  }),
]
