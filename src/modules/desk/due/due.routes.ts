import { type Route, route } from '../../../kernel/http/route.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import { listDue } from './due.contract.ts'
import { byUrgency, countsOf } from './due.rules.ts'

export const dueRoutes: readonly Route[] = [
  route(listDue, {
    permission: 'signed_in',
    handle: async ({ read, actor, platform }) => {
      const today = platform.clock.today()
      const items = await read((db) => workItemsOf(db, actor, today))
      return { today, items: items.sort(byUrgency), counts: countsOf(items) }
    },
  }),
]
