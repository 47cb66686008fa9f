import { eventKind } from '../../../kernel/actions/events.ts'

/** A work record was entered. */
export const workRecorded = eventKind<{ recordNo: number; heldOn: string }>('orglife.work_recorded')
