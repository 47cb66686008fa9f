import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import { problemAsked } from './problem-page.queries.ts'
import { problemSheet } from './problem-export.queries.ts'
import * as acts from './problems.actions.ts'
import * as following from './problem-follow.actions.ts'
import * as contract from './problems.contract.ts'
import { problemsAsked } from './problems.queries.ts'
import './problems.policy.ts'

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const problemsRoutes: readonly Route[] = [
  route(contract.listProblems, {
    permission: 'supervision.problem.see',
    handle: ({ query, read, actor, platform }) =>
      read((db) => problemsAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  downloadRoute(contract.exportProblems, {
    permission: 'supervision.problem.read',
    handle: async ({ query, read, actor, platform }) => {
      const today = platform.clock.today()
      const sheet = await read((db) => problemSheet(db, query, { actor, today }))
      return { name: `问题清单-${today}.xlsx`, mediaType: sheetType, stream: writeWorkbook({ sheets: [sheet] }) }
    },
  }),
  route(contract.showProblem, {
    permission: 'supervision.problem.see',
    handle: ({ params, read, actor, platform }) =>
      read((db) => problemAsked(db, params.id, { actor, today: platform.clock.today() })),
  }),
  route(contract.raiseProblem, {
    permission: 'supervision.problem.raise',
    handle: ({ body, perform }) => perform(acts.raiseProblemAction, body),
  }),
  route(contract.acceptProblem, {
    permission: 'supervision.problem.accept',
    handle: ({ params, body, perform }) => perform(acts.acceptProblemAction, { ...params, ...body }),
  }),
  route(contract.rejectProblem, {
    permission: 'supervision.problem.reject',
    handle: ({ params, body, perform }) => perform(acts.rejectProblemAction, { ...params, ...body }),
  }),
  route(contract.reportProblem, {
    permission: 'supervision.problem.report',
    handle: ({ params, body, perform }) => perform(acts.reportProblemAction, { ...params, ...body }),
  }),
  route(contract.urgeProblem, {
    permission: 'supervision.problem.urge',
    handle: ({ params, body, perform }) => perform(following.urgeProblemAction, { ...params, ...body }),
  }),
  route(contract.putOffProblem, {
    permission: 'supervision.problem.put_off',
    handle: ({ params, body, perform }) => perform(following.putOffProblemAction, { ...params, ...body }),
  }),
  route(contract.caseFromProblem, {
    permission: 'supervision.problem.open_case',
    handle: ({ params, body, perform }) => perform(following.caseFromProblemAction, { ...params, ...body }),
  }),
  route(contract.verifyProblem, {
    permission: 'supervision.problem.verify',
    handle: ({ params, body, perform }) => perform(acts.verifyProblemAction, { ...params, ...body }),
  }),
  route(contract.returnProblem, {
    permission: 'supervision.problem.return',
    handle: ({ params, body, perform }) => perform(acts.returnProblemAction, { ...params, ...body }),
  }),
  route(contract.confirmProblem, {
    permission: 'supervision.problem.confirm',
    handle: ({ params, perform }) => perform(acts.confirmProblemAction, params),
  }),
  route(contract.disputeProblem, {
    permission: 'supervision.problem.dispute',
    handle: ({ params, body, perform }) => perform(acts.disputeProblemAction, { ...params, ...body }),
  }),
  route(contract.closeProblem, {
    permission: 'supervision.problem.close',
    handle: ({ params, body, perform }) => perform(acts.closeProblemAction, { ...params, ...body }),
  }),
  route(contract.reopenProblem, {
    permission: 'supervision.problem.reopen',
    handle: ({ params, body, perform }) => perform(acts.reopenProblemAction, { ...params, ...body }),
  }),
  route(contract.linkProblem, {
    permission: 'supervision.problem.link',
    handle: ({ params, body, perform }) => perform(acts.linkProblemAction, { ...params, ...body }),
  }),
]
