import { eventKind } from '../../../kernel/actions/events.ts'

/** An entry of any kind was made. */
export const entryRecorded = eventKind<{ kind: string; entryNo: number; heldOn: string }>('orglife.entry_recorded')
