import { eventKind } from '../../../kernel/actions/events.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'

/** An organization was created, moved, merged, split or dissolved. Emitted once per action, after the ancestry is derived. */
export const treeChanged = eventKind<{ organizationNos: readonly number[]; on: CivilDate }>('directory.tree_changed')

/** An organization stands under another one from `on`; ancestors are strict, those of that day before and after. */
export const organizationMoved = eventKind<{
  organizationNo: number
  on: CivilDate
  oldAncestors: readonly number[]
  newAncestors: readonly number[]
}>('directory.organization_moved')

/** An organization ended; what is still open of it goes to the successor, its facts stay. */
export const organizationEnded = eventKind<{ organizationNo: number; successorNo: number | null; on: CivilDate }>(
  'directory.organization_ended',
)

/** A fact about members, posts or committees changed from that day on, so that what is due may have changed. */
export const peopleChanged = eventKind<{ organizationNos: readonly number[]; from: CivilDate }>('directory.people_changed')
