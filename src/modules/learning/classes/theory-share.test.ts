import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareInWords, theoryShare } from './theory-share.rules.ts'

const session = fc.record({ hours: fc.integer({ min: 1, max: 16 }).map((half) => half / 2), theory: fc.boolean() })

describe('the seventy per cent of political theory', () => {
  it('are reached exactly at seven of ten, and not a half hour before', () => {
    const of = (theory: number, other: number) =>
      theoryShare([
        { hours: theory, theory: true },
        { hours: other, theory: false },
      ])
    expect(of(7, 3).met).toBe(true)
    expect(of(6.5, 3).met).toBe(false)
    expect(of(2, 2)).toMatchObject({ share: 0.5, met: false, missing: 1, missingOnTop: 3 })
    expect(shareInWords(of(2, 2))).toBe(
      '政治理论 2 / 4 学时，占 50%，不到七成；总学时不变还差 1 学时，在现有课程之外另加则需 3 学时。',
    )
    expect(shareInWords(theoryShare([]))).toBe('还没有排课。')
  })

  it('what is said to be missing is enough either way, and half an hour less is not', () => {
    fc.assert(
      fc.property(fc.array(session, { minLength: 1, maxLength: 20 }), (sessions) => {
        const { hours, theoryHours, met, missing, missingOnTop } = theoryShare(sessions)
        const reaches = (theory: number, all: number) => 10 * theory >= 7 * all - 1e-9
        expect(reaches(theoryHours + missing, hours)).toBe(true)
        expect(reaches(theoryHours + missingOnTop, hours + missingOnTop)).toBe(true)
        expect(met).toBe(missing === 0)
        if (met) return
        expect(reaches(theoryHours + missing - 0.5, hours)).toBe(false)
        expect(reaches(theoryHours + missingOnTop - 0.5, hours + missingOnTop - 0.5)).toBe(false)
      }),
    )
  })
})
