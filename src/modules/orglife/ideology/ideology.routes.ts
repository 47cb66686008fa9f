import { type OutSheet, writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import './ideology.policy.ts'
import { endKeeperAction, nameKeeperAction } from './keepers.actions.ts'
import { endKeeper, exportKeepers, type KeeperLine, levels, listKeepers, nameKeeper } from './keepers.contract.ts'
import { keepersAsked } from './keepers.queries.ts'
import * as acts from './outlets.actions.ts'
import * as outlets from './outlets.contract.ts'
import { outletPageOf, outletsAsked } from './outlets.queries.ts'

const mostRows = 20_000
const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const titles = (...names: readonly string[]) => names.map((title) => ({ title, width: 18 }))

const keeperSheet = (items: readonly KeeperLine[]): OutSheet => ({
  name: '意识形态责任人',
  columns: titles('组织', '层级', '第一责任人', '直接责任人', '自哪天起缺'),
  rows: items.map((line) => [
    line.organization.name,
    levels[line.level],
    ...(['first', 'direct'] as const).map((duty) => line.keepers.find((one) => one.duty === duty)?.person.name ?? ''),
    line.gapSince,
  ]),
})

const outletSheet = (items: readonly outlets.OutletLine[]): OutSheet => ({
  name: '阵地登记',
  columns: titles(
    '名称',
    '种类',
    '主办组织',
    '网址、账号或地点',
    '管理员',
    '备岗',
    '启用日期',
    '下次复核日期',
    '状态',
    '注销日期',
  ),
  rows: items.map((line) => [
    line.name,
    outlets.outletKinds[line.kind],
    line.organization.name,
    line.address,
    line.keeper.name,
    line.deputy?.name,
    line.openedOn,
    line.reviewOn,
    outlets.outletStates[line.state],
    line.closedOn,
  ]),
})

export const ideologyRoutes: readonly Route[] = [
  route(listKeepers, {
    permission: 'orglife.ideology_keeper.read',
    handle: ({ query, read, actor }) => read((db) => keepersAsked(db, query, actor)),
  }),
  downloadRoute(exportKeepers, {
    permission: 'orglife.ideology_keeper.read',
    handle: async ({ query, read, actor, platform }) => {
      const { items } = await read((db) => keepersAsked(db, { ...query, limit: mostRows }, actor))
      const stream = writeWorkbook({ sheets: [keeperSheet(items)] })
      return { name: `意识形态责任人-${platform.clock.today()}.xlsx`, mediaType: workbook, stream }
    },
  }),
  route(nameKeeper, {
    permission: 'orglife.ideology_keeper.name',
    handle: ({ body, perform }) => perform(nameKeeperAction, body),
  }),
  route(endKeeper, {
    permission: 'orglife.ideology_keeper.end',
    handle: ({ params, body, perform }) => perform(endKeeperAction, { ...params, ...body }),
  }),
  route(outlets.listOutlets, {
    permission: 'orglife.outlet.read',
    handle: ({ query, read, actor, platform }) => read((db) => outletsAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  downloadRoute(outlets.exportOutlets, {
    permission: 'orglife.outlet.read',
    handle: async ({ query, read, actor, platform }) => {
      const today = platform.clock.today()
      const { items } = await read((db) => outletsAsked(db, { ...query, limit: mostRows }, { actor, today }))
      return { name: `阵地登记-${today}.xlsx`, mediaType: workbook, stream: writeWorkbook({ sheets: [outletSheet(items)] }) }
    },
  }),
  route(outlets.showOutlet, {
    permission: 'orglife.outlet.read',
    handle: ({ params, read, actor, platform }) =>
      read((db) => outletPageOf(db, params.id, { actor, today: platform.clock.today() })),
  }),
  route(outlets.registerOutlet, {
    permission: 'orglife.outlet.register',
    handle: ({ body, perform }) => perform(acts.registerOutletAction, body),
  }),
  route(outlets.correctOutlet, {
    permission: 'orglife.outlet.correct',
    handle: ({ params, body, perform }) => perform(acts.correctOutletAction, { ...params, ...body }),
  }),
  route(outlets.reviewOutlet, {
    permission: 'orglife.outlet.review',
    handle: ({ params, body, perform }) => perform(acts.reviewOutletAction, { ...params, ...body }),
  }),
  route(outlets.closeOutlet, {
    permission: 'orglife.outlet.close',
    handle: ({ params, body, perform }) => perform(acts.closeOutletAction, { ...params, ...body }),
  }),
]
