import { expect, test } from 'vitest'
import { absentOf, missingOf, tapped } from './attendance.rules.ts'

test('one tap makes absent from the whole class, a second takes it back', () => {
  const once = tapped({}, 'per_1')
  expect(absentOf(once)).toEqual([{ personId: 'per_1', reason: '出差' }])
  expect(absentOf(tapped(once, 'per_1'))).toEqual([])
})

test('what was entered before is shown as it was', () => {
  const people = [
    { personId: 'per_1', missed: [{ session: 2, reason: '病假' }] },
    {
      personId: 'per_2',
      missed: [
        { session: 1, reason: '事假' },
        { session: 2, reason: '事假' },
      ],
    },
    { personId: 'per_3', missed: [] },
  ]
  expect(missingOf(people, 2)).toEqual({ per_1: { session: 2, reason: '病假' }, per_2: { session: 0, reason: '事假' } })
})
