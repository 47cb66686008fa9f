import type { z } from 'zod'
import { recordMeetingBody } from '../meetings/meetings.contract.ts'
import { defineSheet } from './imports.contract.ts'

/** A meeting of the sheet as it would be recorded; who is not named absent was there. */
export const oldMeeting = recordMeetingBody.pick({
  kinds: true,
  title: true,
  heldOn: true,
  place: true,
  agenda: true,
  chairId: true,
  speakerId: true,
  absent: true,
  minutes: true,
  resolutions: true,
})
export type OldMeeting = z.output<typeof oldMeeting>

export const oldMeetingsSheet = defineSheet(
  { path: '/api/v1/meeting-imports', noun: '会议', measure: '次', most: 300 },
  oldMeeting,
)
