import { expect, test } from 'vitest'
import { nextCode, withValue } from './draft-content.rules.ts'
import { inFormWords, mergeParts, taking } from './draft-part.rules.ts'
import { parameterFields } from './json-schema-fields.rules.ts'

const base = { title: '主题党日', target: { at_least: 1 }, remedy: '补开' }

test('what only the other officer changed is taken over, what only I changed stays', () => {
  const both = { mine: { ...base, remedy: '月内补开' }, theirs: { ...base, title: '每月主题党日' } }
  const { merged, clashes, taken } = mergeParts('requirements', base, both)
  expect(merged).toEqual({ ...base, remedy: '月内补开', title: '每月主题党日' })
  expect(clashes).toEqual([])
  expect(taken.map((one) => one.title)).toEqual(['要求名称'])
})

test('a field that both changed is named with both readings; mine stays until I take the other', () => {
  const both = { mine: { ...base, target: { at_least: 2 } }, theirs: { ...base, target: { at_least: 3 } } }
  const { merged, clashes } = mergeParts('requirements', base, both)
  expect(clashes).toMatchObject([{ field: 'target.at_least', before: '1', mine: '2', theirs: '3' }])
  expect(merged).toEqual(both.mine)
  expect(taking(merged, both.theirs, 'target.at_least')).toEqual(both.theirs)
})

test('a form speaks of its fields by the words on the screen, not by their names in the file', () => {
  expect(inFormWords('缺少“发文机关”（issuer），请补上。')).toBe('缺少“发文机关”，请补上。')
  expect(inFormWords('没有启用的要求须写明理由，请补上 reason_off（不启用的理由）。')).not.toMatch(/[a-z_]{3}/)
  expect(inFormWords('缺少“周期”（cadence），请补上，可以写：month、quarter。')).toBe('缺少“周期”，请选一项。')
  expect(inFormWords('“GW-9”不对，例如 SBS2020:D3.2。')).toBe('“GW-9”不对，例如 SBS2020:D3.2。')
})

test('an emptied field is an absent one, and codes go on from the last', () => {
  expect(withValue({ note: '甲', title: '乙' }, ['note'], '')).toEqual({ title: '乙' })
  expect(withValue([{ code: 'a' }], [0, 'title'], '名')).toEqual([{ code: 'a', title: '名' }])
  expect(nextCode(['GW-1', 'GW-2'], 'X-')).toBe('GW-3')
  expect(nextCode([], 'GW-')).toBe('GW-1')
})

test('the parameters of a measure become fields: choices in words, one possible value is not asked', () => {
  const fields = parameterFields({
    properties: {
      kinds: { type: 'array', title: '会议类别', titles: { lecture: '党课' }, items: { enum: ['lecture'] } },
      organizer: { enum: ['own', 'unit'], default: 'own', title: '谁开的算' },
      speaker: { const: 'subject_person' },
      of: {
        type: 'object',
        title: '分子',
        properties: { tags: { type: 'array', items: { type: 'string' } } },
        required: ['tags'],
      },
    },
    required: ['kinds', 'of'],
  })
  expect(fields.map(({ name, control, required }) => [name, control, required])).toEqual([
    ['kinds', 'choices', true],
    ['organizer', 'choice', false],
    ['of', 'group', true],
  ])
  expect(fields[0]?.options).toEqual([{ value: 'lecture', label: '党课' }])
  expect(fields[1]?.otherwise).toBe('本组织')
  expect(fields[2]?.fields).toMatchObject([{ name: 'tags', control: 'words', required: true }])
})
