import { sql } from 'kysely'
import { declareMeasures, declareRecordKind } from '../rulebook/index.ts'
import { meetingExportRoutes } from './meetings/meeting-export.routes.ts'
import { firstAgendaItem, lecturesGiven, meetingsHeld, meetingsWithItem } from './meetings/meetings.measures.ts'
import { meetingsRoutes } from './meetings/meetings.routes.ts'
import { meetingsAttended, membersReached, workRecordCoverage } from './work-records/coverage.measures.ts'
import { workRecordExportRoutes } from './work-records/work-record-export.routes.ts'
import { workRecordHours, workRecordRatio, workRecords } from './work-records/work-records.measures.ts'
import { workRecordsRoutes } from './work-records/work-records.routes.ts'

/** Hands this module's measures to the engine; called once when the program starts. */
export function declareOrglifeMeasures(): void {
  declareRecordKind('meeting', sql`select no, id, title, held_on as happened_on from orglife.meetings`)
  declareRecordKind('work-record', sql`select no, id, title, held_on as happened_on from orglife.work_records`)
  declareMeasures(meetingsHeld, firstAgendaItem, lecturesGiven, meetingsWithItem)
  declareMeasures(workRecords, workRecordHours, workRecordRatio, workRecordCoverage, meetingsAttended, membersReached)
}

export const orglifeRoutes = [...workRecordExportRoutes, ...workRecordsRoutes, ...meetingExportRoutes, ...meetingsRoutes]
export {
  correctMeetingAction,
  planMeetingAction,
  recordMeetingAction,
  withdrawMeetingAction,
} from './meetings/meetings.actions.ts'
export { correctWorkAction, recordWorkAction, withdrawWorkAction } from './work-records/work-records.actions.ts'
