/** A grant as the session tells it. */
export interface Workplace {
  readonly role: string
  readonly organization: { readonly id: string; readonly name: string }
}

/** Roles from the widest to the narrowest work. */
const byWidth = [
  'committee_officer',
  'unit_leader',
  'committee_secretary',
  'full_time_deputy',
  'discipline_secretary',
  'general_branch_secretary',
  'branch_secretary',
  'branch_committee_member',
]

/** The organization where somebody's work begins: that of the widest role; without one, the own branch. */
export function workplaceOf(session: {
  readonly grants: readonly Workplace[]
  readonly organizations: readonly { readonly id: string }[]
}): string | null {
  for (const role of byWidth) {
    const grant = session.grants.find((one) => one.role === role)
    if (grant) return grant.organization.id
  }
  return session.organizations[0]?.id ?? null
}
