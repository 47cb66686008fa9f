import { describe, expect, it } from 'vitest'
import { readRulebookSource } from './rulebook-source.rules.ts'

function mistakesIn(text: string) {
  return readRulebookSource(text).mistakes
}

describe('a text that cannot be read as YAML is refused with its line and what to do', () => {
  it.each([
    ['a tab as indentation', 'document:\n\tcode: X', { line: 2, remedy: '制表符' }],
    ['uneven indentation', 'document:\n  code: X\n title: Y\n', { line: 3, remedy: '左边对齐' }],
    ['two colons in a line', 'document:\n  code: a: b\n', { line: 2, remedy: '用引号' }],
    ['a quote that is never closed', 'document:\n  code: "X\n', { line: 3, remedy: '成对' }],
    ['two documents in one file', 'document: 1\n---\ndocument: 2', { line: 2, remedy: '---' }],
    ['a name written twice', 'document: 1\ndocument: 2', { line: 2, remedy: '在第 1 行已经写过' }],
    ['a name that is a list', 'document: 1\n? [a, b]\n: 2', { line: 2, remedy: '必须是文字' }],
    ['a tag', '# note\ndocument: !!binary aGVsbG8=', { line: 2, remedy: '标签' }],
    ['nothing', ' \n', { line: 1, remedy: '文件是空的' }],
  ] as const)('%s', (_kind, text, { line, remedy }) => {
    expect(mistakesIn(text)).toContainEqual(expect.objectContaining({ line, message: expect.stringContaining(remedy) }))
  })

  it('anchors and aliases are refused before they are expanded', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'.split('').map((n, i) => `${n}: &${n} [${`*${'abcdefgh'[i]}, `.repeat(9)}]`),
    ]
    const mistakes = mistakesIn(bomb.join('\n'))
    expect(new Set(mistakes.map((one) => one.line)).size).toBe(9)
    expect(mistakes.every((one) => one.message.includes('锚点'))).toBe(true)
  })

  it('a file beyond 256 KB is refused for its size alone', () => {
    expect(mistakesIn(`# ${'长'.repeat(90_000)}`)).toEqual([
      expect.objectContaining({ message: expect.stringContaining('256 KB') }),
    ])
  })

  it.each(['[', '{a: ', '- ', '? '])('nesting without end (%j) is refused, not followed', (opening) => {
    const mistakes = mistakesIn(opening.repeat(60_000))
    expect(mistakes.map((one) => one.message)).toContainEqual(expect.stringContaining('嵌套得太深'))
  })
})

describe('a text that can be read', () => {
  const text = 'document:\n  code: SL1\nclauses:\n  - code: A\n    gist: >\n      长\n      文\n  - { code: B }\n'
  const { value, locate } = readRulebookSource(text)

  it('keeps dates and codes as the texts they are', () => {
    expect(readRulebookSource('from: 2026-01-01\nno: no\ncode: D1.2').value).toEqual({
      from: '2026-01-01',
      no: 'no',
      code: 'D1.2',
    })
    expect(value).toMatchObject({ document: { code: 'SL1' } })
  })

  it.each([
    [['document', 'code'], 'value', { line: 2, column: 9 }],
    [['document', 'code'], 'key', { line: 2, column: 3 }],
    [['clauses', 1, 'code'], 'value', { line: 8, column: 13 }],
    [['clauses', 0], 'value', { line: 4, column: 5 }],
  ] as const)('knows where %j stands (%s)', (path, place, position) => {
    expect(locate(path, place)).toEqual(position)
  })

  it('points at the nearest standing ancestor of what is missing', () => {
    expect(locate(['clauses', 1, 'title'])).toEqual(locate(['clauses', 1]))
    expect(locate(['requirements', 0])).toEqual({ line: 1, column: 1 })
  })
})
