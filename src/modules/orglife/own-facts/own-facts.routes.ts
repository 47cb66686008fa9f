import { type Route, route } from '../../../kernel/http/route.ts'
import './own-facts.policy.ts'
import { answerFactCorrectionAction, askFactCorrectionAction } from './own-facts.actions.ts'
import { answerFactCorrection, askFactCorrection, listFactCorrections, listOwnFacts } from './own-facts.contract.ts'
import { factCorrectionsAsked, ownFactsOf } from './own-facts.queries.ts'

export const ownFactsRoutes: readonly Route[] = [
  route(listOwnFacts, {
    permission: 'orglife.fact.read_own',
    handle: ({ query, read, actor }) => read((db) => ownFactsOf(db, actor, query)),
  }),
  route(askFactCorrection, {
    permission: 'orglife.fact.ask_correction',
    handle: ({ body, perform }) => perform(askFactCorrectionAction, body),
  }),
  route(listFactCorrections, {
    permission: 'orglife.fact.read_own',
    handle: ({ query, read, actor }) => read((db) => factCorrectionsAsked(db, actor, query)),
  }),
  route(answerFactCorrection, {
    permission: 'orglife.fact.answer',
    handle: ({ params, body, perform }) => perform(answerFactCorrectionAction, { ...params, ...body }),
  }),
]
