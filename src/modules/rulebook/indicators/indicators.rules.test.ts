import { describe, expect, it } from 'vitest'
import { addCounts, noCounts, ratioOf } from './indicators.rules.ts'

describe('a ratio', () => {
  it('counts a late record as done and leaves exempt and not due out of the base', () => {
    expect(ratioOf({ met: 3, met_late: 1, unmet: 1, not_reported: 3, exempt: 50, not_due: 70 })).toBe(0.5)
  })

  it('where nothing applies there is no ratio, which is not the same as zero', () => {
    expect(ratioOf({ ...noCounts, exempt: 4, not_due: 2 })).toBeNull()
    expect(ratioOf({ ...noCounts, not_reported: 1 })).toBe(0)
  })

  it('sums keep the statuses apart', () => {
    const one = { met: 1, met_late: 2, unmet: 3, not_reported: 4, exempt: 5, not_due: 6 }
    expect(addCounts([one, one])).toEqual({ met: 2, met_late: 4, unmet: 6, not_reported: 8, exempt: 10, not_due: 12 })
    expect(addCounts([])).toEqual(noCounts)
  })
})
