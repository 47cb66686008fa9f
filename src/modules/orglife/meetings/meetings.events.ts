import { eventKind } from '../../../kernel/actions/events.ts'

/** A meeting was recorded; planned ones included that are now held. */
export const meetingRecorded = eventKind<{ meetingNo: number; heldOn: string }>('orglife.meeting_recorded')
