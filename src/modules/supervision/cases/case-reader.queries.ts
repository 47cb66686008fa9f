import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { type CaseAction, caseActions } from './cases.lifecycle.ts'
import type { CaseReader } from './cases.rules.ts'

/** Which of the reader's roles reach the organization by today's tree. */
export async function caseReader(read: Read, actor: Actor, organizationNo: number): Promise<CaseReader> {
  const rows = await reading<'directory'>(read)
    .selectFrom('directory.organization_ancestry')
    .select('ancestor_no')
    .where('organization_no', '=', organizationNo)
    .where(sql<boolean>`upper_inf(valid)`)
    .execute()
  const above = new Set(rows.map((row) => row.ancestor_no))
  const reaches = (permission: string) => organizationsFor(actor, permission).some((no) => above.has(no))
  const verbs = (Object.keys(caseActions) as CaseAction[]).filter((verb) => reaches(`supervision.case.${verb}`))
  return {
    accountNo: actor.accountNo,
    personNo: actor.personNo,
    permitted: new Set(verbs),
    answers: reaches('supervision.case.answer'),
  }
}
