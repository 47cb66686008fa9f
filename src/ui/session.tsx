import { createContext, useContext } from 'react'

/** Who is signed in, as `GET /api/v1/me` tells it. */
export interface Session {
  readonly account: {
    readonly id: string
    readonly username: string
    readonly name: string
    readonly administrator: 'system' | 'security' | 'audit' | null
  }
  readonly person: { readonly id: string; readonly name: string } | null
  /** Own first. */
  readonly organizations: readonly { readonly id: string; readonly name: string; readonly kind: string }[]
  readonly abilities: readonly string[]
  readonly grants: readonly {
    readonly role: string
    readonly roleName: string
    readonly organization: { readonly id: string; readonly name: string }
  }[]
  /** Today in Asia/Shanghai by the server's clock, `YYYY-MM-DD`. */
  readonly today: string
  readonly secondFactor: 'none' | 'required' | 'done'
  readonly secondFactorEnrolled: boolean
  readonly mustChangePassword: boolean
  readonly demonstration: boolean
  readonly preferences: Readonly<Record<string, unknown>>
}

export const SessionContext = createContext<Session | null>(null)

/** The signed-in session; throws outside the shell. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession stands outside the shell')
  return session
}

/** True when the account holds the ability, or any one of several; no ability asked for means everybody. */
export function holds(session: Session, needs: string | readonly string[] | undefined): boolean {
  if (needs === undefined) return true
  return [needs].flat().some((ability) => session.abilities.includes(ability))
}

/** Whether the signed-in account holds the ability. */
export function useAbility(needs: string | readonly string[]): boolean {
  return holds(useSession(), needs)
}

/** Roles in which people keep the party life of the body they belong to; whoever is granted more acts for that. */
const atHome: readonly string[] = ['member', 'group_leader', 'branch_secretary', 'branch_committee_member']

/** The organization for which the account acts: the one of a role above a branch, else the own one. */
export function actsFor({ grants, organizations }: Session): { readonly id: string; readonly name: string } | undefined {
  return grants.find((grant) => !atHome.includes(grant.role))?.organization ?? organizations[0]
}
