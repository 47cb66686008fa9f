import { type Route, route } from '../../../kernel/http/route.ts'
import * as acts from './reading.actions.ts'
import * as contract from './reading.contract.ts'
import './reading.policy.ts'
import { readingAsked, readingPageOf } from './reading.queries.ts'

export const readingRoutes: readonly Route[] = [
  route(contract.listReading, {
    permission: 'learning.reading.read',
    handle: ({ query, read }) => read((db) => readingAsked(db, query)),
  }),
  route(contract.recommendReading, {
    permission: 'learning.reading.recommend',
    handle: ({ body, perform }) => perform(acts.recommendReadingAction, body),
  }),
  route(contract.showReading, {
    permission: 'learning.reading.read',
    handle: ({ params, read, actor }) => read((db) => readingPageOf(db, actor, params.id)),
  }),
  route(contract.correctReading, {
    permission: 'learning.reading.correct',
    handle: ({ params, body, perform }) => perform(acts.correctReadingAction, { ...params, ...body }),
  }),
  route(contract.withdrawReading, {
    permission: 'learning.reading.withdraw',
    handle: ({ params, body, perform }) => perform(acts.withdrawReadingAction, { ...params, ...body }),
  }),
  route(contract.shareNote, {
    permission: 'learning.reading_note.share',
    handle: ({ params, body, perform }) => perform(acts.shareNoteAction, { ...params, ...body }),
  }),
  route(contract.withdrawNote, {
    permission: 'learning.reading_note.withdraw',
    handle: ({ params, perform }) => perform(acts.withdrawNoteAction, params),
  }),
]
