import { expect, test } from 'vitest'
import { z } from 'zod'
import { issueSentence } from './issue-sentence.ts'

function sentence(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value, { error: (issue) => issueSentence(issue as never) }).error?.issues[0]?.message
}

test('an empty field is asked for, whatever its kind', () => {
  expect(sentence(z.string(), undefined)).toBe('请填写。')
  expect(sentence(z.enum(['a']), undefined)).toBe('请填写。')
})

test('limits are told with their number', () => {
  expect(sentence(z.string().min(4), '三')).toBe('至少写 4 个字。')
  expect(sentence(z.number().max(99), 100)).toBe('不能大于 99。')
  expect(sentence(z.array(z.string()).min(1), [])).toBe('至少要有 1 项。')
})

test("a schema's own words come first", () => {
  expect(sentence(z.string().min(4, { error: '请写清理由。' }), '三')).toBe('请写清理由。')
})
