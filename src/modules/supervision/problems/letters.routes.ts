import { readAsSystem } from '../../../kernel/database/transaction.ts'
import { type Route, route } from '../../../kernel/http/route.ts'
import { keepLetter, setLetterAsideAction, takeLetterAction } from './letters.actions.ts'
import * as contract from './letters.contract.ts'
import { lettersAsked, unitsForLetters } from './letters.queries.ts'

export const lettersRoutes: readonly Route[] = [
  route(contract.letterPlaces, {
    permission: 'public',
    handle: async ({ platform }) => ({ items: await readAsSystem(platform.database, (read) => unitsForLetters(read)) }),
  }),
  route(contract.sendLetter, {
    permission: 'public',
    handle: ({ body, platform, address }) => keepLetter(platform, body, address),
  }),
  route(contract.listLetters, {
    permission: 'supervision.letter.sift',
    handle: ({ query, read, actor }) => read((db) => lettersAsked(db, query, actor)),
  }),
  route(contract.takeLetter, {
    permission: 'supervision.letter.sift',
    handle: ({ params, body, perform }) => perform(takeLetterAction, { ...params, ...body }),
  }),
  route(contract.setLetterAside, {
    permission: 'supervision.letter.sift',
    handle: ({ params, body, perform }) => perform(setLetterAsideAction, { ...params, ...body }),
  }),
]
