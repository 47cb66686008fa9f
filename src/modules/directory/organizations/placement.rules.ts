import { branchKinds, type OrganizationKind, organizationKinds } from './organizations.contract.ts'

const branches: readonly OrganizationKind[] = branchKinds
const underCommittee: readonly OrganizationKind[] = ['general_branch', ...branches]

/**
 * What may stand under what. The tree is no fixed chain (organ regulation, articles 5–7): a unit may have a party committee,
 * only a general branch, or only a branch.
 */
const below: Record<OrganizationKind, readonly OrganizationKind[]> = {
  working_committee: [
    'working_committee',
    'unit',
    'party_committee',
    ...underCommittee,
    'leading_group',
    'discipline_committee',
    'work_leading_group',
  ],
  unit: ['unit', 'party_committee', ...underCommittee, 'leading_group', 'work_leading_group'],
  party_committee: ['party_committee', ...underCommittee, 'discipline_committee'],
  general_branch: branches,
  branch: ['group'],
  joint_branch: ['group'],
  temporary_branch: ['group'],
  group: [],
  leading_group: [],
  discipline_committee: [],
  work_leading_group: [],
}

/** True when an organization of the kind `child` may be put directly under one of the kind `parent`. */
export function mayStandUnder(child: OrganizationKind, parent: OrganizationKind): boolean {
  return below[parent].includes(child)
}

/** True for branches of every sort. */
export function isBranch(kind: OrganizationKind): boolean {
  return branches.includes(kind)
}

/** Kinds that a unit's own committee may set up, move and dissolve; the others are the working committee's to decide. */
export function isUnitsOwn(kind: OrganizationKind): boolean {
  return isBranch(kind) || kind === 'group'
}

/** `党支部` may stand under 单位、机关党委…: for messages. */
export function kindsThatHold(child: OrganizationKind): string {
  const kinds = Object.keys(below) as OrganizationKind[]
  return kinds
    .filter((parent) => mayStandUnder(child, parent))
    .map((parent) => organizationKinds[parent])
    .join('、')
}

/** True when one organization may take over what another leaves: members, open duties, organizations below. */
export function mayFollow(gone: OrganizationKind, successor: OrganizationKind): boolean {
  if (isBranch(gone)) return isBranch(successor)
  if (gone === 'group') return successor === 'group' || isBranch(successor)
  if (gone === 'party_committee' || gone === 'general_branch')
    return ['party_committee', 'general_branch', 'unit'].includes(successor)
  return gone === successor
}
