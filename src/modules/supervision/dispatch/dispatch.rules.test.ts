import { expect, test } from 'vitest'
import { changeOf } from './dispatch.rules.ts'

const standing = { was: 'supervised', now: 'supervised', thenOpen: true, nowOpen: true, steps: 0 }

test('an item came, went on, stands or was closed since the day compared with', () => {
  expect(changeOf(standing)).toBe('same')
  expect(changeOf({ ...standing, steps: 2 })).toBe('moved')
  expect(changeOf({ ...standing, was: null, thenOpen: false, steps: 1 })).toBe('came')
  expect(changeOf({ ...standing, nowOpen: false, steps: 1 })).toBe('closed')
})

test('what came and was closed in between counts as closed; what was closed before is left out', () => {
  expect(changeOf({ ...standing, was: null, thenOpen: false, nowOpen: false, steps: 3 })).toBe('closed')
  expect(changeOf({ ...standing, was: 'closed', now: 'closed', thenOpen: false, nowOpen: false, steps: 0 })).toBeNull()
})
