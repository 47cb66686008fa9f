import { expect, test } from 'vitest'
import type { TagShown } from '../work-records/work-records.contract.ts'
import { tagServing } from '../work-records/measure-parameters.contract.ts'
import { askedBy, titleFor, withTags, workAddress } from './work-record-entry.rules.ts'

const aTag = (code: string, more: Partial<TagShown> = {}): TagShown => ({
  code,
  title: code,
  hint: '',
  document: '',
  fields: [],
  unit: null,
  categories: [],
  grades: [],
  kinds: [],
  ...more,
})

test('the form asks for what its tags ask for together', () => {
  const asked = askedBy([aTag('a', { fields: ['hours'] }), aTag('b', { fields: ['quantity'], unit: '篇' })])
  expect(asked).toEqual({ hours: true, persons: false, quantity: true, place: false, unit: '篇' })
})

test('the title is made from the tags until another is written', () => {
  expect(titleFor([{ title: '走访慰问' }, { title: '志愿服务' }])).toBe('走访慰问、志愿服务')
  expect(titleFor([])).toBe('')
})

test('a category stays with its tag while others come and go', () => {
  expect(withTags([{ tag: 'a', category: 'x' }], ['b', 'a'])).toEqual([{ tag: 'b' }, { tag: 'a', category: 'x' }])
})

test('a duty that work records feed leads to the form with its tag; another does not', () => {
  expect(tagServing({ name: 'orglife.work_records', params: { tags: ['visit'] } })).toBe('visit')
  expect(tagServing({ name: 'orglife.work_record_ratio', params: { of: { tags: ['a'] }, among: { tags: ['b'] } } })).toBe('b')
  expect(tagServing({ name: 'orglife.meetings_held', params: { kinds: ['lecture'] } })).toBeNull()
  expect(workAddress({ organization: 'org_1', tag: 'visit' })).toBe('/work-records/new?organization=org_1&tag=visit')
})
