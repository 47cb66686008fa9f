import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { startEmbeddedPostgres } from './embedded.ts'
import { attachEmbeddedPostgres } from './embedded-attach.ts'

const parent = await mkdtemp(path.join(tmpdir(), 'biaoshuai-attach-'))
afterAll(() => rm(parent, { recursive: true, force: true }))

test('the running database of a folder is joined, and one that is not there or not running is not', async () => {
  const folder = path.join(parent, 'database')
  expect(await attachEmbeddedPostgres(folder)).toBeNull()
  const running = await startEmbeddedPostgres({ folder, synchronousCommit: 'off' })
  try {
    const url = await attachEmbeddedPostgres(folder)
    expect(url).toBe(running.url)
    const client = new pg.Client({ connectionString: url ?? '' })
    await client.connect()
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await client.end()
  } finally {
    await running.stop()
  }
  expect(await attachEmbeddedPostgres(folder)).toBeNull()
})
