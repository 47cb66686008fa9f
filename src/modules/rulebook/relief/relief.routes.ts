import { type Route, route } from '../../../kernel/http/route.ts'
import {
  askClockStopAction,
  askExtensionAction,
  endClockStopAction,
  grantReliefAction,
  refuseReliefAction,
  withdrawReliefAction,
} from './relief.actions.ts'
import {
  askClockStop,
  askExtension,
  endClockStop,
  grantRelief,
  listReliefs,
  refuseRelief,
  showRelief,
  withdrawRelief,
} from './relief.contract.ts'
import './relief.policy.ts'
import { reliefShown, reliefsAsked } from './relief.queries.ts'

export const reliefRoutes: readonly Route[] = [
  route(listReliefs, {
    permission: 'rulebook.relief.read',
    handle: ({ query, read, actor }) => read((db) => reliefsAsked(db, query, actor)),
  }),
  route(showRelief, {
    permission: 'rulebook.relief.read',
    handle: ({ params, read, actor }) => read((db) => reliefShown(db, params.id, actor)),
  }),
  route(askExtension, {
    permission: 'rulebook.relief.ask',
    handle: ({ body, perform }) => perform(askExtensionAction, body),
  }),
  route(askClockStop, {
    permission: 'rulebook.relief.ask',
    handle: ({ body, perform }) => perform(askClockStopAction, body),
  }),
  route(grantRelief, {
    permission: 'rulebook.relief.grant',
    handle: ({ params, body, perform }) => perform(grantReliefAction, { ...body, id: params.id }),
  }),
  route(refuseRelief, {
    permission: 'rulebook.relief.refuse',
    handle: ({ params, body, perform }) => perform(refuseReliefAction, { ...body, id: params.id }),
  }),
  route(withdrawRelief, {
    permission: 'rulebook.relief.withdraw',
    handle: ({ params, perform }) => perform(withdrawReliefAction, { id: params.id }),
  }),
  route(endClockStop, {
    permission: 'rulebook.relief.end',
    handle: ({ params, body, perform }) => perform(endClockStopAction, { ...body, id: params.id }),
  }),
]
