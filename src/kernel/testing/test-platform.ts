import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { defaultCrypto } from '../crypto/provider.ts'
import { type Database, openDatabase } from '../database/pool.ts'
import { jsonLog } from '../log/log.ts'
import type { Platform } from '../platform.ts'
import { type CivilDate } from '../time/civil-date.ts'
import { fixedClock } from '../time/clock.ts'
import { testAppPassword } from './database.setup.ts'

export interface TestPlatform extends Platform {
  readonly clock: ReturnType<typeof fixedClock>
  /** Address under the application's role. */
  readonly appUrl: string
  /** Address of the owner, for looking behind the walls. */
  readonly ownerUrl: string
  /** A connection of the owner's, for planting and for looking. */
  readonly owner: Database
}

/**
 * A fresh clone of the migrated database for one test file, under the application's role, at noon of the given day.
 * Closed and dropped when the file ends.
 */
export async function testPlatform(today: CivilDate = '2026-11-23'): Promise<TestPlatform> {
  const template = new URL(inject('databaseUrl'))
  const name = `test_${randomBytes(6).toString('hex')}`
  const maintenance = new URL(template)
  maintenance.pathname = '/postgres'
  const client = new pg.Client({ connectionString: maintenance.href })
  await client.connect()
  await client.query('select pg_advisory_lock(715003)')
  await client.query(`create database ${name} template ${template.pathname.slice(1)}`)
  await client.query(`grant connect on database ${name} to biaoshuai_app`)
  await client.query('select pg_advisory_unlock(715003)')
  const ownerUrl = Object.assign(new URL(template), { pathname: `/${name}` }).href
  const appUrl = Object.assign(new URL(ownerUrl), { username: 'biaoshuai_app', password: testAppPassword }).href
  const [database, owner] = [openDatabase(appUrl, { max: 8 }), openDatabase(ownerUrl, { max: 2 })]
  afterAll(async () => {
    await database.close()
    await owner.close()
    await client.query(`drop database if exists ${name} with (force)`)
    await client.end()
  })
  return {
    database,
    owner,
    appUrl,
    ownerUrl,
    clock: fixedClock(today),
    crypto: defaultCrypto({ encryption: Buffer.alloc(32, 7), blindIndex: Buffer.alloc(32, 9) }),
    log: jsonLog('silent', () => undefined),
    ledgerSalt: 'salt-for-tests-only-0123456789ab',
  }
}
