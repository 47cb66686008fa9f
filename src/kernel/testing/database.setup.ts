import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../database/embedded.ts'
import { migrate } from '../database/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Owner's address of the template database. */
    databaseUrl: string
  }
}

/** The application role's password in tests. */
export const testAppPassword = 'only-for-tests'

/**
 * One real PostgreSQL for all database tests, migrated once into a template from which each file takes a clone.
 * `BIAOSHUAI_TEST_DATABASE_URL` names another server (its owner) to go faster while working.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['BIAOSHUAI_TEST_DATABASE_URL']
  const folder = given ? null : await mkdtemp(join(tmpdir(), 'biaoshuai-test-'))
  const embedded = folder ? await startEmbeddedPostgres({ folder, maxConnections: 150, synchronousCommit: 'off' }) : null
  const server = given ?? embedded?.url ?? ''
  const template = `template_${process.pid}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${template}`)
  const address = new URL(server)
  address.pathname = `/${template}`
  await migrate(address.href, { folder: 'db/migrations', appPassword: testAppPassword })
  project.provide('databaseUrl', address.href)
  return async () => {
    await client.query(`drop database if exists ${template} with (force)`)
    await client.end()
    await embedded?.stop()
    if (folder) await rm(folder, { recursive: true, force: true })
  }
}
