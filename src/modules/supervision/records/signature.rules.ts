import type { Actor } from '../../../kernel/access/actor.ts'
import { permissionRule } from '../../../kernel/access/permissions.ts'
import { roles } from '../../directory/grants/roles.contract.ts'

const names: Readonly<Record<string, { name: string }>> = roles

/** In which capacity somebody signs a step: the role that allows it; without one, what the record itself makes of them. */
export function signedAs(actor: Actor, permission: string, otherwise = '当事人'): string {
  const allowing = permissionRule(permission).roles ?? []
  const held = actor.grants.find((grant) => allowing.includes(grant.role))
  return (held && names[held.role]?.name) ?? otherwise
}
