import { expect, test } from 'vitest'
import { makeCity } from './made-city.ts'

test('a general branch is called by a short name that is whole', () => {
  const { organizations } = makeCity('city', '2026-11-23').register
  const named = organizations.filter((each) => each.kind === 'general_branch').flatMap((each) => each.names)
  expect(named.length).toBeGreaterThan(3)
  for (const { shortName } of named) expect(shortName).toMatch(/^(业务第.党总支|机关党总支)$/)
})
