import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from './embedded.ts'
import { migrate } from './migrate.ts'
import { type Database, openDatabase } from './pool.ts'

/** Where empty databases are made. */
export interface EmptyDatabases {
  /** A server on which the named role may create databases; null for one of our own in a temporary folder. */
  readonly serverUrl: string | null
  /** Folder of the migrations. */
  readonly migrations: string
  /** An empty migrated database on the server that may be copied; without it each is migrated from nothing. */
  readonly template?: string
}

/** A database with the present schema and no facts, gone when it is closed. */
export interface EmptyDatabase {
  readonly database: Database
  close(): Promise<void>
}

let used: EmptyDatabases | null = null

/** Names where this process makes empty databases; once, when the product is put together. */
export function useEmptyDatabases(place: EmptyDatabases): void {
  used = place
}

/** Where this process makes empty databases. */
export function emptyDatabases(): EmptyDatabases {
  if (!used) throw new Error('where empty databases are made has not been named')
  return used
}

/** Makes an empty database beside the others; on a server that does not let us, on one of our own. */
export async function openEmptyDatabase(place: EmptyDatabases): Promise<EmptyDatabase> {
  const { serverUrl, migrations } = place
  if (serverUrl === null) return ownServer(migrations)
  try {
    return await beside(serverUrl, place)
  } catch (error) {
    // Not allowed to create databases, or to act in the roles there.
    if (error instanceof Error && /permission denied|must be/.test(error.message)) return ownServer(migrations)
    throw error
  }
}

async function ownServer(migrations: string): Promise<EmptyDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'biaoshuai-empty-'))
  const drop = () => rm(folder, { recursive: true, force: true })
  try {
    const server = await startEmbeddedPostgres({ folder, synchronousCommit: 'off' })
    const made = await beside(server.url, { migrations })
    return {
      database: made.database,
      close: async () => {
        await made.close()
        await server.stop()
        await drop()
      },
    }
  } catch (error) {
    await drop()
    throw error
  }
}

async function beside(serverUrl: string, { migrations, template }: Omit<EmptyDatabases, 'serverUrl'>): Promise<EmptyDatabase> {
  const name = `biaoshuai_empty_${randomBytes(6).toString('hex')}`
  const onServer = async (statement: string) => {
    const client = new pg.Client({ connectionString: serverUrl })
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  const drop = () => onServer(`drop database if exists ${name} with (force)`)
  await onServer(`create database ${name} template ${pg.escapeIdentifier(template ?? 'template0')}`)
  try {
    const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href
    await migrate(url, { folder: migrations, appPassword: null })
    const database = openDatabase(url, { max: 4, name: 'biaoshuai-empty', statementTimeout: 0 })
    return {
      database,
      close: async () => {
        await database.close()
        await drop()
      },
    }
  } catch (error) {
    await drop()
    throw error
  }
}
