import { expect, test } from 'vitest'
import type { CoverageLine } from '../requirements/coverage.contract.ts'
import { coverageShown, coverageSums } from './coverage-shown.rules.ts'

const line = (code: string, part: Partial<CoverageLine>): CoverageLine => ({
  rulebook: 'GW2027',
  code,
  title: '条款',
  gist: '要点',
  dimension: 'D1',
  article: null,
  confidence: 'A',
  dataSource: 'none',
  why: 'hole',
  reason: null,
  requirements: [],
  records: 0,
  ...part,
})
const lines = [
  line('GW-1', { dataSource: 'live', why: null }),
  line('GW-2', { why: 'awaits_module' }),
  line('GW-3', { why: 'uncounted' }),
  line('GW-4', {}),
]

test('holes are named by their reason; a clause that is not to be counted is neither hole nor success', () => {
  expect(coverageSums(lines)).toEqual({ live: 1, total: 4, uncounted: 1, holes: { awaits_module: 1, hole: 1 } })
  expect(coverageShown(lines, { show: 'holes' }).map((one) => one.code)).toEqual(['GW-2', 'GW-4'])
  expect(coverageShown(lines, { show: 'live' }).map((one) => one.code)).toEqual(['GW-1'])
})
