import { expect, test } from 'vitest'
import type { AgendaCategory } from '../meetings/meetings.contract.ts'
import { keyed, templateKey } from './meeting-entry.rules.ts'
import { doubtfulTheory } from './meeting-theory.rules.ts'

const template = [{ title: '政治理论学习', category: 'political_theory' as AgendaCategory }]
const aLine = (title: string, category: AgendaCategory = 'political_theory', key = `${templateKey}0`) => ({
  key,
  title,
  category,
})

test('the template’s item under another title is asked about, as long as it stands as political theory', () => {
  expect(doubtfulTheory(aLine('讨论办公用房'), template)).toBe(true)
  expect(doubtfulTheory(aLine('讨论办公用房', 'business'), template)).toBe(false)
})

test('the template’s own title, one that names the study, and an empty one leave no doubt', () => {
  expect(keyed(template, templateKey).map((line) => doubtfulTheory(line, template))).toEqual([false])
  expect(doubtfulTheory(aLine('理论学习：全会精神'), template)).toBe(false)
  expect(doubtfulTheory(aLine(' '), template)).toBe(false)
})

test('what was planned or recorded under that category before is not asked again', () => {
  expect(doubtfulTheory(aLine('全会精神', 'political_theory', 'stored-0'), template)).toBe(false)
})
