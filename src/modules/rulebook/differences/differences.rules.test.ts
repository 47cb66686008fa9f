import { describe, expect, it } from 'vitest'
import {
  differencesInWords,
  fewest,
  intervalOf,
  judgeDifference,
  normalQuantile,
  type Share,
  shownInterval,
} from './differences.rules.ts'

/** A plain repeatable source of numbers in [0, 1). */
function drawing(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function drawn(draw: () => number, due: number, rate: number): Share {
  let done = 0
  for (let index = 0; index < due; index += 1) if (draw() < rate) done += 1
  return { done, due }
}

const others = (shares: readonly Share[], own: Share): Share => ({
  done: shares.reduce((sum, share) => sum + share.done, 0) - own.done,
  due: shares.reduce((sum, share) => sum + share.due, 0) - own.due,
})

describe('the interval of a share', () => {
  it('is Wilson’s: 9 of 10 lies between 59.6 % and 98.2 %', () => {
    const { low, high } = intervalOf({ done: 9, due: 10 }, 1.959964)
    expect([low.toFixed(3), high.toFixed(3)]).toEqual(['0.596', '0.982'])
  })

  it('of a small organization is wide even when everything was done', () => {
    const one = shownInterval({ done: 3, due: 3 })
    const many = shownInterval({ done: 300, due: 300 })
    expect(one?.high).toBe(1)
    expect(one?.low).toBeLessThan(0.45)
    expect(many?.low).toBeGreaterThan(0.98)
    expect(shownInterval({ done: 0, due: 0 })).toBeNull()
  })

  it('uses the known quantiles of the normal distribution', () => {
    for (const [p, z] of [
      [0.5, 0],
      [0.975, 1.959964],
      [0.995, 2.575829],
      [0.0005, -3.290527],
    ] as const)
      expect(normalQuantile(p)).toBeCloseTo(z, 5)
    expect(() => normalQuantile(1)).toThrow(RangeError)
  })
})

describe('a difference between organizations', () => {
  it('is called noise in at least 19 of 20 cities where all do alike', () => {
    const draw = drawing(7)
    const cities = 300
    let wrong = 0
    for (let city = 0; city < cities; city += 1) {
      const shares = Array.from({ length: 40 }, (_, unit) => drawn(draw, 6 + ((unit * 7) % 60), 0.9))
      const verdicts = shares.map((own) => judgeDifference(own, others(shares, own), shares.length))
      if (verdicts.some((verdict) => verdict === 'below' || verdict === 'above')) wrong += 1
    }
    expect(wrong / cities).toBeLessThanOrEqual(0.05)
  })

  it('is seen where one large unit does half of what the others do', () => {
    const draw = drawing(11)
    let seen = 0
    for (let city = 0; city < 100; city += 1) {
      const shares = Array.from({ length: 40 }, (_, unit) => drawn(draw, 60, unit === 0 ? 0.45 : 0.9))
      const [weak = { done: 0, due: 0 }] = shares
      if (judgeDifference(weak, others(shares, weak), shares.length) === 'below') seen += 1
    }
    expect(seen).toBeGreaterThanOrEqual(95)
  })

  it('is not judged where too little was due, or nothing', () => {
    const rest = { done: 500, due: 500 }
    expect(judgeDifference({ done: 0, due: fewest - 1 }, rest, 10)).toBe('too_few')
    expect(judgeDifference({ done: 0, due: 0 }, rest, 10)).toBe('nothing_due')
    expect(judgeDifference({ done: 30, due: 30 }, { done: 10, due: 300 }, 10)).toBe('above')
    expect(judgeDifference({ done: 9_000, due: 9_000 }, { done: 10, due: 90_000 }, 10)).toBe('above')
    expect(judgeDifference({ done: 0, due: 9_000 }, { done: 90_000, due: 90_000 }, 10)).toBe('below')
  })

  it('the page says when nothing tells the organizations apart', () => {
    expect(differencesInWords(['as_others', 'as_others', 'too_few'])).toContain('2 个组织之间的差别都在偶然范围内')
    expect(differencesInWords(['below', 'as_others', 'as_others'])).toContain('有 1 个')
    expect(differencesInWords(['too_few', 'as_others'])).toContain('不作比较')
  })
})
