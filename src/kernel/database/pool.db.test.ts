import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { testPlatform } from '../testing/test-platform.ts'
import { type Read, reading } from './handles.ts'
import { readAsSystem } from './transaction.ts'

const platform = await testPlatform('2026-11-23')
const one = async (read: Read) => (await sql<{ n: number }>`select 1 as n`.execute(reading<'kernel'>(read))).rows[0]?.n

it('a connection that dies between two statements fails its work alone; what comes next gets another', async () => {
  const broken = readAsSystem(platform.database, async (read) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(reading<'kernel'>(read))
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(platform.owner.kysely)
    await pause(100)
    return one(read)
  })
  await expect(broken).rejects.toThrow()
  expect(await readAsSystem(platform.database, one)).toBe(1)
})
