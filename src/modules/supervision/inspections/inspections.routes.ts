import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import { answerLinesAction } from './answers.actions.ts'
import * as findingActs from './findings.actions.ts'
import * as findings from './findings.contract.ts'
import { findingAsked, findingsAsked } from './findings.queries.ts'
import * as acts from './inspections.actions.ts'
import * as contract from './inspections.contract.ts'
import './inspections.policy.ts'
import { inspectionAsked, inspectionsAsked, inspectionSheet } from './inspections.queries.ts'

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

// An inspector is named by the inspection, not by a role: the door lets everybody in business in, the rows say who sees what.
const inspections: readonly Route[] = [
  route(contract.listInspections, {
    permission: 'supervision.inspection.see',
    handle: ({ query, read, actor }) => read((db) => inspectionsAsked(db, query, actor)),
  }),
  downloadRoute(contract.exportInspections, {
    permission: 'supervision.inspection.read',
    handle: async ({ query, read, actor, platform }) => {
      const sheet = await read((db) => inspectionSheet(db, query, actor))
      return { name: `检查-${platform.clock.today()}.xlsx`, mediaType: sheetType, stream: writeWorkbook({ sheets: [sheet] }) }
    },
  }),
  route(contract.showInspection, {
    permission: 'supervision.inspection.see',
    handle: ({ params, read, actor }) => read((db) => inspectionAsked(db, params.id, actor)),
  }),
  route(contract.planInspections, {
    permission: 'supervision.inspection.plan',
    handle: ({ body, perform }) => perform(acts.planInspectionsAction, body),
  }),
  route(contract.announceInspection, {
    permission: 'supervision.inspection.announce',
    handle: ({ params, perform }) => perform(acts.announceInspectionAction, params),
  }),
  route(contract.editChecklist, {
    permission: 'supervision.inspection.edit',
    handle: ({ params, body, perform }) => perform(acts.editChecklistAction, { ...params, ...body }),
  }),
  route(contract.startInspection, {
    permission: 'supervision.inspection.start',
    handle: ({ params, body, perform }) => perform(acts.startInspectionAction, { ...params, ...body }),
  }),
  route(contract.answerLines, {
    permission: 'supervision.inspection.answer',
    handle: ({ params, body, perform }) => perform(answerLinesAction, { ...params, ...body }),
  }),
  route(contract.signInspection, {
    permission: 'supervision.inspection.sign',
    handle: ({ params, body, perform }) => perform(acts.signInspectionAction, { ...params, ...body }),
  }),
  route(contract.remarkInspection, {
    permission: 'supervision.inspection.remark',
    handle: ({ params, body, perform }) => perform(acts.remarkInspectionAction, { ...params, ...body }),
  }),
  route(contract.closeInspection, {
    permission: 'supervision.inspection.close',
    handle: ({ params, body, perform }) => perform(acts.closeInspectionAction, { ...params, ...body }),
  }),
  route(contract.cancelInspection, {
    permission: 'supervision.inspection.cancel',
    handle: ({ params, body, perform }) => perform(acts.cancelInspectionAction, { ...params, ...body }),
  }),
  route(contract.resumeInspection, {
    permission: 'supervision.inspection.resume',
    handle: ({ params, body, perform }) => perform(acts.resumeInspectionAction, { ...params, ...body }),
  }),
]

export const inspectionsRoutes: readonly Route[] = [
  ...inspections,
  route(findings.listFindings, {
    permission: 'supervision.finding.see',
    handle: ({ query, read }) => read((db) => findingsAsked(db, query)),
  }),
  route(findings.showFinding, {
    permission: 'supervision.finding.see',
    handle: ({ params, read, actor }) => read((db) => findingAsked(db, params.id, actor)),
  }),
  route(findings.recordFinding, {
    permission: 'supervision.finding.record',
    handle: ({ body, perform }) => perform(findingActs.recordFindingAction, body),
  }),
  route(findings.amendFinding, {
    permission: 'supervision.finding.amend',
    handle: ({ params, body, perform }) => perform(findingActs.amendFindingAction, { ...params, ...body }),
  }),
  route(findings.withdrawFinding, {
    permission: 'supervision.finding.withdraw',
    handle: ({ params, body, perform }) => perform(findingActs.withdrawFindingAction, { ...params, ...body }),
  }),
  route(findings.proposeFinding, {
    permission: 'supervision.finding.propose',
    handle: ({ params, perform }) => perform(findingActs.proposeFindingAction, params),
  }),
  route(findings.listFindingAsProblem, {
    permission: 'supervision.finding.list',
    handle: ({ params, body, perform }) => perform(findingActs.listFindingAction, { ...params, ...body }),
  }),
  route(findings.findingToClue, {
    permission: 'supervision.finding.clue',
    handle: ({ params, body, perform }) => perform(findingActs.findingToClueAction, { ...params, ...body }),
  }),
  route(findings.handOverFinding, {
    permission: 'supervision.finding.hand_over',
    handle: ({ params, body, perform }) => perform(findingActs.handOverFindingAction, { ...params, ...body }),
  }),
]
