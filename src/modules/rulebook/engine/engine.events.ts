import { eventKind } from '../../../kernel/actions/events.ts'
import type { StatusChange } from './recompute.store.ts'

/** Obligations changed their status; whoever follows up what is missing listens. */
export const obligationsChanged = eventKind<{ changes: readonly StatusChange[] }>('rulebook.obligations_changed')
