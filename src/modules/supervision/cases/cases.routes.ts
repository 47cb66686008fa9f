import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import * as acts from './cases.actions.ts'
import * as following from './case-follow.actions.ts'
import * as contract from './cases.contract.ts'
import { caseSheet } from './case-export.queries.ts'
import { caseAsked } from './case-page.queries.ts'
import { casesAsked, funnelAsked } from './cases.queries.ts'

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

// Whoever owns a case may read it without any role, so the door lets everybody in business in and the query asks for the relation.
export const casesRoutes: readonly Route[] = [
  route(contract.listCases, {
    permission: 'supervision.case.see',
    handle: ({ query, read, actor, platform }) => read((db) => casesAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  downloadRoute(contract.exportCases, {
    permission: 'supervision.case.read',
    handle: async ({ query, read, actor, platform }) => {
      const today = platform.clock.today()
      const sheet = await read((db) => caseSheet(db, query, { actor, today }))
      return { name: `督办事项-${today}.xlsx`, mediaType: sheetType, stream: writeWorkbook({ sheets: [sheet] }) }
    },
  }),
  route(contract.funnel, {
    permission: 'supervision.case.read',
    handle: ({ query, read, actor, platform }) => read((db) => funnelAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  route(contract.showCase, {
    permission: 'supervision.case.see',
    handle: ({ params, read, actor, platform }) =>
      read((db) => caseAsked(db, params.id, { actor, today: platform.clock.today() })),
  }),
  route(contract.openCase, {
    permission: 'supervision.case.open',
    handle: ({ body, perform }) => perform(acts.openAction, body),
  }),
  route(contract.dismissCases, {
    permission: 'supervision.case.dismiss',
    handle: ({ body, perform }) => perform(acts.dismissManyAction, body),
  }),
  route(contract.remindCase, {
    permission: 'supervision.case.remind',
    handle: ({ params, body, perform }) => perform(acts.remindAction, { ...params, ...body }),
  }),
  route(contract.dismissCase, {
    permission: 'supervision.case.dismiss',
    handle: ({ params, body, perform }) => perform(acts.dismissAction, { ...params, ...body }),
  }),
  route(contract.superviseCase, {
    permission: 'supervision.case.supervise',
    handle: ({ params, body, perform }) => perform(acts.superviseAction, { ...params, ...body }),
  }),
  route(contract.reportCase, {
    permission: 'supervision.case.report',
    handle: ({ params, body, perform }) => perform(acts.reportAction, { ...params, ...body }),
  }),
  route(contract.verifyCase, {
    permission: 'supervision.case.verify',
    handle: ({ params, body, perform }) => perform(acts.verifyAction, { ...params, ...body }),
  }),
  route(contract.returnCase, {
    permission: 'supervision.case.return',
    handle: ({ params, body, perform }) => perform(acts.returnAction, { ...params, ...body }),
  }),
  route(contract.pauseCase, {
    permission: 'supervision.case.pause',
    handle: ({ params, body, perform }) => perform(acts.pauseAction, { ...params, ...body }),
  }),
  route(contract.resumeCase, {
    permission: 'supervision.case.resume',
    handle: ({ params, perform }) => perform(acts.resumeAction, params),
  }),
  route(contract.urgeCase, {
    permission: 'supervision.case.urge',
    handle: ({ params, body, perform }) => perform(following.urgeAction, { ...params, ...body }),
  }),
  route(contract.putOffCase, {
    permission: 'supervision.case.put_off',
    handle: ({ params, body, perform }) => perform(following.putOffAction, { ...params, ...body }),
  }),
  route(contract.reopenCase, {
    permission: 'supervision.case.reopen',
    handle: ({ params, body, perform }) => perform(acts.reopenAction, { ...params, ...body }),
  }),
]
