import { describe, expect, it } from 'vitest'
import { replayStanding, sizeInWords, standingOf } from './snapshot-words.rules.ts'

describe('a snapshot in words', () => {
  it('that was superseded says so, and is still frozen', () => {
    expect(standingOf({ state: 'frozen', supersededBy: 'snp_2' }).word).toBe('已被取代')
    expect(standingOf({ state: 'frozen', supersededBy: null })).toEqual({ tone: 'done', word: '已冻结' })
  })

  it('never calls a replay that did not end the same', () => {
    expect(replayStanding({ state: 'done', outcome: 'same' })).toEqual({ tone: 'done', word: '逐字节一致' })
    const others = [
      { state: 'none', outcome: null },
      { state: 'running', outcome: null },
      { state: 'failed', outcome: null },
      { state: 'done', outcome: 'version_differs' },
    ] as const
    expect(others.map((one) => replayStanding(one).tone)).not.toContain('done')
  })

  it('has a size that can be read', () => {
    expect([sizeInWords(100), sizeInWords(45_000), sizeInWords(12_900_000)]).toEqual(['1 KB', '44 KB', '12.3 MB'])
  })
})
