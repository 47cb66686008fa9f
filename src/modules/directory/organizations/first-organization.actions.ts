import { sql } from 'kysely'
import { systemActor } from '../../../kernel/access/actor.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { writeAsSystem } from '../../../kernel/database/transaction.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { writeEntry } from '../../../kernel/ledger/ledger.store.ts'
import type { Platform } from '../../../kernel/platform.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { deriveAncestry } from './ancestry.store.ts'
import { organizationPinyin } from './organization-name.rules.ts'
import { lockTree } from './tree.store.ts'

/**
 * Sets up the working committee of a new installation, under which everything else is set up in the application. Answers its id,
 * or null when there is an organization already.
 */
export async function foundWorkingCommittee(platform: Platform, given: { name: string; on: CivilDate }): Promise<string | null> {
  return writeAsSystem(platform.database, async (tx) => {
    await lockTree(tx)
    const db = reading<'directory'>(tx)
    const known = await db.selectFrom('directory.organizations').select('no').limit(1).executeTakeFirst()
    if (known) return null
    const id = newId('org')
    const { rows } = await sql<{ no: number }>`with made as (
        insert into directory.organizations (id, kind, established_on) values (${id}, 'working_committee', ${given.on}::date) returning no)
      insert into directory.organization_names (organization_no, name, pinyin, valid)
      select no, ${given.name}, ${organizationPinyin(given.name)}, daterange(${given.on}::date, null) from made
      returning organization_no as no`.execute(db)
    await deriveAncestry(tx, rows[0]?.no ?? 0)
    const fields = { name: given.name, on: given.on }
    await writeEntry(platform, tx, {
      action: 'directory.organization.create',
      outcome: 'done',
      actor: systemActor,
      objects: [{ kind: 'organization', id }],
      organizations: [id],
      fields,
      requestId: null,
    })
    return id
  })
}
