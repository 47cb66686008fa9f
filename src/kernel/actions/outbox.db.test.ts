import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { writing } from '../database/handles.ts'
import { jsonLog } from '../log/log.ts'
import { testPlatform } from '../testing/test-platform.ts'
import { afterwardsWhen, eventKind } from './events.ts'
import { dispatchNext, startOutbox, waitAfter } from './outbox.ts'

const base = await testPlatform('2026-11-01')
const lines: string[] = []
const platform = { ...base, log: jsonLog('warn', (line) => lines.push(line)) }
const thing = eventKind<{ step: number }>('test.thing_done')
const other = eventKind<{ step: number }>('test.other_done')

const handled: string[] = []
let failing: (step: number) => boolean = () => false
afterwardsWhen(thing, async (tx, { step }) => {
  await sql`insert into kernel.settings (name, value, updated_at) values (${`step.${step}`}, '1', now())
    on conflict (name) do nothing`.execute(writing<'kernel'>(tx))
  if (failing(step)) throw new Error('王小明的电话 13800000000')
  handled.push(`thing ${step}`)
})
afterwardsWhen(other, async (_, { step }) => {
  handled.push(`other ${step}`)
})

const emit = (event: { name: string }, step: number) =>
  sql`insert into kernel.outbox (event, payload, emitted_at) values (${event.name}, ${JSON.stringify({ step })}::jsonb, now())`.execute(
    platform.owner.kysely,
  )
const settle = async () => {
  while ((await dispatchNext(platform)) > 0);
}
const open = async () =>
  (
    await sql<{
      event: string
      attempts: number
      last_error: string | null
      dead: boolean
    }>`select event, attempts, last_error, dead_at is not null as dead
    from kernel.outbox where handled_at is null order by no`.execute(platform.owner.kysely)
  ).rows

beforeEach(async () => {
  handled.length = 0
  lines.length = 0
  failing = () => false
  platform.clock.moveTo('2026-11-01')
  await sql`truncate kernel.outbox`.execute(platform.owner.kysely)
  await sql`delete from kernel.settings where name like 'step.%'`.execute(platform.owner.kysely)
})

test('events are handled in the order in which they were emitted', async () => {
  for (const step of [1, 2, 3]) await emit(thing, step)
  await settle()
  expect(handled).toEqual(['thing 1', 'thing 2', 'thing 3'])
  expect(await open()).toEqual([])
})

test('a failing event is tried again later, keeps its followers waiting and leaves nothing half done', async () => {
  failing = (step) => step === 1
  for (const step of [1, 2]) await emit(thing, step)
  await emit(other, 9)
  await settle()
  expect(handled).toEqual(['other 9'])
  expect(await open()).toMatchObject([{ attempts: 1 }, { attempts: 0 }])
  const half = await sql`select 1 from kernel.settings where name = 'step.1'`.execute(platform.owner.kysely)
  expect(half.rows).toEqual([])
  failing = () => false
  await settle()
  expect(handled).toEqual(['other 9'])
  platform.clock.moveTo('2026-11-02')
  await settle()
  expect(handled).toEqual(['other 9', 'thing 1', 'thing 2'])
})

test('after ten failures an event is given up, its followers go on, and neither table nor log holds personal data', async () => {
  failing = (step) => step === 1
  for (const step of [1, 2]) await emit(thing, step)
  for (let day = 2; day <= 11; day += 1) {
    await settle()
    platform.clock.moveTo(`2026-11-${String(day).padStart(2, '0')}`)
  }
  expect(handled).toEqual(['thing 2'])
  expect(await open()).toEqual([{ event: 'test.thing_done', attempts: 10, last_error: 'Error', dead: true }])
  expect(lines.filter((line) => line.includes('outbox_event_given_up'))).toHaveLength(1)
  expect(lines.join('')).not.toContain('王小明')
})

test('two dispatchers at once handle each event once', async () => {
  for (let step = 0; step < 20; step += 1) await emit(thing, step)
  await Promise.all([settle(), settle(), settle()])
  await settle()
  expect(handled).toEqual(Array.from({ length: 20 }, (_, step) => `thing ${step}`))
})

test('the running dispatcher finds new events by itself, and at once when woken', async () => {
  const loop = startOutbox(platform)
  await emit(thing, 1)
  loop.wake()
  await expect.poll(() => handled).toEqual(['thing 1'])
  await loop.stop()
})

test('waits double from a second to five minutes', () => {
  expect([1, 2, 3, 9, 10].map(waitAfter)).toEqual([1_000, 2_000, 4_000, 256_000, 300_000])
})
