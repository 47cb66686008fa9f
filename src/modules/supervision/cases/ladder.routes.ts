import { type Route, route } from '../../../kernel/http/route.ts'
import * as acts from './ladder.actions.ts'
import * as contract from './ladder.contract.ts'

export const ladderRoutes: readonly Route[] = [
  route(contract.talkOnCase, {
    permission: 'supervision.case.talk',
    handle: ({ params, body, perform }) => perform(acts.talkAction, { ...params, ...body }),
  }),
  route(contract.confirmTalk, {
    permission: 'supervision.case.confirm_talk',
    handle: ({ params, body, perform }) => perform(acts.confirmTalkAction, { ...params, ...body }),
  }),
  route(contract.cardFromCase, {
    permission: 'supervision.case.propose_card',
    handle: ({ params, body, perform }) => perform(acts.cardFromCaseAction, { ...params, ...body }),
  }),
  route(contract.accountabilityFromCase, {
    permission: 'supervision.case.propose_accountability',
    handle: ({ params, body, perform }) => perform(acts.accountabilityAction, { ...params, ...body }),
  }),
]
