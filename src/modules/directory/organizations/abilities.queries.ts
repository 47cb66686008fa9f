import { type Actor } from '../../../kernel/access/actor.ts'
import { declaredPermissions } from '../../../kernel/access/permissions.ts'
import { type Read } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { pathOf } from './organizations.queries.ts'

/** Permissions beginning with `prefix` that the actor holds over an organization by the tree of a day, sorted. */
export async function abilitiesOver(
  read: Read,
  actor: Actor,
  over: { organizationNo: number; prefix: string; on: CivilDate },
): Promise<string[]> {
  const above = new Set((await pathOf(read, over.organizationNo, over.on)).map((one) => one.no))
  const roles = new Set(actor.grants.filter((grant) => above.has(grant.organizationNo)).map((grant) => grant.role))
  return [...declaredPermissions()]
    .filter(([name, rule]) => name.startsWith(over.prefix) && (rule.everybody || rule.roles?.some((role) => roles.has(role))))
    .map(([name]) => name)
    .sort()
}
