import { describe, expect, it } from 'vitest'
import { isWorkingDay, type SpecialDays, workingDaysAfter } from './working-days.ts'

const special: SpecialDays = new Map([
  ['2026-10-01', 'off'],
  ['2026-10-02', 'off'],
  ['2026-10-05', 'off'],
  ['2026-10-06', 'off'],
  ['2026-10-07', 'off'],
  ['2026-10-10', 'work'],
])

describe('working days', () => {
  it('are Monday to Friday where nothing else was published', () => {
    expect(workingDaysAfter('2026-11-20', 1, new Map())).toBe('2026-11-23')
    expect(workingDaysAfter('2026-11-21', 5, new Map())).toBe('2026-11-27')
    expect(workingDaysAfter('2026-11-21', 0, new Map())).toBe('2026-11-21')
  })

  it('leave out the days off and count the Saturday that was swapped in', () => {
    expect([isWorkingDay('2026-10-01', special), isWorkingDay('2026-10-10', special)]).toEqual([false, true])
    expect(workingDaysAfter('2026-09-30', 1, special)).toBe('2026-10-08')
    expect(workingDaysAfter('2026-09-30', 4, special)).toBe('2026-10-12')
  })
})
