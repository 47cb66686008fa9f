import { type OutSheet, writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import { paperFile } from '../../../kernel/papers/paper-file.ts'
import { requestPageOf } from './request-page.queries.ts'
import * as acts from './request-reports.actions.ts'
import * as contract from './request-reports.contract.ts'
import { requestStates } from './request-reports.lifecycle.ts'
import { requestPaperName, requestPaperOf } from './request-reports.papers.ts'
import './request-reports.policy.ts'
import { requestFormOf, requestsAsked } from './request-reports.queries.ts'

const mostRows = 20_000
const columns = [
  { title: '文种', width: 8 },
  { title: '事项', width: 40 },
  { title: '报送组织', width: 28 },
  { title: '报给', width: 24 },
  { title: '现在办理的组织', width: 24 },
  { title: '状态', width: 14 },
  { title: '报送日期', width: 12 },
  { title: '应答复日期', width: 12 },
  { title: '答复超期天数', width: 12, format: 'integer' },
  { title: '应报结果日期', width: 12 },
  { title: '报结果超期天数', width: 14, format: 'integer' },
  { title: '事后报送', width: 10 },
  { title: '越级', width: 8 },
] as const

/** The list as a sheet; both clocks stand side by side. */
function sheetOf(items: readonly contract.RequestLine[], total: number): OutSheet {
  const rows = items.map((line) => [
    contract.requestKinds[line.kind],
    line.title,
    line.organization.name,
    line.to.name,
    line.at.name,
    requestStates[line.state],
    line.sentOn,
    line.dueOn,
    line.overdueDays || null,
    line.followDueOn,
    line.followOverdueDays || null,
    line.afterAct ? '事后' : '',
    line.direct ? '' : '越级',
  ])
  if (total > items.length) rows.push([`共 ${total} 份，只导出前 ${items.length} 份，请缩小筛选范围后再导出其余的。`])
  return { name: '请示报告', columns, rows }
}

const steps: readonly Route[] = [
  route(contract.editRequest, {
    permission: 'orglife.request_report.edit',
    handle: ({ params, body, perform }) => perform(acts.editRequestAction, { ...params, ...body }),
  }),
  route(contract.sendRequest, {
    permission: 'orglife.request_report.send',
    handle: ({ params, body, perform }) => perform(acts.sendRequestAction, { ...params, ...body }),
  }),
  route(contract.withdrawRequest, {
    permission: 'orglife.request_report.withdraw',
    handle: ({ params, body, perform }) => perform(acts.withdrawRequestAction, { ...params, ...body }),
  }),
  route(contract.supplementRequest, {
    permission: 'orglife.request_report.supplement',
    handle: ({ params, body, perform }) => perform(acts.supplementRequestAction, { ...params, ...body }),
  }),
  route(contract.followUpRequest, {
    permission: 'orglife.request_report.follow_up',
    handle: ({ params, body, perform }) => perform(acts.followUpAction, { ...params, ...body }),
  }),
  route(contract.receiveRequest, {
    permission: 'orglife.request_report.receive',
    handle: ({ params, perform }) => perform(acts.receiveAction, params),
  }),
  route(contract.tellDelay, {
    permission: 'orglife.request_report.tell_delay',
    handle: ({ params, body, perform }) => perform(acts.tellDelayAction, { ...params, ...body }),
  }),
  route(contract.returnRequest, {
    permission: 'orglife.request_report.return',
    handle: ({ params, body, perform }) => perform(acts.returnRequestAction, { ...params, ...body }),
  }),
  route(contract.passUpRequest, {
    permission: 'orglife.request_report.pass_up',
    handle: ({ params, body, perform }) => perform(acts.passUpAction, { ...params, ...body }),
  }),
  route(contract.answerRequest, {
    permission: 'orglife.request_report.answer',
    handle: ({ params, body, perform }) => perform(acts.answerRequestAction, { ...params, ...body }),
  }),
  route(contract.closeRequest, {
    permission: 'orglife.request_report.close',
    handle: ({ params, body, perform }) => perform(acts.closeRequestAction, { ...params, ...body }),
  }),
]

export const requestReportsRoutes: readonly Route[] = [
  route(contract.listRequests, {
    permission: 'orglife.request_report.read',
    handle: ({ query, read, actor, platform }) =>
      read((db) => requestsAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  downloadRoute(contract.exportRequests, {
    permission: 'orglife.request_report.read',
    handle: async ({ query, read, actor, platform }) => {
      const today = platform.clock.today()
      const { items, total = 0 } = await read((db) => requestsAsked(db, { ...query, limit: mostRows }, { actor, today }))
      return {
        name: `请示报告-${today}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        stream: writeWorkbook({ sheets: [sheetOf(items, total)] }),
      }
    },
  }),
  route(contract.requestForm, {
    permission: 'orglife.request_report.draft',
    handle: ({ query, read, actor, platform }) =>
      read((db) => requestFormOf(db, query.organization, { actor, today: platform.clock.today() })),
  }),
  route(contract.showRequest, {
    permission: 'orglife.request_report.read',
    handle: ({ params, read, actor, platform }) =>
      read((db) => requestPageOf(db, params.id, { actor, today: platform.clock.today() })),
  }),
  downloadRoute(contract.requestPaper, {
    permission: 'orglife.request_report.read',
    handle: async ({ params, read, actor, platform }) => {
      const page = await read((db) => requestPageOf(db, params.id, { actor, today: platform.clock.today() }))
      return paperFile(requestPaperName(page), requestPaperOf(page))
    },
  }),
  route(contract.draftRequest, {
    permission: 'orglife.request_report.draft',
    handle: ({ body, perform }) => perform(acts.draftRequestAction, body),
  }),
  ...steps,
]
