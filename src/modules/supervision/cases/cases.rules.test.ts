import { expect, test } from 'vitest'
import { caseNumber, daysWaited, isPartyTo, mayTake, offered, overdueDays, possibleNow, refusal } from './cases.rules.ts'
import { proposalTitle } from './proposals.rules.ts'

const clock = { state: 'supervised', dueOn: '2026-11-10', waitingSince: null, waitedDays: 0 } as const
const reader = { accountNo: 1, personNo: 10, permitted: new Set(['verify', 'return'] as const), answers: false }

test('a case is overdue by the days since it was due', () => {
  expect(overdueDays(clock, '2026-11-10')).toBe(0)
  expect(overdueDays(clock, '2026-11-23')).toBe(13)
})

test('days of waiting above are not counted, past waits and the running one alike', () => {
  expect(overdueDays({ ...clock, waitedDays: 5 }, '2026-11-23')).toBe(8)
  expect(overdueDays({ ...clock, waitingSince: '2026-11-20' }, '2026-11-23')).toBe(10)
  expect(overdueDays({ ...clock, waitedDays: 5, waitingSince: '2026-11-08' }, '2026-11-23')).toBe(0)
  expect(daysWaited({ ...clock, waitedDays: 5, waitingSince: '2026-11-20' }, '2026-11-23')).toBe(8)
})

test('what is reported, closed, or without a due date is not overdue', () => {
  expect(overdueDays({ ...clock, state: 'reported' }, '2026-12-31')).toBe(0)
  expect(overdueDays({ ...clock, state: 'closed' }, '2026-12-31')).toBe(0)
  expect(overdueDays({ ...clock, dueOn: null }, '2026-12-31')).toBe(0)
})

test('a wait can only begin when there is none, and end when there is one', () => {
  expect(possibleNow({ state: 'supervised', waiting: false })).toEqual(['report', 'pause', 'urge', 'put_off'])
  expect(possibleNow({ state: 'supervised', waiting: true })).toEqual(['report', 'resume'])
})

test('a refusal says where the case stands and what can be done instead', () => {
  expect(refusal({ state: 'reported', waiting: false }, 'remind')).toBe(
    '事项现在是“待核验”，不能“提醒”。现在可以：核验销号、退回。',
  )
})

test('whoever owns the case or reported it does not verify it', () => {
  expect(isPartyTo({ ownerNo: 10, reportedBy: null }, reader)).toBe(true)
  expect(isPartyTo({ ownerNo: 11, reportedBy: 1 }, reader)).toBe(true)
  expect(isPartyTo({ ownerNo: null, reportedBy: null }, { accountNo: 1, personNo: null })).toBe(false)
  expect(mayTake('verify', { ownerNo: 11, reportedBy: 2 }, reader)).toBe(true)
  const shown = offered({ state: 'reported', waiting: false }, { ownerNo: 10, reportedBy: 2 }, reader)
  expect(shown).toEqual({ abilities: ['return'], notices: ['您是责任人或报告人，核验须由其他人办理。'] })
})

test('numbers and titles read as official papers write them', () => {
  expect(caseNumber(2026, 1)).toBe('督〔2026〕1号')
  expect(proposalTitle({ organization: '第二支部', period: '2026-09', requirement: '支委会', status: 4 })).toBe(
    '第二支部 2026年9月 支委会 未报',
  )
  expect(proposalTitle({ organization: '第二支部', period: '2026Q3', requirement: '党员大会', status: 3 })).toBe(
    '第二支部 2026年三季度 党员大会 未达标',
  )
})
