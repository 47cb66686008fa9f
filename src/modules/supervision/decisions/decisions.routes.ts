import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import { decisionAsked, decisionSheet } from './decision-page.queries.ts'
import * as acts from './decisions.actions.ts'
import * as contract from './decisions.contract.ts'
import { decisionsAsked } from './decisions.queries.ts'

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const decisionsRoutes: readonly Route[] = [
  route(contract.listDecisions, {
    permission: 'supervision.decision.see',
    handle: ({ query, read, actor, platform }) =>
      read((db) => decisionsAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  downloadRoute(contract.exportDecisions, {
    permission: 'supervision.task.read',
    handle: async ({ query, read, actor, platform }) => {
      const today = platform.clock.today()
      const sheet = await read((db) => decisionSheet(db, query, { actor, today }))
      return { name: `上级部署-${today}.xlsx`, mediaType: sheetType, stream: writeWorkbook({ sheets: [sheet] }) }
    },
  }),
  route(contract.showDecision, {
    permission: 'supervision.decision.see',
    handle: ({ params, read, actor, platform }) =>
      read((db) => decisionAsked(db, params.id, { actor, today: platform.clock.today() })),
  }),
  route(contract.recordDecision, {
    permission: 'supervision.decision.record',
    handle: ({ body, perform }) => perform(acts.recordDecisionAction, body),
  }),
  route(contract.correctDecision, {
    permission: 'supervision.decision.correct',
    handle: ({ params, body, perform }) => perform(acts.correctDecisionAction, { ...params, ...body }),
  }),
  route(contract.breakDown, {
    permission: 'supervision.decision.break_down',
    handle: ({ params, body, perform }) => perform(acts.breakDownAction, { ...params, ...body }),
  }),
  route(contract.closeDecision, {
    permission: 'supervision.decision.close',
    handle: ({ params, body, perform }) => perform(acts.closeDecisionAction, { ...params, ...body }),
  }),
  route(contract.reopenDecision, {
    permission: 'supervision.decision.reopen',
    handle: ({ params, body, perform }) => perform(acts.reopenDecisionAction, { ...params, ...body }),
  }),
  route(contract.withdrawDecision, {
    permission: 'supervision.decision.withdraw',
    handle: ({ params, body, perform }) => perform(acts.withdrawDecisionAction, { ...params, ...body }),
  }),
]
