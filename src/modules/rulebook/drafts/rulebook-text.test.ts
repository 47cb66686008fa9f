import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRulebookFile } from '../documents/rulebook-file.rules.ts'
import { plainBody } from './body.rules.ts'
import { differences, inSentence } from './compare.rules.ts'
import { mistakesOfDraft } from './draft-mistakes.rules.ts'
import { rulebookText } from './rulebook-text.rules.ts'

const shipped = readdirSync('rulebooks')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, parsed: parseRulebookFile(readFileSync(`rulebooks/${name}`, 'utf8'), name) }))

const read = (text: string) => {
  const parsed = parseRulebookFile(text, '再读')
  if (!parsed.ok) throw new Error(parsed.mistakes.map(({ line, message }) => `${line} ${message}`).join('\n'))
  return parsed.rulebook
}

describe('导出再导入', () => {
  it.each(shipped)('$name comes out as it went in', ({ parsed }) => {
    if (!parsed.ok) throw new Error('refused')
    const text = rulebookText(parsed.rulebook)
    expect(read(text)).toEqual(parsed.rulebook)
    expect(rulebookText(read(text))).toBe(text)
    expect(differences(plainBody(parsed.rulebook), plainBody(read(text)))).toEqual([])
  })

  it('whatever an officer writes into a field comes back to the letter', () => {
    const first = shipped.find(({ name }) => name === 'fingertip-formalism-2023.yaml')
    if (!first?.parsed.ok) throw new Error('refused')
    const file = first.parsed.rulebook
    const awkward = fc.string({
      unit: fc.constantFrom(
        '汉',
        ':',
        '#',
        '-',
        "'",
        '"',
        '{',
        '}',
        '[',
        ']',
        '&',
        '*',
        '!',
        '|',
        '>',
        '%',
        '@',
        '`',
        ' ',
        '\n',
        '\t',
        '1',
        'é',
      ),
    })
    fc.assert(
      fc.property(awkward, (written) => {
        const gist = `条款的要点写在这里${written}到此为止`
        const changed = { ...file, clauses: file.clauses.map((clause, index) => (index === 0 ? { ...clause, gist } : clause)) }
        expect(read(rulebookText(changed)).clauses[0]?.gist).toBe(gist)
      }),
    )
  })
})

describe('草稿的毛病', () => {
  it('a shipped document has none; each part taken out of it is named with its place', () => {
    for (const { name, parsed } of shipped) {
      if (!parsed.ok) throw new Error(name)
      const others = shipped.flatMap((one) =>
        one.name !== name && one.parsed.ok ? [{ title: one.name, rulebook: one.parsed.rulebook }] : [],
      )
      const body = plainBody(parsed.rulebook)
      expect(
        mistakesOfDraft(body, others, () => []),
        name,
      ).toEqual([])
      const { title: _gone, ...clause } = body.clauses[0] ?? {}
      const [mistake] = mistakesOfDraft({ ...body, clauses: [clause, ...body.clauses.slice(1)] }, others, () => [])
      expect(mistake).toMatchObject({
        section: 'clauses',
        code: clause['code'],
        field: 'title',
        message: '缺少“条款简称”（title），请补上。',
      })
    }
  })
})

describe('对照', () => {
  it('says in words what reads differently, field by field', () => {
    const book = shipped.find(({ name }) => name === 'branch-regulation-2018.yaml')?.parsed
    if (!book?.ok) throw new Error('refused')
    const before = plainBody(book.rulebook)
    const requirements = before.requirements.map((one) =>
      one['code'] === 'ZB6' ? { ...one, strength: 'hard', target: { at_least: 2 } } : one,
    )
    const [found, ...rest] = differences(before, { ...before, requirements })
    expect(rest).toEqual([])
    expect(found && inSentence(found)).toContain('强度由“软”改为“硬”；目标·不少于（次）由“1”改为“2”')
  })
})
