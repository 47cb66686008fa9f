import { sql } from 'kysely'
import { systemActor, type Administrator } from '../../../kernel/access/actor.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { writeAsSystem } from '../../../kernel/database/transaction.ts'
import { writeEntry } from '../../../kernel/ledger/ledger.store.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { insertAccount, oneTimePassword } from './accounts.store.ts'
import { hashPassword } from './password-hash.store.ts'

export interface FirstAdministrator {
  readonly administrator: Administrator
  readonly username: string
  readonly oneTimePassword: string
}

/**
 * Makes the three separated administrators of a new installation, each with a one-time password that works for a week. Answers
 * null when there is an administrator already: from then on accounts are made in the application.
 */
export async function createFirstAdministrators(
  platform: Platform,
  named: Readonly<Record<Administrator, { username: string; displayName: string }>>,
): Promise<FirstAdministrator[] | null> {
  const kinds: readonly Administrator[] = ['system', 'security', 'audit']
  const made: (FirstAdministrator & { hash: string })[] = []
  for (const administrator of kinds) {
    const password = oneTimePassword()
    made.push({
      administrator,
      username: named[administrator].username,
      oneTimePassword: password,
      hash: await hashPassword(password),
    })
  }
  return writeAsSystem(platform.database, async (tx) => {
    await sql`select pg_advisory_xact_lock(715010)`.execute(reading<'directory'>(tx))
    const known = await reading<'directory'>(tx)
      .selectFrom('directory.accounts')
      .select('no')
      .where('administrator', 'is not', null)
      .limit(1)
      .executeTakeFirst()
    if (known) return null
    for (const { administrator, username, hash } of made) {
      const { id } = await insertAccount(tx, {
        username,
        displayName: named[administrator].displayName,
        personNo: null,
        administrator,
        passwordHash: hash,
        oneTime: true,
        state: 'active',
        createdBy: null,
        demonstration: false,
        now: platform.clock.now(),
      })
      const objects = [{ kind: 'account', id }]
      await writeEntry(platform, tx, {
        action: 'directory.account.create',
        outcome: 'done',
        actor: systemActor,
        objects,
        organizations: [],
        requestId: null,
      })
    }
    return made.map(({ administrator, username, oneTimePassword: password }) => ({
      administrator,
      username,
      oneTimePassword: password,
    }))
  })
}
