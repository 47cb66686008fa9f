import { type Route, route } from '../../../kernel/http/route.ts'
import * as acts from './appeals.actions.ts'
import * as contract from './appeals.contract.ts'
import './appeals.policy.ts'
import { appealAsked, appealsAsked } from './appeals.queries.ts'

export const appealsRoutes: readonly Route[] = [
  route(contract.listAppeals, {
    permission: 'supervision.appeal.see',
    handle: ({ query, read, actor, platform }) => read((db) => appealsAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  route(contract.showAppeal, {
    permission: 'supervision.appeal.see',
    handle: ({ params, read, actor, platform }) =>
      read((db) => appealAsked(db, params.id, { actor, today: platform.clock.today() })),
  }),
  route(contract.fileAppeal, {
    permission: 'supervision.appeal.file',
    handle: ({ body, perform }) => perform(acts.fileAppealAction, body),
  }),
  route(contract.takeAppeal, {
    permission: 'supervision.appeal.take',
    handle: ({ params, perform }) => perform(acts.takeAppealAction, params),
  }),
  route(contract.upholdAppeal, {
    permission: 'supervision.appeal.uphold',
    handle: ({ params, body, perform }) => perform(acts.upholdAppealAction, { ...params, ...body }),
  }),
  route(contract.rejectAppeal, {
    permission: 'supervision.appeal.reject',
    handle: ({ params, body, perform }) => perform(acts.rejectAppealAction, { ...params, ...body }),
  }),
  route(contract.withdrawAppeal, {
    permission: 'supervision.appeal.withdraw',
    handle: ({ params, perform }) => perform(acts.withdrawAppealAction, params),
  }),
]
