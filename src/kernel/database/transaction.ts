import { sql, type Transaction } from 'kysely'
import { type Actor, systemActor } from '../access/actor.ts'
import { asRead, asTx, engineThroughout, type Read, type Tx } from './handles.ts'
import type { Database } from './pool.ts'
import type { DB } from './schema.generated.ts'

const list = (numbers: readonly number[]) => `{${numbers.join(',')}}`

async function setScopes(transaction: Transaction<DB>, actor: Actor): Promise<void> {
  await sql`select set_config('app.account_no', ${String(actor.accountNo)}, true),
    set_config('app.person_no', ${actor.personNo === null ? '' : String(actor.personNo)}, true),
    set_config('app.administrator', ${actor.administrator ?? ''}, true),
    set_config('app.read_orgs', ${list(actor.readOrganizations)}, true),
    set_config('app.write_orgs', ${list(actor.writeOrganizations)}, true)`.execute(transaction)
}

/** Reads under the actor's scopes, in one read-only snapshot. */
export function readAs<Result>(database: Database, actor: Actor, work: (read: Read) => Promise<Result>): Promise<Result> {
  return database.kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (transaction) => {
      await setScopes(transaction, actor)
      return work(asRead(transaction))
    })
}

/** Writes under the actor's scopes. For `action()` alone. */
export function writeAs<Result>(database: Database, actor: Actor, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return database.kysely.transaction().execute(async (transaction) => {
    await setScopes(transaction, actor)
    return work(asTx(transaction))
  })
}

/** The system's own work (sweeps, jobs, demonstration data): one transaction under the engine's role. */
export function writeAsSystem<Result>(database: Database, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return database.kysely.transaction().execute(async (transaction) => {
    await setScopes(transaction, systemActor)
    await engineThroughout(transaction)
    return work(asTx(transaction))
  })
}

/** The system's own reading, under the engine's role. */
export function readAsSystem<Result>(database: Database, work: (read: Read) => Promise<Result>): Promise<Result> {
  return database.kysely
    .transaction()
    .setAccessMode('read only')
    .execute(async (transaction) => {
      await engineThroughout(transaction)
      return work(asRead(transaction))
    })
}
