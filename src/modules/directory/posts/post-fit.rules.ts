import type { OrganizationKind } from '../organizations/organizations.contract.ts'
import type { PostCode } from './posts.contract.ts'

interface PostRule {
  readonly in: readonly OrganizationKind[]
  /** One holder at a time. */
  readonly single: boolean
}

const branches = ['branch', 'joint_branch', 'temporary_branch'] as const
const leading = ['leading_group', 'unit'] as const

const rules: Record<PostCode, PostRule> = {
  working_committee_officer: { in: ['working_committee'], single: false },
  leading_group_secretary: { in: leading, single: true },
  leading_group_deputy: { in: leading, single: false },
  leading_group_member: { in: leading, single: false },
  committee_secretary: { in: ['party_committee'], single: true },
  full_time_deputy: { in: ['party_committee', 'general_branch', 'unit'], single: false },
  committee_deputy: { in: ['party_committee'], single: false },
  discipline_secretary: { in: ['discipline_committee', 'party_committee'], single: true },
  general_branch_secretary: { in: ['general_branch'], single: true },
  branch_secretary: { in: branches, single: true },
  branch_deputy: { in: branches, single: false },
  branch_committee_member: { in: branches, single: false },
  group_leader: { in: ['group'], single: true },
}

/** True when an organization of that kind has the post. */
export function postFits(post: PostCode, kind: OrganizationKind): boolean {
  return rules[post].in.includes(kind)
}

/** True for posts that one person holds at a time. */
export function isSingle(post: PostCode): boolean {
  return rules[post].single
}

/** True for organizations that elect a committee of their own. */
export function electsCommittee(kind: OrganizationKind): boolean {
  return ['party_committee', 'general_branch', 'discipline_committee', ...branches].includes(kind)
}
