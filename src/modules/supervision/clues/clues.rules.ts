import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { ClueState } from './clues.lifecycle.ts'

/** Working days in which a clue is to be assessed after it was received. */
export const daysToAssess = 15

/** The day that counts now: of the assessment while it waits for it, of the verification while it runs. */
export function deadlineOf(of: { state: ClueState; assessBy: CivilDate; dueOn: CivilDate | null }): CivilDate | null {
  if (of.state === 'received') return of.assessBy
  return of.state === 'verifying' ? of.dueOn : null
}

/** Posts and roles at the head of a unit: what is said of them is not handled in their own unit. */
export const headPosts = [
  'leading_group_secretary',
  'leading_group_deputy',
  'committee_secretary',
  'committee_deputy',
  'discipline_secretary',
] as const
export const headRoles = ['unit_leader', 'committee_secretary', 'discipline_secretary'] as const
