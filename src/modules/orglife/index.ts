import { sql } from 'kysely'
import { declareMeasures, declareRecordKind } from '../rulebook/index.ts'
import { birthdaysRoutes } from './ceremonies/birthdays.routes.ts'
import { dualLifeRoutes } from './dual-life/dual-life.routes.ts'
import { entriesRoutes } from './entries/entries.routes.ts'
import { entriesMade, entryCoverage, pairsCovered } from './entries/entries.measures.ts'
import { declareEntryInputs } from './entries/entry-inputs.measures.ts'
import './entries/entry-search.queries.ts'
import { entryKinds } from './entries/kinds.contract.ts'
import { heartTalksRoutes } from './heart-talks/heart-talks.routes.ts'
import { declareMeetingInputs } from './meetings/meeting-inputs.measures.ts'
import { meetingExportRoutes } from './meetings/meeting-export.routes.ts'
import { firstAgendaItem, lecturesGiven, meetingsHeld, meetingsWithItem } from './meetings/meetings.measures.ts'
import { meetingPapersRoutes } from './meetings/meeting-papers.routes.ts'
import {
  chairedByEntitled,
  quorumReached,
  rectificationListed,
  resolutionsSettled,
  themeDayKeptTo,
} from './meetings/meeting-order.measures.ts'
import { ownFactsRoutes } from './own-facts/own-facts.routes.ts'
import { resolutionsRoutes } from './resolutions/resolutions.routes.ts'
import { meetingsRoutes } from './meetings/meetings.routes.ts'
import { checksRoutes } from './questions/checks.routes.ts'
import { questionsRoutes } from './questions/questions.routes.ts'
import './questions/work-items.queries.ts'
import { oldRecordsRoutes } from './imports/old-records.routes.ts'
import './papers/collections.queries.ts'
import './search/sources.queries.ts'
import { meetingsAttended, membersReached, workRecordCoverage } from './work-records/coverage.measures.ts'
import { declareWorkRecordInputs } from './work-records/work-record-inputs.measures.ts'
import { workRecordExportRoutes } from './work-records/work-record-export.routes.ts'
import { workRecordHours, workRecordRatio, workRecords } from './work-records/work-records.measures.ts'
import { workRecordsRoutes } from './work-records/work-records.routes.ts'
import { issueCircularAction } from './circulars/circulars.actions.ts'
import { circularsRoutes } from './circulars/circulars.routes.ts'
import { declareIdeologyInputs, ideologyKeepersNamed } from './ideology/ideology.measures.ts'
import { registerOutletAction } from './ideology/outlets.actions.ts'
import { ideologyRoutes } from './ideology/ideology.routes.ts'
import * as memberRequests from './request-reports/member-requests.actions.ts'
import { memberRequestsRoutes } from './request-reports/member-requests.routes.ts'
import * as requests from './request-reports/request-reports.actions.ts'
import { approveYearPlanAction, proposeYearPlanAction } from './year-plans/year-plans.actions.ts'
import { yearPlansRoutes } from './year-plans/year-plans.routes.ts'
import {
  answerCheckAction,
  concludeCheckAction,
  findInCheckAction,
  startCheckAction,
} from './political-checks/political-checks.actions.ts'
import { declareCheckInputs, politicalChecks } from './political-checks/political-checks.measures.ts'
import { politicalChecksRoutes } from './political-checks/political-checks.routes.ts'
import { declareRequestInputs, requestMeasures } from './request-reports/request-reports.measures.ts'
import { requestReportsRoutes } from './request-reports/request-reports.routes.ts'
import './request-reports/work-items.queries.ts'

