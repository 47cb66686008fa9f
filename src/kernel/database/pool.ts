import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { KeepingClient } from './kept-plans.ts'
import type { DB } from './schema.generated.ts'

const oid = { int8: 20, date: 1082, numeric: 1700 } as const

/** Civil dates stay strings, identity numbers become numbers (they stay below 2^53). */
function parserFor(type: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (type === oid.date) return (text) => text
  if (type === oid.int8 || type === oid.numeric) return Number
  return pg.types.getTypeParser(type, format)
}

export interface Database {
  readonly kysely: Kysely<DB>
  readonly pool: pg.Pool
  close(): Promise<void>
}

/** Opens a pool. `url` names the login role: the application's for serving, the owner's for migrating. */
export function openDatabase(url: string, options: { max?: number; name?: string; statementTimeout?: number } = {}): Database {
  const pool = new pg.Pool({
    Client: KeepingClient,
    connectionString: url,
    max: options.max ?? 16,
    application_name: options.name ?? 'biaoshuai',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: options.statementTimeout ?? 60_000,
    idle_in_transaction_session_timeout: 120_000,
    types: { getTypeParser: parserFor },
  })
  // A connection that dies while idle is replaced at the next request; without a listener it would end the process. So would one that
  // dies between two statements of a transaction: its next statement says so.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return { kysely, pool, close: () => kysely.destroy() }
}
