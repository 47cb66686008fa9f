import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { mistakesInWords, type ParsedRulebook, parseRulebookFile } from './rulebook-file.rules.ts'

const folder = new URL('../../../../rulebooks/', import.meta.url)
const files: readonly ParsedRulebook[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => {
    const answer = parseRulebookFile(readFileSync(new URL(name, folder), 'utf8'), name)
    if (!answer.ok) throw new Error(mistakesInWords(answer))
    return answer
  })
const requirements = files.flatMap(({ rulebook }) =>
  rulebook.requirements.map((one) => ({ ...one, document: rulebook.document })),
)
const clauses = files.flatMap(({ rulebook }) => rulebook.clauses.map((one) => ({ ...one, document: rulebook.document.code })))
const cited = new Set(
  files.flatMap(({ rulebook }) =>
    [...rulebook.requirements, ...rulebook.tightens].flatMap((one) =>
      one.clauses.map((code) => (code.includes(':') ? code : `${rulebook.document.code}:${code}`)),
    ),
  ),
)

/** Every rule of the collection from which the files are written: how many under each prefix. */
const rules = {
  SD: 16,
  ZB: 27,
  JG: 24,
  JY: 18,
  PX: 8,
  FZ: 25,
  SZ: 9,
  HN: 13,
  MP: 5,
  XJ: 12,
  RR: 10,
  DB: 4,
  JF: 6,
  ZJ: 13,
  DF: 13,
  QB: 12,
}
/** Where a rule stands whose number is no requirement's and no clause's: by article, or under the source document's own codes. */
const places: Readonly<Record<string, string>> = {
  SD1: 'D1.2',
  SD2: 'D1.3',
  SD3: 'D1.4',
  SD4: 'D1.5',
  SD5: 'D2.3',
  SD6: 'D2.5',
  SD7: 'D3.1',
  SD8: 'D3.4',
  SD9: 'D3.5',
  SD10: 'D4.3',
  SD11: 'D5.5',
  SD12: 'D6.3',
  SD13: 'R1.2',
  SD14: 'R2',
  SD15: 'M2',
  SD16: 'M3',
  ZB5: 'ZB-7',
  ZB7: 'ZB-11.2',
  ZB8: 'ZB-8',
  ZB27: 'ZB-10',
  JG3: 'JG-7',
  JG23: 'JG-41',
  JY1: 'JY-16',
  JY3: 'JY-18',
  JY5: 'JY-22',
  JY6: 'JY-23',
  JY9: 'JY-28',
  JY12: 'JY-31',
  JY16: 'JY-35',
  JY17: 'JY-42',
  SZ2: 'SZ-3',
  DF3: 'DF-3',
}
const stands = (code: string) =>
  requirements.some((one) => one.code === code || one.code.startsWith(`${code}.`)) || clauses.some((one) => one.code === code)

describe('the rules of the shipped files', () => {
  it('hold every rule of the collection, as a requirement or as a clause', () => {
    const all = Object.entries(rules).flatMap(([prefix, count]) =>
      Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`),
    )
    expect(all.filter((rule) => !stands(places[rule] ?? rule))).toEqual([])
  })

  // That each measure and event is there, or waited for, and never both, is checked by every load.
  it('are counted today, or name the module for which they wait', () => {
    const waiting = requirements.filter(({ awaits }) => awaits !== undefined)
    expect(waiting.length).toBeGreaterThan(60)
    expect(waiting.filter(({ awaits, measure }) => !measure.name.startsWith(`${awaits}.`)).map(({ code }) => code)).toEqual([])
    expect(requirements.filter(({ enabled, awaits }) => enabled && awaits === undefined).length).toBeGreaterThan(90)
  })

  it('leave no clause without a requirement or a word why there is none', () => {
    const holes = clauses.filter(
      ({ document, code, uncounted }) => !cited.has(`${document}:${code}`) === (uncounted === undefined),
    )
    expect(holes.map(({ document, code }) => `${document}:${code}`)).toEqual([])
  })

  it('are on as far as their wording was seen: hard and soft on A to B, hints on B-, nothing on C or in conflict', () => {
    const wrong = requirements.filter(
      ({ enabled, strength, confidence }) =>
        (['C', 'conflict'].includes(confidence) && enabled) ||
        (['B-', 'C', 'conflict'].includes(confidence) && strength === 'hard'),
    )
    expect(wrong.map(({ code }) => code)).toEqual([])
  })

  it('are off with the reason shown, and where the wording was seen only for these', () => {
    const off = requirements.filter(({ enabled }) => !enabled)
    expect(off.filter(({ reason_off: reason }) => !reason)).toEqual([])
    const seen = off.filter(({ confidence }) => !['C', 'conflict'].includes(confidence)).map(({ code }) => code)
    // The same thing counted elsewhere (JY2, RR3.1, RR3.3, RR4, XJ12), a time that no text gives (XJ10, ZB3), other places' practice (RR3.2, RR3.4, RR3.5).
    expect(seen.toSorted()).toEqual(['JY2', 'RR3.1', 'RR3.2', 'RR3.3', 'RR3.4', 'RR3.5', 'RR4', 'XJ10', 'XJ12', 'ZB3'])
  })

  it('cite regulation and article, and begin no earlier than their document', () => {
    expect(requirements.filter(({ source }) => source.article.length < 2)).toEqual([])
    expect(requirements.filter(({ source, document }) => source.regulation !== document.title).map(({ code }) => code)).toEqual(
      [],
    )
  })

  it('ask nothing of what the product does not do: points for persons, and rules about the product itself', () => {
    const silent = files.filter(({ rulebook }) => /^(JF|ZJ)/.test(rulebook.document.code))
    expect(silent.length).toBe(3)
    for (const { rulebook } of silent) {
      expect(rulebook.requirements).toEqual([])
      expect(rulebook.clauses.filter(({ uncounted }) => !uncounted)).toEqual([])
    }
  })

  it('propose nothing hard from the practice of other places: no shares, no cards by themselves', () => {
    const practice = requirements.filter(({ document }) => document.kind === 'working_practice')
    expect(practice.filter(({ strength }) => strength === 'hard').map(({ code }) => code)).toEqual([])
  })

  it('define no tag that nothing counts', () => {
    const counted = new Set(
      requirements.flatMap(({ measure }) =>
        [...JSON.stringify(measure.params).matchAll(/"tags":\[([^\]]*)\]/g)].flatMap(([, list = '']) =>
          list.replaceAll('"', '').split(','),
        ),
      ),
    )
    const idle = files.flatMap(({ rulebook }) => rulebook.tags.filter(({ code }) => !counted.has(code)))
    expect(idle.map(({ code }) => code)).toEqual([])
  })
})

describe('the two versions of admitting members', () => {
  const of = (code: string) => requirements.filter(({ document }) => document.code === code)
  const [old, present] = [of('FZ2014'), of('FZ2026')]

  it('each have the twenty-five steps, and each rule says its version', () => {
    for (const [list, prefix, version] of [
      [old, 'FZJ', '（二〇一四年版）'],
      [present, 'FZ', '（二〇二六年版）'],
    ] as const) {
      for (let step = 1; step <= 25; step += 1) expect(list.map(({ code }) => code)).toContain(`${prefix}${step}`)
      expect(list.filter(({ title }) => !title.endsWith(version))).toEqual([])
    }
  })

  it('the old one ends where the present one begins', () => {
    for (const { valid_to: end } of old) expect(end).toBe('2026-05-18')
    for (const { valid_from: start } of present) expect(start).toBe('2026-05-18')
  })
})
