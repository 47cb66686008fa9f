import { type Route, route } from '../../../kernel/http/route.ts'
import { dropViewAction, keepViewAction } from './views.actions.ts'
import { dropView, keepView, listViews } from './views.contract.ts'
import './views.policy.ts'
import { viewsOf } from './views.queries.ts'

export const viewsRoutes: readonly Route[] = [
  route(listViews, {
    permission: 'desk.items.read',
    handle: async ({ read, actor }) => ({ items: await read((db) => viewsOf(db, actor)) }),
  }),
  route(keepView, { permission: 'desk.view.keep', handle: ({ body, perform }) => perform(keepViewAction, body) }),
  route(dropView, { permission: 'desk.view.drop', handle: ({ params, perform }) => perform(dropViewAction, params) }),
]
