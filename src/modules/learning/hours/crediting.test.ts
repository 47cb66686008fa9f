import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditedHours, daysToHours, exceedsLeave, withinCap } from './crediting.rules.ts'

const sessions = fc
  .array(fc.record({ hours: fc.integer({ min: 1, max: 16 }).map((half) => half / 2), theory: fc.boolean() }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((list) => list.map((each, index) => ({ ...each, position: index + 1 })))
const missed = fc.uniqueArray(fc.integer({ min: 1, max: 14 }))

describe('hours from attendance', () => {
  it('are never more than were held, and what was missed makes up the rest', () => {
    fc.assert(
      fc.property(sessions, missed, (list, gone) => {
        const held = list.reduce((sum, each) => sum + each.hours, 0)
        const credited = creditedHours(list, new Set(gone))
        expect(credited.hours).toBeLessThanOrEqual(held)
        expect(credited.theoryHours).toBeLessThanOrEqual(credited.hours)
        expect(credited.hours + credited.missedHours).toBe(held)
        // Missing one more never adds an hour.
        expect(creditedHours(list, new Set([...gone, 1])).hours).toBeLessThanOrEqual(credited.hours)
      }),
    )
  })

  it('leave beyond a seventh is told only where the rule is on', () => {
    const of = (hours: number, missedHours: number) => ({ hours, missedHours, theoryHours: 0 })
    expect(exceedsLeave(of(6, 1), 1 / 7)).toBe(false)
    expect(exceedsLeave(of(5.5, 1.5), 1 / 7)).toBe(true)
    expect(exceedsLeave(of(0, 7), null)).toBe(false)
  })
})

describe('local rules', () => {
  it('self-study is credited up to the cap of the year, in halves, and never below nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: 0, max: 40 }),
        (a, b, c) => {
          const credited = withinCap(a / 2, b / 2, c)
          expect(credited).toBeGreaterThanOrEqual(0)
          expect(credited).toBeLessThanOrEqual(a / 2)
          if (b / 2 <= c) expect(credited + b / 2).toBeLessThanOrEqual(c)
        },
      ),
    )
    expect(withinCap(5, 100, null)).toBe(5)
  })

  it('days are converted only where the conversion is on', () => {
    expect(daysToHours(1.5, 8)).toBe(12)
    expect(daysToHours(1.5, null)).toBeNull()
  })
})
