import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noCounts } from '../indicators/indicators.rules.ts'
import { standingOf, type Weighed } from './standing.rules.ts'

interface Given extends Partial<typeof noCounts> {
  readonly lateCredit?: number
}

const requirement = (code: string, weight: number, { lateCredit = 1, ...counts }: Given): Weighed => ({
  code,
  weight,
  parts: [{ counts: { ...noCounts, ...counts }, lateCredit }],
})

describe('the standing of an organization', () => {
  it('is what was earned by weight, of what applied', () => {
    const { standing, lines } = standingOf([
      requirement('ZB6', 2, { met: 3, not_reported: 1 }),
      requirement('ZB16', 1, { met_late: 1, lateCredit: 0.5 }),
      requirement('JG1', 1, { exempt: 4, not_due: 2 }),
    ])
    expect(standing).toBeCloseTo((2 * 0.75 + 1 * 0.5) / 3, 12)
    expect(lines.map(({ share }) => share)).toEqual([2 / 3, 1 / 3, 0])
    expect(lines[2]?.credit).toBeNull()
  })

  it('without anything due is nothing, not zero', () => {
    expect(standingOf([requirement('ZB6', 1, { exempt: 2 })]).standing).toBeNull()
    expect(standingOf([]).standing).toBeNull()
  })

  it('takes two versions of one requirement for one, each with its own credit of a late record', () => {
    const parts = [
      { counts: { ...noCounts, met_late: 2 }, lateCredit: 1 },
      { counts: { ...noCounts, met_late: 2 }, lateCredit: 0 },
    ]
    expect(standingOf([{ code: 'ZB9', weight: 1, parts }]).standing).toBe(0.5)
  })

  it('lies between 0 and 1, does not move when all weights are scaled, and its shares make one whole', () => {
    const count = fc.nat(30)
    const one = fc.record({
      met: count,
      met_late: count,
      unmet: count,
      not_reported: count,
      exempt: count,
      not_due: count,
    })
    const set = fc.array(fc.tuple(one, fc.integer({ min: 0, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(set, (drawn) => {
        const all = drawn.map(([counts, weight, credit], index) =>
          requirement(`ZB${index}`, weight, { ...counts, lateCredit: credit }),
        )
        const { standing, lines } = standingOf(all)
        const scaled = standingOf(all.map((each) => ({ ...each, weight: each.weight * 3 })))
        if (standing === null) {
          expect(scaled.standing).toBeNull()
          return
        }
        expect(standing).toBeGreaterThanOrEqual(0)
        expect(standing).toBeLessThanOrEqual(1 + 1e-12)
        expect(scaled.standing).toBeCloseTo(standing, 9)
        expect(lines.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
      }),
      { seed: 3 },
    )
  })
})
