import { expect, it } from 'vitest'
import { byMonth, monthAfter, weeksOf } from './duty-month.rules.ts'

it('a month stands in whole weeks that begin on Monday', () => {
  const weeks = weeksOf('2026-11')
  // The first of November 2026 is a Sunday.
  expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01'])
  expect(weeks.every((week) => week.length === 7)).toBe(true)
  expect(weeks.flat().filter(Boolean)).toHaveLength(30)
  expect(weeksOf('2027-02')).toHaveLength(4)
})

it('months follow one another across the year, and what is due stands in the month of its last day', () => {
  expect(monthAfter('2026-12', 1)).toBe('2027-01')
  expect(monthAfter('2026-01', -1)).toBe('2025-12')
  expect(byMonth([{ due: '2027-01-31' }, { due: '2026-12-31' }]).map(([month]) => month)).toEqual(['2026-12', '2027-01'])
})
