import { type Route, route } from '../../../kernel/http/route.ts'
import * as acts from './cards.actions.ts'
import { urgeCardAction } from './card-urge.actions.ts'
import * as contract from './cards.contract.ts'
import { cardAsked, cardsAsked } from './cards.queries.ts'
import { conditionsNow } from './conditions.store.ts'
import './cards.policy.ts'

export const cardsRoutes: readonly Route[] = [
  route(contract.listCards, {
    permission: 'supervision.yellow_card.see',
    handle: ({ query, read, actor, platform }) => read((db) => cardsAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  route(contract.showCardConditions, {
    permission: 'supervision.yellow_card.see',
    handle: async ({ read }) => {
      const { entries, ...rest } = await read(conditionsNow)
      return { ...rest, entries: [...entries] }
    },
  }),
  route(contract.setCardConditions, {
    permission: 'supervision.yellow_card.set_conditions',
    handle: ({ body, perform }) => perform(acts.setConditionsAction, body),
  }),
  route(contract.showCard, {
    permission: 'supervision.yellow_card.see',
    handle: ({ params, read, actor, platform }) =>
      read((db) => cardAsked(db, params.id, { actor, today: platform.clock.today() })),
  }),
  route(contract.proposeCard, {
    permission: 'supervision.yellow_card.propose',
    handle: ({ body, perform }) => perform(acts.proposeCardAction, body),
  }),
  route(contract.stateOnCard, {
    permission: 'supervision.yellow_card.state',
    handle: ({ params, body, perform }) => perform(acts.stateAction, { ...params, ...body }),
  }),
  route(contract.passHearing, {
    permission: 'supervision.yellow_card.pass_hearing',
    handle: ({ params, body, perform }) => perform(acts.passHearingAction, { ...params, ...body }),
  }),
  route(contract.decideCard, {
    permission: 'supervision.yellow_card.decide',
    handle: ({ params, body, perform }) => perform(acts.decideCardAction, { ...params, ...body }),
  }),
  route(contract.declineCard, {
    permission: 'supervision.yellow_card.decline',
    handle: ({ params, body, perform }) => perform(acts.declineCardAction, { ...params, ...body }),
  }),
  route(contract.addCardItem, {
    permission: 'supervision.yellow_card.add_item',
    handle: ({ params, body, perform }) => perform(acts.addItemAction, { ...params, ...body }),
  }),
  route(contract.urgeCard, {
    permission: 'supervision.yellow_card.urge',
    handle: ({ params, body, perform }) => perform(urgeCardAction, { ...params, ...body }),
  }),
  route(contract.reportOnCard, {
    permission: 'supervision.yellow_card.report',
    handle: ({ params, body, perform }) => perform(acts.reportCardAction, { ...params, ...body }),
  }),
  route(contract.finishCardItem, {
    permission: 'supervision.yellow_card.finish_item',
    handle: ({ params, body, perform }) => perform(acts.finishItemAction, { ...params, ...body }),
  }),
  route(contract.passCardItem, {
    permission: 'supervision.yellow_card.pass_item',
    handle: ({ params, body, perform }) => perform(acts.passItemAction, { ...params, ...body }),
  }),
  route(contract.returnCardItem, {
    permission: 'supervision.yellow_card.return_item',
    handle: ({ params, body, perform }) => perform(acts.returnItemAction, { ...params, ...body }),
  }),
]
