import { expect, test } from 'vitest'
import { marked } from './search-marks.rules.ts'

test('each word is marked wherever it stands, and nothing of the text is lost', () => {
  const text = 'WTO 学习：主题党日讲WTO规则'
  const parts = marked(text, ['wto', '党日'])
  expect(parts.filter(({ hit }) => hit).map(({ part }) => part)).toEqual(['WTO', '党日', 'WTO'])
  expect(parts.map(({ part }) => part).join('')).toBe(text)
})

test('a text without the words stays whole', () => {
  expect(marked('支委会', ['党课'])).toEqual([{ part: '支委会', hit: false }])
})
