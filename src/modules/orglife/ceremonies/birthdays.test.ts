import { expect, test } from 'vitest'
import { nextBirthday } from './birthdays.rules.ts'

test('the day of joining is shown a month ahead, across the year, with the years that it completes, and not in the year of joining', () => {
  expect(nextBirthday('2001-07-01', '2026-06-20')).toEqual({ day: '2026-07-01', years: 25 })
  expect(nextBirthday('2001-07-01', '2026-07-01')).toEqual({ day: '2026-07-01', years: 25 })
  expect(nextBirthday('2001-07-01', '2026-07-02')).toBeNull()
  expect(nextBirthday('2001-01-05', '2026-12-20')).toEqual({ day: '2027-01-05', years: 26 })
  expect(nextBirthday('2004-02-29', '2027-02-10')).toEqual({ day: '2027-02-28', years: 23 })
  expect(nextBirthday('2026-12-01', '2026-11-20')).toBeNull()
})