/** Hands this module's measures to the engine; called once when the program starts. */
export function declareOrglifeMeasures(): void {
  declareMeetingInputs()
  declareWorkRecordInputs()
  declareRequestInputs()
  declareIdeologyInputs()
  declareEntryInputs()
  declareCheckInputs()
  declareRecordKind('meeting', sql`select no, id, title, held_on as happened_on from orglife.meetings`)
  declareRecordKind('work-record', sql`select no, id, title, held_on as happened_on from orglife.work_records`)
  for (const { code, noun, confined } of entryKinds) {
    // A figure opens to names of records for whoever may see the figure; of a confined one it tells the kind alone.
    const title = confined ? sql.lit(noun) : sql.ref('title')
    declareRecordKind(
      code,
      sql`select no, id, ${title} as title, held_on as happened_on from orglife.entries where kind = ${sql.lit(code)}`,
    )
  }
  declareMeasures(entriesMade, entryCoverage, pairsCovered)
  declareRecordKind(
    'request-report',
    sql`select no, id, case when by_member then '党员请示' else title end as title, sent_on as happened_on from orglife.request_reports`,
  )
  declareRecordKind(
    'ideology-keeper',
    // A keeper is shown with the organization's others.
    sql`select k.no, o.id, '意识形态责任人' as title, lower(k.valid) as happened_on
      from orglife.ideology_keepers k join directory.organizations o on o.no = k.organization_no`,
  )
  declareRecordKind(
    'political-check',
    sql`select c.no, c.id, '专项考察' as title, coalesce(c.concluded_on, c.started_on) as happened_on from orglife.political_checks c`,
  )
  declareMeasures(...requestMeasures, ideologyKeepersNamed, politicalChecks)
  declareMeasures(quorumReached, chairedByEntitled, themeDayKeptTo, resolutionsSettled, rectificationListed)
  declareMeasures(meetingsHeld, firstAgendaItem, lecturesGiven, meetingsWithItem)
  declareMeasures(workRecords, workRecordHours, workRecordRatio, workRecordCoverage, meetingsAttended, membersReached)
}

export const orglifeRoutes = [
  ...heartTalksRoutes,
  ...dualLifeRoutes,
  ...birthdaysRoutes,
  ...resolutionsRoutes,
  ...ownFactsRoutes,
  ...entriesRoutes,
  ...requestReportsRoutes,
  ...memberRequestsRoutes,
  ...circularsRoutes,
  ...ideologyRoutes,
  ...yearPlansRoutes,
  ...politicalChecksRoutes,
  ...workRecordExportRoutes,
  ...workRecordsRoutes,
  ...meetingExportRoutes,
  ...meetingPapersRoutes,
  ...oldRecordsRoutes,
  ...meetingsRoutes,
  ...questionsRoutes,
  ...checksRoutes,
]
/** Acts with which the made-up city tells what goes up and down. */
export const reportActs = {
  askBranch: memberRequests.askBranchAction,
  answerMemberRequest: memberRequests.answerMemberRequestAction,
  draftRequest: requests.draftRequestAction,
  sendRequest: requests.sendRequestAction,
  receiveRequest: requests.receiveAction,
  answerRequest: requests.answerRequestAction,
  registerOutlet: registerOutletAction,
  issueCircular: issueCircularAction,
  proposeYearPlan: proposeYearPlanAction,
  approveYearPlan: approveYearPlanAction,
  startPoliticalCheck: startCheckAction,
  findInPoliticalCheck: findInCheckAction,
  concludePoliticalCheck: concludeCheckAction,
  answerPoliticalCheck: answerCheckAction,
} as const
export {
  correctMeetingAction,
  planMeetingAction,
  recordMeetingAction,
  withdrawMeetingAction,
} from './meetings/meetings.actions.ts'
export type { SheetRecords } from './imports/imports.actions.ts'
export { importRoutesOf } from './imports/imports.routes.ts'
export { refusedIn } from './imports/row-faults.rules.ts'
export { awayIn, codeOf, dayIn, namesIn, type SheetColumn, type SheetRow } from './imports/sheet.rules.ts'
export { entryActionsOf } from './entries/entries.actions.ts'
export { fixThemeDayAction } from './resolutions/resolutions.actions.ts'
export { cancelAnnouncedCheck, insertCheck as announceCheck } from './questions/checks.store.ts'
export { askEverything, lookForQuestions } from './questions/questions.jobs.ts'
export {
  confirmWorkAction,
  correctWorkAction,
  recordWorkAction,
  withdrawWorkAction,
} from './work-records/work-records.actions.ts'
export { workRecordPageOf, workRecordsAsked } from './work-records/work-records.queries.ts'
