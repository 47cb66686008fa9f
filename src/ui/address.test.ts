import { expect, test } from 'vitest'
import { parseSearch, stringifySearch } from './address.ts'

test('a period in the address stays text and is not taken for a number', () => {
  expect(parseSearch('?period=2026&q=true')).toEqual({ period: '2026', q: 'true' })
})

test('what is empty leaves the address', () => {
  expect(stringifySearch({ period: '2026Q3', q: '', open: undefined })).toBe('?period=2026Q3')
  expect(stringifySearch({})).toBe('')
})
