import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RulebookFile } from '../documents/rulebook-file.contract.ts'
import { parseRulebookFile } from '../documents/rulebook-file.rules.ts'
import { endedOn, succession } from './succession.rules.ts'

const parsed = parseRulebookFile(readFileSync('rulebooks/branch-regulation-2018.yaml', 'utf8'), '支部条例')
if (!parsed.ok) throw new Error('refused')
const book = parsed.rulebook
const day = fc
  .integer({ min: 0, max: 4000 })
  .map((days) => new Date(Date.UTC(2018, 10, 1) + days * 86_400_000).toISOString().slice(0, 10))

function withTarget(file: RulebookFile, code: string, least: number): RulebookFile {
  const requirements = file.requirements.map((one) => (one.code === code ? { ...one, target: { at_least: least } } : one))
  return { ...file, requirements }
}
const versions = (file: RulebookFile, code: string) => file.requirements.filter((one) => one.code === code)
const rule = (on: string, used = new Map<string, number>()) => ({ on, lastUsed: used })
/** What a requirement asks on a day; null when nothing is asked. */
const asked = (file: RulebookFile, code: string, on: string) => {
  const valid = versions(file, code).filter((one) => one.valid_from <= on && (one.valid_to ?? '9999') > on)
  expect(valid.length).toBeLessThanOrEqual(1)
  return valid[0]?.target ?? null
}

describe('新旧文本的衔接', () => {
  it('a text published over itself changes nothing, whatever the day', () => {
    fc.assert(
      fc.property(day, (on) => {
        expect(succession(book, book, rule(on)).requirements).toEqual(expect.arrayContaining([...book.requirements]))
        expect(succession(book, book, rule(on)).requirements).toHaveLength(book.requirements.length)
      }),
    )
  })

  it('before the day the old text applies, from it on the new, over any chain of publishings', () => {
    const code = 'ZB6'
    const start = versions(book, code)[0]?.valid_from ?? ''
    fc.assert(
      fc.property(
        fc.array(fc.record({ on: day, least: fc.integer({ min: 1, max: 4 }) }), { maxLength: 5 }),
        day,
        (steps, look) => {
          let file = book
          let expected: (on: string) => unknown = (on) => (on < start ? null : { at_least: 1 })
          for (const { on, least } of steps) {
            const before = expected
            const draft = withTarget(file, code, least)
            // A form shows and changes the last version; an officer who starts from the present text keeps just that one.
            const last = versions(draft, code).at(-1)
            const clean = {
              ...draft,
              requirements: [...draft.requirements.filter((one) => one.code !== code), ...(last ? [last] : [])],
            }
            const begins = last && last.valid_from > on ? last.valid_from : on
            file = succession(file, clean, rule(on))
            expected = (at) => (at < on ? before(at) : at < begins ? null : { at_least: least })
          }
          expect(asked(file, code, look)).toEqual(expected(look))
          const numbers = versions(file, code).map(({ version }) => version)
          expect(new Set(numbers).size).toBe(numbers.length)
        },
      ),
    )
  })

  it('what the new text no longer has ends on the day and keeps the clauses that it cites', () => {
    const draft = { ...book, requirements: book.requirements.filter(({ code }) => code !== 'ZB6') }
    const next = succession(book, { ...draft, clauses: draft.clauses.slice(0, 1) }, rule('2027-01-01'))
    expect(versions(next, 'ZB6')).toMatchObject([{ version: 1, valid_to: '2027-01-01' }])
    const cited = new Set(next.requirements.flatMap(({ clauses }) => clauses.filter((clause) => !clause.includes(':'))))
    expect([...cited].every((code) => next.clauses.some((clause) => clause.code === code))).toBe(true)
  })

  it('a number that was ever used is not given again', () => {
    const next = succession(book, withTarget(book, 'ZB6', 3), rule('2027-01-01', new Map([['ZB6', 4]])))
    expect(versions(next, 'ZB6').map(({ version }) => version)).toEqual([1, 5])
  })

  it('an ended document asks nothing from its last day on', () => {
    const ended = endedOn(book, '2027-01-01')
    expect(ended.requirements.every(({ valid_to }) => valid_to !== undefined && valid_to <= '2027-01-01')).toBe(true)
    expect(ended.document.in_force_to).toBe('2027-01-01')
  })
})
