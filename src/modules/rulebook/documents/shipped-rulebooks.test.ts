import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { mistakesInWords, type ParsedRulebook, parseRulebookFile } from './rulebook-file.rules.ts'
import { checkRulebookSet } from './rulebook-set.rules.ts'

const folder = new URL('../../../../rulebooks/', import.meta.url)
const texts = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
)

function parsed(fileName: string, text: string): ParsedRulebook {
  const answer = parseRulebookFile(text, fileName)
  if (!answer.ok) throw new Error(mistakesInWords(answer))
  return answer
}

function shipped(): ParsedRulebook[] {
  return [...texts].map(([name, text]) => parsed(name, text))
}

function named(fileName: string): ParsedRulebook {
  return parsed(fileName, texts.get(fileName) ?? '')
}

/** The shipped files with one of them changed. */
function withChange(fileName: string, [from, to]: readonly [string, string]): ParsedRulebook[] {
  expect(texts.get(fileName)).toContain(from)
  return [...texts].map(([name, text]) => parsed(name, name === fileName ? text.replace(from, to) : text))
}

/** Every clause of the source document, as its table of clauses lists them, and the two rows below it. */
const sourceClauses =
  'G0 G D1.1 D1.2 D1.3 D1.4 D1.5 D2.1 D2.2 D2.3 D2.4 D2.5 D2.6 D3.1 D3.2 D3.3 D3.4 D3.5 D4.1 D4.2 D4.3 D4.4 ' +
  'D5.1 D5.2 D5.3 D5.4 D5.5 D6.1 D6.2 D6.3 M1 M2 M3 R1 R2 R3 B1 B2'

describe('the shipped rulebooks', () => {
  it('all parse, and refer to each other without a mistake', () => {
    expect(texts.size).toBeGreaterThanOrEqual(28)
    expect(checkRulebookSet(shipped())).toEqual([])
  })

  it('hold every clause of the source document under its code', () => {
    expect(named('sbs-2020.yaml').rulebook.clauses.map(({ code }) => code)).toEqual(sourceClauses.split(' '))
  })

  it('put each clause of the six dimensions under its own dimension', () => {
    const astray = named('sbs-2020.yaml').rulebook.clauses.filter(
      ({ code, dimension }) => dimension !== (code.startsWith('D') ? code.slice(0, 2) : 'general'),
    )
    expect(astray).toEqual([])
  })

  it('ask what is counted since the beginning in the strength of the text', () => {
    const all = shipped().flatMap(({ rulebook }) => rulebook.requirements)
    const asked = new Map(all.map((one) => [one.code, `${one.enabled ? one.cadence : 'off'} ${one.strength}`]))
    const first = {
      'D1.2': 'month hard',
      JG11: 'year hard',
      ZB6: 'quarter soft',
      ZB9: 'month soft',
      ZB10: 'month soft',
      ZB12: 'year hard',
    }
    const more = {
      ZB13: 'off soft',
      ZB14: 'month hard',
      ZB16: 'year hard',
      JY4: 'year soft',
      'D1.5': 'year hard',
      JG4: 'quarter hard',
    }
    for (const [code, expected] of Object.entries({ ...first, ...more }))
      expect(`${code} ${asked.get(code)}`).toBe(`${code} ${expected}`)
  })

  it('enable nothing that is unproved or in conflict, and make nothing hard on one second-hand source', () => {
    const all = shipped().flatMap(({ rulebook }) => rulebook.requirements)
    expect(all.filter(({ enabled, confidence }) => enabled && ['C', 'conflict'].includes(confidence))).toEqual([])
    expect(all.filter(({ strength, confidence }) => strength === 'hard' && ['B-', 'C', 'conflict'].includes(confidence))).toEqual(
      [],
    )
  })

  it('ask the committee meeting only where there is a committee, the group meeting only of groups, the assembly of units', () => {
    const all = shipped().flatMap(({ rulebook }) => rulebook.requirements)
    const subject = (code: string) => all.find((one) => one.code === code)?.subject
    expect(subject('ZB9')?.where).toEqual({ has_committee: true })
    expect(subject('ZB10')?.kinds).toEqual(['group'])
    expect(subject('JG11')?.kinds).toEqual(['unit'])
    expect(subject('ZB12')?.post).toEqual({ code: 'leading_group_secretary', at: ['leading_group'] })
  })

  it('let the demonstration city make ZB6 and ZB9 hard, under their own codes', () => {
    const { tightens, requirements } = named('demo-city-tightening-2025.yaml').rulebook
    expect(requirements).toEqual([])
    expect(tightens.map(({ requirement, strength, from }) => `${requirement} ${strength} ${from}`)).toEqual([
      'ZB6 hard 2026-01-01',
      'ZB9 hard 2026-01-01',
    ])
  })

  it('shout at nobody', () => {
    expect([...texts.values()].join('').match(/[!！](?!\d)/g)).toBeNull()
  })
})

describe('a mistake between files is named with file, line and what to do', () => {
  const tightening = 'demo-city-tightening-2025.yaml'
  it.each([
    ['a document code used twice', tightening, { from: 'code: SL2025', to: 'code: SBS2020', remedy: '换一个代号' }],
    [
      'a document that is not there',
      'branch-regulation-2018.yaml',
      { from: "'JY2019:JY-16'", to: "'JY2018:JY-16'", remedy: '是不是“JY2019”？' },
    ],
    [
      'a clause that the other document lacks',
      'branch-regulation-2018.yaml',
      { from: "'JY2019:JY-16'", to: "'JY2019:JY-61'", remedy: '没有条款“JY-61”' },
    ],
    [
      'a requirement owned by two documents',
      'organ-regulation-2019.yaml',
      { from: 'code: JG11', to: 'code: ZB6', remedy: '写到 tightens 里' },
    ],
    [
      'a tightening of nothing',
      tightening,
      { from: 'requirement: ZB6', to: 'requirement: ZB66', remedy: '没有代号为“ZB66”的要求' },
    ],
    [
      'a tightening of what is hard already',
      tightening,
      { from: 'requirement: ZB6', to: 'requirement: ZB14', remedy: '本来就是硬要求' },
    ],
    ['a tightening of what is off', tightening, { from: 'requirement: ZB6', to: 'requirement: ZB13', remedy: '没有启用' }],
  ] as const)('%s', (_kind, fileName, { from, to, remedy }) => {
    const found = checkRulebookSet(withChange(fileName, [from, to]))
    expect(found.length).toBeGreaterThan(0)
    expect(found[0]?.message).toContain(remedy)
    expect(found[0]?.line).toBeGreaterThan(1)
  })

  it('a tightening of a requirement that has ended by then', () => {
    const ended = withChange('branch-regulation-2018.yaml', [
      'valid_from: 2018-10-28',
      'valid_from: 2018-10-28\n    valid_to: 2020-12-31',
    ])
    expect(checkRulebookSet(ended)).toEqual([
      expect.objectContaining({
        fileName: tightening,
        path: 'tightens.0.requirement',
        message: expect.stringContaining('已经停用'),
      }),
    ])
  })
})
