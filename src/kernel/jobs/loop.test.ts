import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { jsonLog } from '../log/log.ts'
import { restAfter, startLoop } from './loop.ts'

const quiet = jsonLog('silent', () => undefined)

test('turns never overlap, and while there is work the next one follows at once', async () => {
  let [running, most, turns] = [0, 0, 0]
  const loop = startLoop({
    name: 'busy',
    every: 60_000,
    log: quiet,
    run: async () => {
      running += 1
      most = Math.max(most, running)
      await pause(5)
      running -= 1
      turns += 1
      return turns < 4 ? 1 : 0
    },
  })
  await expect.poll(() => turns).toBe(4)
  await loop.stop()
  expect(most).toBe(1)
})

test('waking ends the rest, also when it comes in the middle of a turn', async () => {
  let turns = 0
  const loop = startLoop({
    name: 'sleepy',
    every: 60_000,
    log: quiet,
    run: async () => {
      await pause(5)
      turns += 1
      return 0
    },
  })
  loop.wake()
  await expect.poll(() => turns).toBe(2)
  loop.wake()
  await expect.poll(() => turns).toBe(3)
  await loop.stop()
})

test('a failing turn does not end the loop, and a row of failures is logged once with its recovery', async () => {
  const lines: string[] = []
  let turns = 0
  const loop = startLoop({
    name: 'shaky',
    every: 1,
    log: jsonLog('info', (line) => lines.push(line)),
    run: () => {
      turns += 1
      return turns <= 2 ? Promise.reject(new Error('王小明 13800000000')) : Promise.resolve(0)
    },
  })
  await expect.poll(() => lines.length, { timeout: 5000 }).toBe(2)
  await loop.stop()
  expect(lines[0]).toContain('loop_failed')
  expect(lines[1]).toContain('"failures":2')
  expect(lines.join('')).not.toContain('王小明')
})

test('stopping waits for the running turn and starts no other', async () => {
  let [begun, ended] = [0, 0]
  const loop = startLoop({
    name: 'slow',
    every: 1,
    log: quiet,
    run: async () => {
      begun += 1
      await pause(30)
      ended += 1
      return 1
    },
  })
  await loop.stop()
  expect(begun).toBe(1)
  expect(ended).toBe(1)
})

test('rests after failures double up to a quarter of a minute', () => {
  expect([0, 1, 2, 3, 9, 99].map((failures) => restAfter(failures, 500))).toEqual([500, 500, 1000, 2000, 15_000, 15_000])
})
