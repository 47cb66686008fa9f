import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import * as contract from './dispatch.contract.ts'
import './dispatch.policy.ts'
import { dispatchAsked } from './dispatch.queries.ts'

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Items that the page shows; the export holds all. */
const shown = 1000

const columns = [
  { title: '单位', width: 24 },
  { title: '组织', width: 28 },
  { title: '类别', width: 8 },
  { title: '条线', width: 10 },
  { title: '编号', width: 18 },
  { title: '事项', width: 48 },
  { title: '状态', width: 12 },
  { title: '变化', width: 10 },
  { title: '时限', width: 12 },
  { title: '超过时限', width: 10 },
  { title: '在等上级', width: 10 },
]

export const dispatchRoutes: readonly Route[] = [
  route(contract.showDispatch, {
    permission: 'supervision.dispatch.read',
    handle: async ({ query, read, actor, platform }) => {
      const whole = await read((db) => dispatchAsked(db, query, { actor, today: platform.clock.today() }))
      return { ...whole, items: whole.items.slice(0, shown) }
    },
  }),
  downloadRoute(contract.exportDispatch, {
    permission: 'supervision.dispatch.read',
    handle: async ({ query, read, actor, platform }) => {
      const whole = await read((db) => dispatchAsked(db, query, { actor, today: platform.clock.today() }))
      const rows = whole.items.map((item) => [
        item.unit.name,
        item.organization,
        contract.dispatchKinds[item.kind],
        item.line,
        item.number,
        item.title,
        item.state,
        contract.changes[item.change],
        item.dueOn,
        item.overdue,
        item.waiting,
      ])
      const name = `季度调度-${query.quarter}-截至${whole.until}.xlsx`
      return { name, mediaType: sheetType, stream: writeWorkbook({ sheets: [{ name: '台账', columns, rows }] }) }
    },
  }),
]
