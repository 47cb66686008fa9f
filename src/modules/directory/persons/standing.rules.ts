import type { OrganizationKind } from '../organizations/organizations.contract.ts'
import { isBranch } from '../organizations/placement.rules.ts'
import type { PersonCategory } from './persons.contract.ts'

const standings = {
  full_member: 'full',
  probationary_member: 'probationary',
  development_target: 'development_target',
  activist: 'activist',
  applicant: 'staff',
  staff: 'staff',
} as const satisfies Record<PersonCategory, string>

/** In which standing somebody of a category belongs to an organization. An applicant has no standing of the Party's yet. */
export function standingOf(category: PersonCategory): (typeof standings)[PersonCategory] {
  return standings[category]
}

/** Where a file may be kept: a branch for everybody, a unit for other staff and applicants too. */
export function mayKeepFile(kind: OrganizationKind, category: PersonCategory): boolean {
  return isBranch(kind) || (kind === 'unit' && standingOf(category) === 'staff')
}
