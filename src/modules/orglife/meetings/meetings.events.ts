import { eventKind } from '../../../kernel/actions/events.ts'

/** A meeting was recorded; planned ones included that are now held. */
export const meetingRecorded = eventKind<{ meetingNo: number; heldOn: string }>('orglife.meeting_recorded')

/** A record was corrected; the meeting may have moved to another day or other organizations. */
export const meetingCorrected = eventKind<{ meetingNo: number }>('orglife.meeting_corrected')
