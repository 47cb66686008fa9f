import fc from 'fast-check'
import { expect, test } from 'vitest'
import { carried, type Heads, quorumWarnings } from './meetings.rules.ts'

/** Heads of a meeting: those who came are never more than those expected. */
const heads = fc
  .record({
    eligible: fc.nat(300),
    committee: fc.nat(9),
    staff: fc.nat(300),
    share: fc.array(fc.nat(100), { minLength: 3, maxLength: 3 }),
  })
  .map(({ eligible, committee, staff, share }): Heads => {
    const of = (count: number, at: number) => Math.floor((count * (share[at] ?? 0)) / 100)
    return {
      eligible,
      eligiblePresent: of(eligible, 0),
      committeeExpected: committee,
      committeePresent: of(committee, 1),
      expected: eligible + staff,
      present: of(eligible + staff, 2),
    }
  })
const warned = (kinds: Parameters<typeof quorumWarnings>[0], of: Heads) => quorumWarnings(kinds, of).length > 0

test('a decision is carried by more than half of those who should have come with a vote, never of those who came', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), fc.nat(500), (eligible, some, many) => {
      const present = Math.min(eligible, some)
      const yes = Math.min(present, many)
      const passed = carried({ yes }, { eligible, present })
      expect(passed).toBe(present >= eligible / 2 && yes > eligible / 2)
      // One vote more never turns a yes into a no, and one more who should have come never a no into a yes.
      if (passed && yes < present) expect(carried({ yes: yes + 1 }, { eligible, present })).toBe(true)
      if (!passed) expect(carried({ yes }, { eligible: eligible + 1, present })).toBe(false)
    }),
  )
  expect(carried({ yes: 5 }, { eligible: 10, present: 10 })).toBe(false)
  expect(carried({ yes: 6 }, { eligible: 10, present: 6 })).toBe(true)
})

test('half is enough for a members’ or committee meeting, two thirds for a democratic life meeting; exactly so many suffice', () => {
  fc.assert(
    fc.property(heads, (of) => {
      expect(warned(['members_meeting'], of)).toBe(of.eligiblePresent < of.eligible / 2)
      expect(warned(['committee_meeting'], of)).toBe(of.committeePresent < of.committeeExpected / 2)
      expect(warned(['democratic_life_meeting'], of)).toBe(of.present * 3 < of.expected * 2)
      expect(warned(['theme_day', 'lecture'], of)).toBe(false)
    }),
  )
  const nine = { eligible: 9, eligiblePresent: 9, committeeExpected: 3, committeePresent: 3, expected: 9 }
  expect(warned(['democratic_life_meeting'], { ...nine, present: 6 })).toBe(false)
  expect(warned(['democratic_life_meeting'], { ...nine, present: 5 })).toBe(true)
})
