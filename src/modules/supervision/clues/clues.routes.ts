import { type Route, route } from '../../../kernel/http/route.ts'
import type { Platform } from '../../../kernel/platform.ts'
import * as acts from './clues.actions.ts'
import * as contract from './clues.contract.ts'
import './clues.policy.ts'
import { clueAsked, cluesAsked } from './clues.queries.ts'
import { receiveClueAction } from './receiving.actions.ts'

const asking = (platform: Platform) => ({ today: platform.clock.today(), crypto: platform.crypto })

// Clues have no export: what leaves the system cannot be kept from whoever is named.
export const cluesRoutes: readonly Route[] = [
  route(contract.listClues, {
    permission: 'supervision.clue.read',
    handle: ({ query, read, actor, platform }) => read((db) => cluesAsked(db, query, { actor, ...asking(platform) })),
  }),
  route(contract.showClue, {
    permission: 'supervision.clue.read',
    handle: ({ params, read, actor, platform }) => read((db) => clueAsked(db, params.id, { actor, ...asking(platform) })),
  }),
  route(contract.receiveClue, {
    permission: 'supervision.clue.receive',
    handle: ({ body, perform }) => perform(receiveClueAction, body),
  }),
  route(contract.assessClue, {
    permission: 'supervision.clue.assess',
    handle: ({ params, body, perform }) => perform(acts.assessClueAction, { ...params, ...body }),
  }),
  route(contract.verifyClue, {
    permission: 'supervision.clue.verify',
    handle: ({ params, body, perform }) => perform(acts.verifyClueAction, { ...params, ...body }),
  }),
  route(contract.extendClue, {
    permission: 'supervision.clue.extend',
    handle: ({ params, body, perform }) => perform(acts.extendClueAction, { ...params, ...body }),
  }),
  route(contract.transferClue, {
    permission: 'supervision.clue.transfer',
    handle: ({ params, body, perform }) => perform(acts.transferClueAction, { ...params, ...body }),
  }),
  route(contract.fileClue, {
    permission: 'supervision.clue.file',
    handle: ({ params, body, perform }) => perform(acts.fileClueAction, { ...params, ...body }),
  }),
  route(contract.concludeClue, {
    permission: 'supervision.clue.conclude',
    handle: ({ params, body, perform }) => perform(acts.concludeClueAction, { ...params, ...body }),
  }),
  route(contract.reopenClue, {
    permission: 'supervision.clue.reopen',
    handle: ({ params, body, perform }) => perform(acts.reopenClueAction, { ...params, ...body }),
  }),
  route(contract.nameInClue, {
    permission: 'supervision.clue.name',
    handle: ({ params, body, perform }) => perform(acts.nameInClueAction, { ...params, ...body }),
  }),
]
