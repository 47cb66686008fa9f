import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemActor } from '../access/actor.ts'
import { openDatabase } from '../database/pool.ts'
import { writeAs } from '../database/transaction.ts'
import { writeEntry } from '../ledger/ledger.store.ts'
import { settleLedger } from '../ledger/sequencer.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { testAppPassword } from '../testing/database.setup.ts'
import { testPlatform } from '../testing/test-platform.ts'
import { takeBackup } from './dump.ts'
import { restoreBackup } from './load.ts'
import { checkBackup, readManifest } from './manifest.ts'
import { ownTables } from './tables.ts'

const platform = await testPlatform('2026-11-23')
const parent = await mkdtemp(path.join(tmpdir(), 'biaoshuai-backup-'))
const dataFolder = path.join(parent, 'data')
const signingKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const actor = { ...systemActor, accountNo: 7, accountId: 'acc_seven' }
const awkward = '引号"，反斜杠\\，换行\n，逗号,括号)，\u2028行分隔，\u{20000}𠀀'
const quiet = () => undefined

let target: string
beforeAll(async () => {
  await mkdir(path.join(dataFolder, 'files', 'ab', 'cd'), { recursive: true })
  await mkdir(path.join(dataFolder, 'files', 'incoming'), { recursive: true })
  await writeFile(path.join(dataFolder, 'secrets.fingerprint'), 'mark\n')
  await writeFile(path.join(dataFolder, 'files', 'ab', 'cd', 'abcd'), '附件')
  await writeFile(path.join(dataFolder, 'files', 'incoming', 'half'), '半截')
  for (let at = 0; at < 25; at += 1) {
    await writeAs(platform.database, actor, (tx) =>
      writeEntry(platform, tx, {
        action: 'test.thing.do',
        outcome: 'done',
        actor,
        objects: [],
        organizations: [],
        requestId: null,
      }),
    )
  }
  await settleLedger(platform, { folder: path.join(dataFolder, 'ledger'), signingKey })
  await sql`insert into kernel.settings (name, value, updated_at) values ('awkward', ${JSON.stringify({ awkward })}::jsonb, '2026-11-23 01:02:03.123456+08')`.execute(
    platform.owner.kysely,
  )
  await sql`insert into directory.accounts (id, username, username_key, display_name, created_at) values ('acc_a', 'a', 'a', ${awkward}, now())`.execute(
    platform.owner.kysely,
  )
})
beforeEach(() => {
  target = path.join(parent, randomBytes(4).toString('hex'))
})
afterAll(() => rm(parent, { recursive: true, force: true }))

const backup = () => takeBackup({ ownerUrl: platform.ownerUrl, dataFolder, target, now: platform.clock.now(), tell: quiet })

/** An empty database on the same server, gone after the test. */
async function withEmpty<Result>(work: (ownerUrl: string, folder: string) => Promise<Result>): Promise<Result> {
  const name = `restored_${randomBytes(4).toString('hex')}`
  const server = Object.assign(new URL(platform.ownerUrl), { pathname: '/postgres' }).href
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name}`)
  try {
    return await work(Object.assign(new URL(platform.ownerUrl), { pathname: `/${name}` }).href, path.join(parent, name))
  } finally {
    await client.query(`drop database ${name} with (force)`)
    await client.end()
  }
}

async function restore(ownerUrl: string, folder: string): Promise<void> {
  const manifest = await readManifest(target)
  await checkBackup(target, manifest)
  await restoreBackup({
    ownerUrl,
    dataFolder: folder,
    source: target,
    manifest,
    migrations: 'db/migrations',
    appPassword: testAppPassword,
    tell: quiet,
  })
}

/** Every row of every table as text, so that nothing can differ unseen. */
async function contents(url: string): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`set timezone = 'UTC'`)
  const all: Record<string, string[]> = {}
  for (const { schema, name } of await ownTables(client)) {
    const rows = await client.query<{ line: string }>(`select t::text as line from ${schema}.${name} t order by 1`)
    all[`${schema}.${name}`] = rows.rows.map((row) => row.line)
  }
  await client.end()
  return all
}

test('what was backed up is restored row by row, with its files, its numbers going on, and a ledger that verifies', async () => {
  await backup()
  await withEmpty(async (ownerUrl, folder) => {
    await restore(ownerUrl, folder)
    expect(await contents(ownerUrl)).toEqual(await contents(platform.ownerUrl))
    expect(await readFile(path.join(folder, 'files', 'ab', 'cd', 'abcd'), 'utf8')).toBe('附件')
    expect(await readdir(path.join(folder, 'files'))).toEqual(['ab'])
    const restored = openDatabase(
      Object.assign(new URL(ownerUrl), { username: 'biaoshuai_app', password: testAppPassword }).href,
      { max: 2 },
    )
    const again = { ...platform, database: restored }
    const settings = { folder: path.join(folder, 'ledger'), signingKey }
    expect(await verifyLedger(again, settings)).toMatchObject({ whole: true, entries: 25, files: 1 })
    await writeAs(restored, actor, (tx) =>
      writeEntry(again, tx, { action: 'test.thing.do', outcome: 'done', actor, objects: [], organizations: [], requestId: null }),
    )
    await settleLedger(again, settings)
    expect(await verifyLedger(again, settings)).toMatchObject({ whole: true, entries: 26 })
    await restored.close()
  })
})

test('foreign keys stand again after the restore', async () => {
  await backup()
  await withEmpty(async (ownerUrl, folder) => {
    await restore(ownerUrl, folder)
    const client = new pg.Client({ connectionString: ownerUrl })
    await client.connect()
    await expect(client.query(`insert into ledger.pending (entry_no) values (999999)`)).rejects.toThrow(/foreign key/)
    await client.end()
  })
})

test('a backup with one changed byte, or without its end, is refused before anything is touched', async () => {
  await backup()
  await appendFile(path.join(target, 'tables', 'ledger.entries.ndjson.gz'), 'x')
  await expect(readManifest(target).then((manifest) => checkBackup(target, manifest))).rejects.toThrow('ledger.entries')
  await rm(path.join(target, 'manifest.json'))
  await expect(readManifest(target)).rejects.toThrow('没有完整的备份')
})

test('nothing is restored over data that is there, and nothing backed up over a backup', async () => {
  await backup()
  await expect(restore(platform.ownerUrl, path.join(parent, 'never'))).rejects.toThrow('数据库不是空的')
  await expect(backup()).rejects.toThrow('不是空文件夹')
})

test('a backup holds no key', async () => {
  await writeFile(path.join(dataFolder, 'secrets.json'), '{"encryptionKey":"made-up"}')
  const manifest = await backup()
  expect(manifest.secrets).toBe('mark')
  expect((await readdir(target, { recursive: true })).filter((name) => name.includes('secrets'))).toEqual([])
})
