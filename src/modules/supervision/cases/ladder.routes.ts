import { type Route, route } from '../../../kernel/http/route.ts'
import * as acts from './ladder.actions.ts'
import * as contract from './ladder.contract.ts'
import { setLadderAction } from './ladder-conditions.actions.ts'
import { ladderNow } from './ladder-conditions.store.ts'

export const ladderRoutes: readonly Route[] = [
  route(contract.showLadder, {
    permission: 'supervision.case.see',
    handle: async ({ read }) => {
      const { conditions, ...rest } = await read(ladderNow)
      return { ...rest, conditions: conditions.map((one) => one as contract.ConditionGiven) }
    },
  }),
  route(contract.setLadder, {
    permission: 'supervision.case.set_ladder',
    handle: ({ body, perform }) => perform(setLadderAction, body),
  }),
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
