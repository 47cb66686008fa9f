import type { PoolClient } from 'pg'
import Cursor from 'pg-cursor'
import type { Database } from './pool.ts'

/** Rows of many queries out of one moment, under the engine's role, without ever holding a whole table in memory. */
export interface Snapshot {
  rows<Row>(text: string, values?: readonly unknown[]): AsyncGenerator<Row>
}

const rowsAtOnce = 1_000

async function* rowsOf<Row>(client: PoolClient, text: string, values: readonly unknown[]): AsyncGenerator<Row> {
  const cursor = client.query(new Cursor<Row>(text, [...values]))
  try {
    for (let rows = await cursor.read(rowsAtOnce); rows.length > 0; rows = await cursor.read(rowsAtOnce)) yield* rows
  } finally {
    await cursor.close()
  }
}

/** Opens a read-only snapshot under the engine's role for reading in streams; for the ledger's verification and exports. */
export async function inSnapshot<Result>(
  database: Pick<Database, 'pool'>,
  work: (snapshot: Snapshot) => Promise<Result>,
): Promise<Result> {
  const client = await database.pool.connect()
  let failed = true
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query('set local role biaoshuai_engine')
    const result = await work({ rows: (text, values = []) => rowsOf(client, text, values) })
    await client.query('commit')
    failed = false
    return result
  } finally {
    client.release(failed)
  }
}
