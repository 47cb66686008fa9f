import { describe, expect, it } from 'vitest'
import { reachOf } from './reach.rules.ts'

const monthly = { periodCadence: 'month' as const, from: '2025-01-01', to: null, once: null, event: null }

describe('the days on whose periods facts can bear', () => {
  it('are the same days for natural periods, and none outside the version', () => {
    const days = { from: '2026-03-05', to: '2026-04-02' }
    expect(reachOf(monthly, days)).toEqual(days)
    expect(reachOf({ ...monthly, from: '2026-05-01' }, days)).toBeNull()
    // A month that began under the version is judged by it to its end.
    expect(reachOf({ ...monthly, to: '2026-03-02' }, days)).toEqual(days)
    expect(reachOf({ ...monthly, to: '2026-03-01' }, days)).toBeNull()
  })
  it('are the last day of what is asked once, for facts of any day until then', () => {
    const once = { ...monthly, once: { from: '2026-01-01', by: '2026-06-30' } }
    expect(reachOf(once, { from: '2026-02-01', to: '2026-02-02' })).toEqual({ from: '2026-06-30', to: '2026-06-30' })
    expect(reachOf(once, { from: '2026-07-01', to: '2026-07-02' })).toBeNull()
    expect(reachOf(once, { from: '2025-07-01', to: '2025-12-31' })).toBeNull()
  })
  it('run ahead as far as an event gives time, also after its version has ended', () => {
    const half = { ...monthly, to: '2026-02-01', event: { months: 6 } }
    expect(reachOf(half, { from: '2026-01-31', to: '2026-01-31' })).toEqual({ from: '2026-01-31', to: '2026-08-03' })
    expect(reachOf(half, { from: '2026-07-01', to: '2026-07-01' })).toEqual({ from: '2026-07-01', to: '2027-01-04' })
    expect(reachOf(half, { from: '2026-09-01', to: '2026-09-01' })).toBeNull()
    expect(reachOf({ ...monthly, event: { days: 30 } }, { from: '2026-03-01', to: '2026-03-01' })?.to).toBe('2026-04-03')
  })
})
