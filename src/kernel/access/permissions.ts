import type { Actor } from './actor.ts'

/** Who holds a permission: by role over an organization, by being one of the three administrators, or everybody signed in. */
export interface PermissionRule {
  /** What it allows, in the user's words. */
  readonly title: string
  readonly roles?: readonly string[]
  readonly administrators?: readonly NonNullable<Actor['administrator']>[]
  /** Everybody signed in; `in_business` leaves out the three administrators, who have no part in it (三员分立). */
  readonly everybody?: true | 'in_business'
}

const rules = new Map<string, PermissionRule>()

/** Declares a module's permissions, such as `orglife.meeting.record`. Throws at start-up when one is declared twice. */
export function permissions<Name extends string>(declared: Record<Name, PermissionRule>): Record<Name, PermissionRule> {
  for (const [name, rule] of Object.entries<PermissionRule>(declared)) {
    if (rules.has(name)) throw new Error(`permission ${name} is declared twice`)
    rules.set(name, rule)
  }
  return declared
}

export function permissionRule(name: string): PermissionRule {
  const rule = rules.get(name)
  if (!rule) throw new Error(`permission ${name} is not declared`)
  return rule
}

/** True when the actor holds the permission anywhere at all. */
export function holds(actor: Actor, name: string): boolean {
  const rule = permissionRule(name)
  if (rule.everybody) return rule.everybody === true || actor.administrator === null
  if (rule.administrators && actor.administrator) return rule.administrators.includes(actor.administrator)
  return organizationsFor(actor, name).length > 0
}

/** Organizations at the top of where the actor holds the permission; the subtree under each is meant. */
export function organizationsFor(actor: Actor, name: string): number[] {
  const roles = permissionRule(name).roles ?? []
  return actor.grants.filter((grant) => roles.includes(grant.role)).map((grant) => grant.organizationNo)
}

/** All permissions the actor holds somewhere, for the reply to `/me`. */
export function abilitiesOf(actor: Actor): string[] {
  return [...rules.keys()].filter((name) => holds(actor, name)).sort()
}

/** All declared permissions, for the authorisation matrix. */
export function declaredPermissions(): ReadonlyMap<string, PermissionRule> {
  return rules
}
