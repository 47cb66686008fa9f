import { sql } from 'kysely'
import { declareMeasures, declareRecordKind } from '../rulebook/index.ts'
import { meetingExportRoutes } from './meetings/meeting-export.routes.ts'
import { firstAgendaItem, lecturesGiven, meetingsHeld } from './meetings/meetings.measures.ts'
import { meetingsRoutes } from './meetings/meetings.routes.ts'

/** Hands this module's measures to the engine; called once when the program starts. */
export function declareOrglifeMeasures(): void {
  declareRecordKind('meeting', sql`select no, id, title, held_on as happened_on from orglife.meetings`)
  declareMeasures(meetingsHeld, firstAgendaItem, lecturesGiven)
}

export const orglifeRoutes = [...meetingExportRoutes, ...meetingsRoutes]
export {
  correctMeetingAction,
  planMeetingAction,
  recordMeetingAction,
  withdrawMeetingAction,
} from './meetings/meetings.actions.ts'
