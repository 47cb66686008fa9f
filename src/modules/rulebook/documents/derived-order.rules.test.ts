import { describe, expect, it } from 'vitest'
import { cycleAmong, derivedDepth } from './derived-order.rules.ts'

const counted = new Map([
  ['SL1', []],
  ['SL2', ['SL1']],
  ['SL3', ['SL1', 'SL2']],
  ['SL7', ['SL8']],
  ['SL8', ['SL9', 'SL1']],
  ['SL9', ['SL7']],
])

describe('requirements that count requirements', () => {
  it('stand above all that they count', () => {
    expect(['SL1', 'SL2', 'SL3', 'unknown'].map((code) => derivedDepth(code, counted))).toEqual([0, 1, 2, 0])
  })
  it('in a circle are named in its order', () => {
    expect(cycleAmong('SL8', counted)).toEqual(['SL8', 'SL9', 'SL7', 'SL8'])
    expect(cycleAmong('SL3', counted)).toBeNull()
    expect(cycleAmong('SL2', new Map([['SL2', ['SL2']]]))).toEqual(['SL2', 'SL2'])
    expect(() => derivedDepth('SL7', counted)).toThrow('SL7 → SL8 → SL9 → SL7')
  })
})
