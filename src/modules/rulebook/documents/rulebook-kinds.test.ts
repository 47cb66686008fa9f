import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseRulebookFile } from './rulebook-file.rules.ts'

const whole = readFileSync(new URL('../../../../tests/rulebooks/every-kind.yaml', import.meta.url), 'utf8')

function messages(from: string, to: string): string[] {
  expect(whole).toContain(from)
  const answer = parseRulebookFile(whole.replace(from, to), 'example.yaml')
  return answer.ok ? [] : answer.mistakes.map(({ message }) => message)
}

describe('cadences without a natural period, and what awaits a module', () => {
  it.each([
    ['once without its last day', '    by: 2026-03-20\n', '', '周期写 once 的要求须写 by，请补上'],
    ['a last day of what is asked every month', 'cadence: once', 'cadence: month', '只有周期写 once 时才写 by'],
    ['a last day before the first', 'by: 2026-03-20', 'by: 2019-03-20', '最迟日期早于起用日期（2020-01-01）'],
    ['an event without the time that it gives', '      months: 2\n', '', 'months、days 必须写且只写一项，请补上一项'],
    [
      'an event with two times',
      '      months: 2\n',
      '      months: 2\n      days: 3\n',
      'months、days 必须写且只写一项，请删去多写的',
    ],
    [
      'a cadence of an event without the event',
      '    event: { name: directory.election_due, params: { months_before: 2 }, months: 2 }\n',
      '',
      '须写 event，请补上',
    ],
    ["what awaits another module than its measure's", 'awaits: learning', 'awaits: service', '不属于 service'],
    ['what awaits no module of the product', 'awaits: learning', 'awaits: training', 'learning'],
    ['a sum with three decimals', 'sum_at_least: 2.5', 'sum_at_least: 2.555', '最多写两位小数'],
    ['a sum and a number', 'sum_at_least: 2.5', 'sum_at_least: 2.5, at_least: 2', '必须写且只写一项'],
    ['members in no standing', 'standing: [full], at', 'standing: [], at', '不能少于 1'],
    ['a credit above one', 'counts: unmet', 'counts: unmet, credit: 1.5', '不能超过 1'],
    [
      'a ground that does not exist',
      'subject: { kinds: [branch] }',
      'subject: { kinds: [branch], exempt: [ilness] }',
      '是不是“illness”？',
    ],
  ])('%s is named with what to do', (_kind, ...[from, to, remedy]) => {
    expect(messages(from, to)).toEqual([expect.stringContaining(remedy)])
  })
  it('numbers and one more level may stand among the parameters', () => {
    expect(messages('vacancy_months: 1', 'vacancy_months: 1, of_kinds: { a: [1, 2], b: 文字 }')).toEqual([])
  })
  it.each([
    ['C', 'soft'],
    ['conflict', 'soft'],
    ['B-', 'hard'],
  ])('confidence %s is not on and %s', (confidence, strength) => {
    const found = messages('strength: hard\n    confidence: A', `strength: ${strength}\n    confidence: ${confidence}`)
    expect(found).toHaveLength(1)
  })
  it.each([
    ['A', 'hard'],
    ['A-', 'hard'],
    ['B+', 'hard'],
    ['B', 'hard'],
    ['B-', 'soft'],
  ])('confidence %s may be on and %s', (confidence, strength) => {
    expect(messages('strength: hard\n    confidence: A', `strength: ${strength}\n    confidence: ${confidence}`)).toEqual([])
  })
})
