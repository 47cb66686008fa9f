import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import * as acts from './local-rules.actions.ts'
import * as contract from './local-rules.contract.ts'
import { localRuleAsked, localRuleSheet, localRulesAsked } from './local-rules.queries.ts'
import './local-rules.policy.ts'

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const localRulesRoutes: readonly Route[] = [
  route(contract.listLocalRules, {
    permission: 'supervision.local_rule.read',
    handle: ({ query, read, actor, platform }) =>
      read((db) => localRulesAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  downloadRoute(contract.exportLocalRules, {
    permission: 'supervision.local_rule.read',
    handle: async ({ query, read, actor, platform }) => {
      const today = platform.clock.today()
      const sheet = await read((db) => localRuleSheet(db, query, { actor, today }))
      return { name: `制度-${today}.xlsx`, mediaType: sheetType, stream: writeWorkbook({ sheets: [sheet] }) }
    },
  }),
  route(contract.showLocalRule, {
    permission: 'supervision.local_rule.read',
    handle: ({ params, read, actor, platform }) =>
      read((db) => localRuleAsked(db, params.id, { actor, today: platform.clock.today() })),
  }),
  route(contract.enterLocalRule, {
    permission: 'supervision.local_rule.enter',
    handle: ({ body, perform }) => perform(acts.enterLocalRuleAction, body),
  }),
  route(contract.reviewLocalRule, {
    permission: 'supervision.local_rule.review',
    handle: ({ params, body, perform }) => perform(acts.reviewLocalRuleAction, { ...params, ...body }),
  }),
  route(contract.reviseLocalRule, {
    permission: 'supervision.local_rule.revise',
    handle: ({ params, body, perform }) => perform(acts.reviseLocalRuleAction, { ...params, ...body }),
  }),
  route(contract.amendLocalRule, {
    permission: 'supervision.local_rule.amend',
    handle: ({ params, body, perform }) => perform(acts.amendLocalRuleAction, { ...params, ...body }),
  }),
  route(contract.repealLocalRule, {
    permission: 'supervision.local_rule.repeal',
    handle: ({ params, body, perform }) => perform(acts.repealLocalRuleAction, { ...params, ...body }),
  }),
]
