import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { declareDerived } from '../derived/derived.measures.ts'
import { declareMeasures, measure } from '../engine/engine.measures.ts'
import { declareRegister } from '../register/register.measures.ts'
import { mistakesInWords, parseRulebookFile } from './rulebook-file.rules.ts'
import { checkMeasures } from './rulebook-measures.queries.ts'

const whole = readFileSync(new URL('../../../../tests/rulebooks/every-kind.yaml', import.meta.url), 'utf8')

const held = (name: string) => measure({ name, version: 1, title: '试数', params: z.looseObject({}), facts: () => sql`select 1` })

beforeAll(() => {
  declareRegister()
  declareDerived()
  declareMeasures(held('orglife.meetings_held'), held('orglife.lectures_given'))
})

function mistakesIn(text: string) {
  const file = parseRulebookFile(text, 'example.yaml')
  if (!file.ok) throw new Error(mistakesInWords(file))
  return checkMeasures([file])
}

function changed(from: string, to: string) {
  expect(whole).toContain(from)
  return mistakesIn(whole.replace(from, to))
}

const lineOf = (part: string) => whole.slice(0, whole.indexOf(part)).split('\n').length

describe('what only the program knows is checked with the line and the remedy', () => {
  it('a file with every kind of requirement has no mistake', () => {
    expect(mistakesIn(whole)).toEqual([])
  })
  it.each([
    [
      'a measure that nobody holds',
      'rulebook.size_kept',
      'rulebook.sizes_kept',
      '是不是“rulebook.size_kept”？请改正；所属模块还不提供的，补上 awaits',
    ],
    [
      'a measure that is held and awaited',
      'name: learning.hours, params: { of: members } }',
      'name: orglife.lectures_given }',
      '请删去 awaits',
    ],
    ['a parameter that the measure does not know', 'vacancy_months', 'vacancy_month', '没有“vacancy_month”这个参数，请删去'],
    ['a parameter of the wrong kind', 'periods: 2', 'periods: 1', '参数“periods”有误'],
    ['an event that nobody declares', 'directory.post_started', 'directory.post_begun', '可以写：directory.election_due'],
    [
      'an event that does not happen to such a subject',
      'directory.member_joined, params: { standing: [full, probationary] }',
      'directory.organization_established, params: { kinds: [branch] }',
      '对象请写 kinds',
    ],
    [
      'a requirement counted that is not there',
      'requirement: SL1,',
      'requirement: SL111,',
      '要计入的要求“SL111”没有找到，是不是“SL11”？',
    ],
  ])('%s', (_kind, ...[from, to, remedy]) => {
    const text =
      from === 'name: learning.hours, params: { of: members } }' ? whole.replace('awaits: learning', 'awaits: orglife') : whole
    const found = mistakesIn(text.replace(from, to))
    expect(found.map(({ message }) => message)).toEqual([expect.stringContaining(remedy)])
    expect(Math.abs((found[0]?.line ?? 0) - lineOf(from))).toBeLessThan(18)
  })
  it('requirements that count each other are refused with the circle named', () => {
    const found = changed('params: { requirements: [SL1, SL5] }', 'params: { requirements: [SL1, SL13] }')
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringContaining('要求 SL7：要求之间互相计入，成了循环：SL7 → SL13 → SL7。请删去其中一处。'),
      expect.stringContaining('SL13 → SL7 → SL13'),
    ])
  })
})
