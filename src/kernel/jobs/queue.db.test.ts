import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../access/actor.ts'
import { readAs, writeAs } from '../database/transaction.ts'
import { jsonLog } from '../log/log.ts'
import { testPlatform } from '../testing/test-platform.ts'
import { jobById } from './progress.store.ts'
import { prepareQueue } from './queue-schema.ts'
import { type Queue, startQueue } from './queue.ts'

const base = await testPlatform('2026-11-23')
const lines: string[] = []
const platform = { ...base, log: jsonLog('warn', (line) => lines.push(line)) }
const owner = { ...systemActor, accountNo: 5, accountId: 'acc_five' }
const stranger = { ...systemActor, accountNo: 6, accountId: 'acc_six' }
const seenBy = (actor: typeof owner, id: string | null) => readAs(platform.database, actor, (read) => jobById(read, id ?? ''))

let queue: Queue
beforeAll(async () => {
  await prepareQueue(platform.ownerUrl)
  await prepareQueue(platform.ownerUrl)
  queue = await startQueue(platform.appUrl, platform)
})
afterAll(() => queue.stop())

const asOwner = (kind: string, payload: Record<string, unknown>) =>
  writeAs(platform.database, owner, (tx) => queue.enqueue(tx, kind, { payload }))

test('a job queued inside an act runs after it, shows its progress to the asker alone and keeps its result', async () => {
  await queue.work('test.count', async ({ payload, progress }) => {
    await progress({ done: 1, total: 2, message: '已办一半' })
    return { doubled: Number(payload.number) * 2 }
  })
  const id = await asOwner('test.count', { number: 21 })
  await expect
    .poll(() => seenBy(owner, id), { timeout: 10_000 })
    .toMatchObject({ state: 'done', result: { doubled: 42 }, done: 1, total: 2 })
  expect(await seenBy(stranger, id)).toBeUndefined()
})

test('a job queued inside an act that was rolled back never runs', async () => {
  const ran: unknown[] = []
  await queue.work('test.never', async ({ payload }) => void ran.push(payload))
  await expect(
    writeAs(platform.database, owner, async (tx) => {
      await queue.enqueue(tx, 'test.never', { payload: { no: 1 } })
      throw new Error('back')
    }),
  ).rejects.toThrow('back')
  await queue.enqueue(null, 'test.never', { payload: { no: 2 } })
  await expect.poll(() => ran, { timeout: 10_000 }).toEqual([{ no: 2 }])
})

test('a job that fails once is done at the second try', async () => {
  const attempts: number[] = []
  await queue.work(
    'test.shaky',
    async ({ attempt }) => {
      attempts.push(attempt)
      if (attempt === 1) throw new Error('王小明')
    },
    { retries: 3, retryDelay: 0 },
  )
  const id = await asOwner('test.shaky', {})
  await expect.poll(() => seenBy(owner, id), { timeout: 20_000 }).toMatchObject({ state: 'done' })
  expect(attempts).toEqual([1, 2])
})

test('a job that fails for the last time is told to its owner and the operator, without the words of the error', async () => {
  await queue.work('test.broken', () => Promise.reject(new TypeError('王小明 13800000000')), { retries: 1, retryDelay: 0 })
  const id = await asOwner('test.broken', {})
  await expect
    .poll(() => seenBy(owner, id), { timeout: 25_000 })
    .toMatchObject({ state: 'failed', message: expect.stringContaining('请联系系统管理员') })
  expect(lines.some((line) => line.includes('job_given_up'))).toBe(true)
  const stored = await sql<{ all: string }>`select coalesce(string_agg(j::text, ' '), '') as all from pgboss.job j`.execute(
    platform.owner.kysely,
  )
  expect(stored.rows[0]?.all).toContain('TypeError')
  expect(stored.rows[0]?.all + lines.join('')).not.toContain('王小明')
})

test('of two open jobs with one key only the first is queued, and jobs without a key never get in each other’s way', async () => {
  const later = { startAfter: new Date(Date.now() + 3_600_000), payload: {} }
  expect(await queue.enqueue(null, 'test.keyed', { ...later, singletonKey: 'one' })).toMatch(/^job_/)
  expect(await queue.enqueue(null, 'test.keyed', { ...later, singletonKey: 'one' })).toBeNull()
  expect(await queue.enqueue(null, 'test.keyed', { ...later, singletonKey: 'two' })).toMatch(/^job_/)
  expect(await queue.enqueue(null, 'test.keyed', later)).toMatch(/^job_/)
  expect(await queue.enqueue(null, 'test.keyed', later)).toMatch(/^job_/)
})

test('what the calendar starts is kept with Shanghai’s time', async () => {
  await queue.schedule('test.nightly', '30 2 * * *', { what: 'sweep' })
  const kept = await sql<{
    cron: string
    timezone: string
  }>`select cron, timezone from pgboss.schedule where name = 'test.nightly'`.execute(platform.owner.kysely)
  expect(kept.rows).toEqual([{ cron: '30 2 * * *', timezone: 'Asia/Shanghai' }])
})
