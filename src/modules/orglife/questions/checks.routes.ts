import { type Route, route } from '../../../kernel/http/route.ts'
import { cancelCheckAction, noteCheckAction } from './checks.actions.ts'
import { cancelCheck, listChecks, noteCheck } from './checks.contract.ts'
import { announcedChecks } from './checks.store.ts'
import { showLateness } from './lateness.contract.ts'
import { latenessOf } from './lateness.queries.ts'
import './questions.policy.ts'

export const checksRoutes: readonly Route[] = [
  route(listChecks, {
    permission: 'orglife.check.read',
    handle: ({ read, actor }) => read(async (db) => ({ items: await announcedChecks(db, actor), next: null })),
  }),
  route(noteCheck, { permission: 'orglife.check.note', handle: ({ body, perform }) => perform(noteCheckAction, body) }),
  route(cancelCheck, {
    permission: 'orglife.check.cancel',
    handle: ({ params, body, perform }) => perform(cancelCheckAction, { ...params, ...body }),
  }),
  route(showLateness, {
    permission: 'orglife.lateness.read',
    handle: ({ query, read, actor, platform }) => read((db) => latenessOf(db, query, { actor, today: platform.clock.today() })),
  }),
]
