import { eventKind } from '../../../kernel/actions/events.ts'
import type { StatusChange } from './changes.contract.ts'

/** Obligations changed their status; whoever follows up what is missing listens. */
export const obligationsChanged = eventKind<{ changes: readonly StatusChange[] }>('rulebook.obligations_changed')

/** A portion of a change that bears on more organizations than are computed at once; handled right after the transaction. */
export const recomputeWanted = eventKind<{
  asOf: string
  organizations: readonly number[]
  from: string
  to: string
  of?: readonly string[]
  about?: Readonly<Record<string, readonly string[]>>
  only?: readonly number[]
}>('rulebook.recompute_wanted')
