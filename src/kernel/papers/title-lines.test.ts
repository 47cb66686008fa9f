import fc from 'fast-check'
import { expect, test } from 'vitest'
import { charactersWide } from './paper-page.ts'
import { titleLines } from './title-lines.ts'

test('a short title stands on one line, a long one on lines of about the same length', () => {
  expect(titleLines('关于召开年度督办工作会议的通知')).toEqual(['关于召开年度督办工作会议的通知'])
  const lines = titleLines('关于督促第一局第二支部按时召开十月支部委员会会议并补报会议记录的通知')
  expect(lines).toHaveLength(2)
  expect(Math.abs(charactersWide(lines[0] ?? '') - charactersWide(lines[1] ?? ''))).toBeLessThanOrEqual(4)
})

test('titles of 1 to 60 characters never take more than three lines, lose nothing, and no line begins with 的 or a closing mark', () => {
  const characters = fc.constantFrom(...'关于召开市直机关督办工作会议通知第一局支部委员会整改落实情况报告')
  const small = fc.constantFrom('的', '》', '、', '）')
  const title = fc
    .array(fc.oneof({ weight: 9, arbitrary: characters }, { weight: 1, arbitrary: small }), { minLength: 1, maxLength: 60 })
    .map((list) => list.join(''))
    .filter((text) => !/^[的》、）]|[的》、）]{2}/.test(text))
  fc.assert(
    fc.property(title, (text) => {
      const lines = titleLines(text)
      expect(lines.join('')).toBe(text)
      expect(lines.length).toBeLessThanOrEqual(3)
      for (const one of lines) {
        expect(charactersWide(one)).toBeLessThanOrEqual(21)
        expect(one).not.toMatch(/^[的》、）]/)
      }
    }),
    { numRuns: 400 },
  )
})
