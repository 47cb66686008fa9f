import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAlive } from '../config/process-identity.ts'
import { StartProblem } from '../config/start-problem.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts'

let parent: string
let folder: string
let running: EmbeddedPostgres | undefined

async function start(): Promise<EmbeddedPostgres> {
  running = await startEmbeddedPostgres({ folder, maxConnections: 20 })
  return running
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function kill(database: EmbeddedPostgres): Promise<void> {
  process.kill(database.pid, 'SIGKILL')
  while (isAlive(database.pid)) await pause(5)
}

beforeAll(async () => {
  parent = await mkdtemp(path.join(os.tmpdir(), 'biaoshuai-embedded-'))
  folder = path.join(parent, 'data', 'database')
})

afterAll(async () => {
  await running?.stop()
  await rm(parent, { recursive: true, force: true })
})

test('a new database keeps its promises about durability, integrity and secrecy', async () => {
  const { url } = await start()
  const [row] = await query(
    url,
    `select current_setting('fsync') fsync, current_setting('data_checksums') checksums, current_setting('listen_addresses') host,
       current_setting('password_encryption') encryption, current_setting('synchronous_commit') commit,
       current_setting('log_min_error_statement') statements, current_setting('timezone') zone`,
  )
  expect(row).toEqual({
    fsync: 'on',
    checksums: 'on',
    host: '127.0.0.1',
    encryption: 'scram-sha-256',
    commit: 'on',
    statements: 'panic',
    zone: 'UTC',
  })
  expect((await stat(path.join(folder, 'access.json'))).mode & 0o777).toBe(0o600)
  expect((await stat(path.join(folder, 'cluster'))).mode & 0o077).toBe(0)
})

test('nobody gets in without the password', async () => {
  const url = new URL(running?.url ?? '')
  url.password = 'guessed'
  await expect(query(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
})

test('what was committed is there after the database was killed', async () => {
  const before = running ?? (await start())
  await query(before.url, 'create table survived (word text not null)')
  await query(before.url, `insert into survived values ('已提交')`)
  await kill(before)
  const after = await start()
  expect(await query(after.url, 'select word from survived')).toEqual([{ word: '已提交' }])
  expect(new URL(after.url).port).toBe(new URL(before.url).port)
})

test('a database that outlived its server is ended before the next start', async () => {
  const orphan = running ?? (await start())
  const next = await start()
  expect(next.pid).not.toBe(orphan.pid)
  expect(isAlive(orphan.pid)).toBe(false)
  expect(await query(next.url, 'select word from survived')).toEqual([{ word: '已提交' }])
})

test('a note that names a stranger with a recycled number does not keep the database from starting', async () => {
  await kill(running ?? (await start()))
  const note = path.join(folder, 'cluster', 'postmaster.pid')
  const [, ...rest] = (await readFile(note, 'utf8')).split('\n')
  await writeFile(note, [process.pid, ...rest].join('\n'))
  const { url } = await start()
  expect(await query(url, 'select word from survived')).toEqual([{ word: '已提交' }])
})

test('the log of the database holds no value of a row', async () => {
  const { url } = running ?? (await start())
  await query(url, 'create unique index on survived (word)')
  await expect(query(url, `insert into survived values ('已提交')`)).rejects.toMatchObject({ code: '23505' })
  const log = await readFile(path.join(folder, 'postgres.log'), 'utf8')
  expect(log).toContain('duplicate key value')
  expect(log).not.toContain('已提交')
})

test('a place that cannot hold a database is answered with a sentence for the operator', async () => {
  const file = path.join(parent, 'a-file')
  await writeFile(file, '')
  const attempt = startEmbeddedPostgres({ folder: path.join(file, 'database') })
  await expect(attempt).rejects.toThrow(StartProblem)
  await expect(attempt).rejects.toThrow('重新启动')
})
