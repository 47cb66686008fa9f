import { type Route, route } from '../../../kernel/http/route.ts'
import {
  correctDeterminationAction,
  decideObjectionAction,
  makeDeterminationAction,
  objectAction,
  withdrawDeterminationAction,
} from './determinations.actions.ts'
import {
  correctDetermination,
  decideObjection,
  listDeterminations,
  listMatters,
  makeDetermination,
  objectToDetermination,
  showDetermination,
  withdrawDetermination,
} from './determinations.contract.ts'
import './determinations.measures.ts'
import './determinations.policy.ts'
import { determinationPageOf, determinationsAsked, mattersNow } from './determinations.queries.ts'

export const determinationsRoutes: readonly Route[] = [
  route(listDeterminations, {
    permission: 'rulebook.determination.read',
    handle: ({ query, read }) => read((db) => determinationsAsked(db, query)),
  }),
  route(listMatters, {
    permission: 'rulebook.determination.read',
    handle: ({ read, platform }) => read((db) => mattersNow(db, platform.clock.today())),
  }),
  route(makeDetermination, {
    permission: 'rulebook.determination.make',
    handle: ({ body, perform }) => perform(makeDeterminationAction, body),
  }),
  route(showDetermination, {
    permission: 'rulebook.determination.read',
    handle: ({ params, read, actor, platform }) =>
      read((db) => determinationPageOf(db, actor, { id: params.id, today: platform.clock.today() })),
  }),
  route(correctDetermination, {
    permission: 'rulebook.determination.correct',
    handle: ({ params, body, perform }) => perform(correctDeterminationAction, { ...params, ...body }),
  }),
  route(withdrawDetermination, {
    permission: 'rulebook.determination.withdraw',
    handle: ({ params, body, perform }) => perform(withdrawDeterminationAction, { ...params, ...body }),
  }),
  route(objectToDetermination, {
    permission: 'rulebook.determination.object',
    handle: ({ params, body, perform }) => perform(objectAction, { ...params, ...body }),
  }),
  route(decideObjection, {
    permission: 'rulebook.determination.decide',
    handle: ({ params, body, perform }) => perform(decideObjectionAction, { ...params, ...body }),
  }),
]
