import { describe, expect, it } from 'vitest'
import { passagesShared, printsOf, run, shareOf, surelyFound } from './article-text.rules.ts'
import { conflictOf } from './conflict.rules.ts'

/** A made-up language of a thousand characters: texts of it share no run of twelve but by design. */
function words(seed: number, length: number): string {
  let state = seed * 2654435761 + 12345
  let text = ''
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    text += String.fromCharCode(0x4e00 + ((state >>> 8) % 1000))
    if (at % 23 === 22) text += '，'
  }
  return text
}
const article = (seed: number, paragraphs = 30) =>
  Array.from({ length: paragraphs }, (_, index) => words(seed * 1000 + index, 160))
const allOf = (others: readonly (readonly string[])[]) => new Set(others.flatMap((one) => [...printsOf(one)]))
const share = (own: readonly string[], others: readonly (readonly string[])[] | ReadonlySet<number>) => {
  const elsewhere = others instanceof Set ? others : allOf(others as readonly (readonly string[])[])
  const prints = printsOf(own)
  return shareOf([...prints].filter((print) => elsewhere.has(print)).length, prints.size)
}
const corpus = Array.from({ length: 31 }, (_, index) => article(index + 1))
const earlier = allOf(corpus)

describe('passages that occur elsewhere', () => {
  it('are measured to within three per cent of what was copied, whole paragraphs or reordered, and of what is one’s own nothing is said', () => {
    for (const copied of [0, 3, 6, 15, 30]) {
      const own = [...article(900 + copied, 30 - copied), ...(corpus[copied] ?? []).slice(0, copied).reverse()]
      expect(Math.abs(share(own, earlier) - (100 * copied) / 30)).toBeLessThanOrEqual(3)
    }
  })

  it('of sixty seeded articles, every one with a tenth copied is told from every one without', () => {
    const judged = Array.from({ length: 60 }, (_, index) => {
      const seeded = index % 2 === 0
      const own = [...article(2000 + index, seeded ? 27 : 30), ...(seeded ? (corpus[index % 31] ?? []).slice(3, 6) : [])]
      return { seeded, told: share(own, earlier) >= 5 }
    })
    expect(judged.filter(({ seeded, told }) => seeded !== told)).toEqual([])
  })

  it('survive other punctuation, spaces and full-width letters, and one changed word in forty', () => {
    const [source] = [article(77)]
    const dressed = source.map((text) => text.replaceAll('，', '；　').replace(/(.{30})/gu, '$1 '))
    expect(share(dressed, [source])).toBe(100)
    const touched = source.map((text) => text.replace(/(.{40})./gu, '$1的'))
    expect(share(touched, [source])).toBeGreaterThanOrEqual(45)
  })

  it('are found for certain from nineteen characters in a row, and never below twelve', () => {
    const [own, other] = [words(1, 400), words(2, 400)]
    const shared = words(3, 100).replaceAll('，', '')
    for (let at = 0; at < 40; at += 1) {
      const within = (length: number) => [`${own.slice(0, 100 + at)}${shared.slice(0, length)}${own.slice(100 + at)}`]
      const source = [`${other.slice(0, 50)}${shared.slice(0, 60)}${other.slice(50)}`]
      expect(share(within(surelyFound), [source])).toBeGreaterThan(0)
      expect(share([`${own.slice(0, 99)}甲${shared.slice(0, run - 1)}乙${own.slice(100)}`], [source])).toBe(0)
    }
  })

  it('are shown as they are written, the longest first', () => {
    const [theirs] = [article(5, 3)]
    const own = [`本人的话。${theirs[1] ?? ''}又是本人的话。`, words(6, 100)]
    const both = new Set([...printsOf(own)].filter((print) => printsOf(theirs).has(print)))
    const [first = ''] = passagesShared(own, both)
    expect(first.length).toBeGreaterThan(140)
    expect(theirs[1]).toContain(first)
    expect(passagesShared([words(8, 200)], both)).toEqual([])
    expect(printsOf(['短', '']).size).toBe(0)
  })
})

describe('who looks at an article', () => {
  it('is neither the author nor anybody of a unit of the author', () => {
    const author = { personNo: 1, units: [10, 11] }
    expect(conflictOf(author, { personNo: 1, units: [] })).toBe('author')
    expect(conflictOf(author, { personNo: 2, units: [12, 11] })).toBe('colleague')
    expect(conflictOf(author, { personNo: 2, units: [12] })).toBeNull()
  })
})
