import { expect, test } from 'vitest'
import { votesExcess } from './meeting-votes.rules.ts'

const heads = { expected: 25, present: 23, eligible: 23, eligiblePresent: 21 }

test('more votes than came with a vote is said in numbers, as they were typed', () => {
  expect(votesExcess({ yes: 40, no: null, abstained: null }, heads)).toBe('票数之和 40，超过到会有表决权的 21 人，请核对票数。')
  expect(votesExcess({ yes: 20, no: 1, abstained: 1 }, heads)).toBe('票数之和 22，超过到会有表决权的 21 人，请核对票数。')
})

test('as many votes as came, fewer, or none yet, are not wrong', () => {
  expect(votesExcess({ yes: 20, no: 1, abstained: 0 }, heads)).toBeUndefined()
  expect(votesExcess({ yes: 3, no: null, abstained: null }, heads)).toBeUndefined()
  expect(votesExcess({ yes: null, no: null, abstained: null }, heads)).toBeUndefined()
})
