import { eventKind } from '../../../kernel/actions/events.ts'

/** A meeting was recorded; planned ones included that are now held. */
export const meetingRecorded = eventKind<{ meetingNo: number; heldOn: string }>('orglife.meeting_recorded')

/** A meeting was planned; whoever is expected is to be told. */
export const meetingPlanned = eventKind<{
  meetingNo: number
  meetingId: string
  title: string
  heldOn: string
  place: string | null
  notice: string | null
  personNos: readonly number[]
}>('orglife.meeting_planned')
