import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from './schema.generated.ts'

/** Names of the PostgreSQL schemas; one per module. */
export type Schema = keyof DB extends infer K ? (K extends `${infer S}.${string}` ? S : never) : never
type Tables<S extends Schema> = { [K in keyof DB as K extends `${S}.${string}` ? K : never]: DB[K] }

/** What a reader may do with a handle: no insert, update, delete or merge. */
type ReadOnly<T> = Pick<Kysely<T>, 'selectFrom' | 'with' | 'withRecursive' | 'fn' | 'getExecutor' | 'dynamic'>

const opened = Symbol('opened')

/** A running transaction with its scopes set. Reads go through `reading()`. */
export interface Read {
  readonly [opened]: Transaction<DB>
}

/** A transaction that may write. Only `action()`, a job and a migration can make one. */
export interface Tx extends Read {
  readonly writes: true
}

/** The handle narrowed to the schemas a query reads. */
export function reading<S extends Schema>(source: Read): ReadOnly<Tables<S>> {
  return source[opened] as unknown as ReadOnly<Tables<S>>
}

/** The handle narrowed to the schema a module writes: its own. */
export function writing<S extends Schema>(tx: Tx): Kysely<Tables<S>> {
  return tx[opened] as unknown as Kysely<Tables<S>>
}

/** For the kernel's transaction openers alone. */
export function asRead(transaction: Transaction<DB>): Read {
  return { [opened]: transaction }
}

/** For the kernel's transaction openers alone. */
export function asTx(transaction: Transaction<DB>): Tx {
  return { [opened]: transaction, writes: true }
}

/** Transactions that run as the engine now. */
const engines = new WeakSet<Transaction<DB>>()

/** For the kernel's transaction openers alone: this one runs as the engine from its beginning to its end. */
export async function engineThroughout(transaction: Transaction<DB>): Promise<void> {
  await sql`set local role biaoshuai_engine`.execute(transaction)
  engines.add(transaction)
}

/**
 * Runs work that must see every row, whatever the reader's scopes: the engine, uniqueness checks, the ledger, the outbox. Same
 * transaction, role `biaoshuai_engine`. Its callers are listed in `src/engine-callers.json`.
 */
export async function asEngine<Result>(source: Read, work: () => Promise<Result>): Promise<Result> {
  const transaction = source[opened]
  if (engines.has(transaction)) return work()
  await engineThroughout(transaction)
  // After an error the transaction is over, so the role stays as it is until then.
  const result = await work()
  await sql`set local role none`.execute(transaction)
  engines.delete(transaction)
  return result
}
