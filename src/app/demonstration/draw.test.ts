import { describe, expect, it } from 'vitest'
import { drawFrom, madeId, workingDay } from './draw.ts'

describe('a source of made-up numbers', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const row = (seed: string) => Array.from({ length: 20 }, drawFrom(seed).number)
    expect(row('甲')).toEqual(row('甲'))
    expect(row('甲')).not.toEqual(row('乙'))
    expect(drawFrom('甲').of('子').number()).toBe(drawFrom('甲/子').number())
  })

  it('spreads evenly over what it may give', () => {
    const draw = drawFrom('even')
    const counts = new Map<number, number>()
    for (let round = 0; round < 8000; round += 1) {
      const drawn = draw.between(0, 3)
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1)
    }
    expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3])
    expect(Math.min(...counts.values())).toBeGreaterThan(1850)
  })

  it('makes ids in the form that the interface takes', () => {
    expect(madeId('org', '一')).toMatch(/^org_[0-9a-z]{24}$/)
    expect(madeId('org', '一')).not.toBe(madeId('org', '二'))
  })

  it('moves a weekend to a working day of the same month', () => {
    expect(workingDay('2026-11-23')).toBe('2026-11-23')
    expect(workingDay('2026-11-21')).toBe('2026-11-20')
    expect(workingDay('2026-11-01')).toBe('2026-11-02')
    expect(workingDay('2026-08-01')).toBe('2026-08-03')
    expect(workingDay('2026-05-31')).toBe('2026-05-29')
  })
})
