import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import { actOnEach } from './bulk.actions.ts'
import { funnelOf } from './funnel.queries.ts'
import * as contract from './items.contract.ts'
import { itemSheet } from './items-export.queries.ts'
import './items.policy.ts'
import { countsAsked, itemsAsked } from './items.queries.ts'

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const itemsRoutes: readonly Route[] = [
  route(contract.listItems, {
    permission: 'desk.items.read',
    handle: ({ query, read, actor, platform }) => read((db) => itemsAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  route(contract.countItems, {
    permission: 'desk.items.read',
    handle: ({ query, read, actor, platform }) => read((db) => countsAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  route(contract.itemFunnel, {
    permission: 'desk.items.read',
    handle: ({ query, read, actor, platform }) => read((db) => funnelOf(db, query, { actor, today: platform.clock.today() })),
  }),
  downloadRoute(contract.exportItems, {
    permission: 'desk.items.read',
    handle: async ({ query, read, actor, platform }) => {
      const today = platform.clock.today()
      const sheet = await read((db) => itemSheet(db, query, { actor, today }))
      return { name: `督办台-${today}.xlsx`, mediaType: sheetType, stream: writeWorkbook({ sheets: [sheet] }) }
    },
  }),
  route(contract.actOnItems, {
    permission: 'desk.items.act',
    handle: async ({ body, actor, platform, requestId }) => ({ results: await actOnEach(platform, { actor, requestId }, body) }),
  }),
]
