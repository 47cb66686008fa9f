import { expect, test } from 'vitest'
import type { ChecklistLine, InspectionPage } from './inspections.contract.ts'
import { hasStarted, marked, newKit, refreshed, standstillOf, takeOwn, takeTheirs, waiting } from './kit.rules.ts'

const page = {
  id: 'ins_1',
  state: 'announced',
  abilities: ['resume'],
  cancelReason: '改期',
  conclusion: null,
} as unknown as InspectionPage
const kit = newKit(page, { accountId: 'acc', at: '2026-11-23T09:00:00+08:00' })
const line = { id: 'lin_1', revision: 3, answer: 'good' } as unknown as ChecklistLine
const answered = marked({ ...kit, answers: { lin_1: { answer: 'short', over: 1 } }, conflicts: [line] })

test('nothing waits on a device that has only been prepared; everything noted there does', () => {
  expect(waiting(kit)).toBe(0)
  const noted = { clientId: 'a', kind: 'other', seen: '看到', serious: false, handOver: false, notedAt: '', photos: [] } as const
  const full = marked({ ...answered, startedAt: '2026-11-23T09:30:00+08:00', findings: [noted] })
  expect([waiting(full), full.unsent, hasStarted(full)]).toEqual([3, true, true])
})

test('what the system tells anew leaves untouched what was noted on the device', () => {
  const after = refreshed(answered, { ...page, state: 'started' })
  expect([after.answers, after.unsent, after.page.state]).toEqual([answered.answers, true, 'started'])
})

test('of two answers a person takes one: the own goes over the one that stands, or is given up', () => {
  expect(takeOwn(answered, line)).toMatchObject({ answers: { lin_1: { over: 3, answer: 'short' } }, conflicts: [], unsent: true })
  expect(takeTheirs(answered, line)).toMatchObject({ answers: {}, conflicts: [], unsent: false })
})

test('a cancelled or closed inspection stops the sending and says so', () => {
  expect(standstillOf(page)).toBeNull()
  expect(standstillOf({ ...page, state: 'cancelled' })).toMatchObject({ sentence: '系统里已取消：改期', resumable: true })
})
