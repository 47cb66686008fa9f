import { eventKind } from '../../../kernel/actions/events.ts'
import type { Measure } from './appeals.lifecycle.ts'

/** A measure was taken back because an appeal was upheld; papers made of it are to be marked. Ids are public ones. */
export const measureRevoked = eventKind<{
  readonly measure: Measure
  readonly measureId: string
  readonly revisions: readonly number[]
  readonly organizationNo: number
}>('supervision.measure_revoked')
