import { expect, test } from 'vitest'
import type { OutCell } from '../../../kernel/files/workbook-writer.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { CoverageLine } from './coverage.contract.ts'
import { coverageSheets } from './coverage-export.routes.ts'

const clause: CoverageLine = {
  rulebook: 'GW2027',
  code: 'GW-1',
  title: '每月学习',
  gist: '支部每月集中学习一次。',
  dimension: 'D2',
  article: null,
  confidence: 'A',
  dataSource: 'none',
  why: 'hole',
  reason: null,
  requirements: [],
  records: 0,
}

function rowsOf(lines: readonly CoverageLine[]): readonly OutCell[][] {
  const [sheet] = coverageSheets(lines, '2026-11-23' as CivilDate)
  return (sheet?.rows ?? []) as OutCell[][]
}

test('a clause without a requirement stands in the export as a hole, never as nought records', () => {
  const rows = rowsOf([clause])
  expect(rows).toHaveLength(1)
  expect(rows[0]).toContain('还没有写成要求')
  expect(rows[0]).not.toContain(0)
})

test('each requirement of a clause has its own row, and one without live data shows no number', () => {
  const measure = { name: 'orglife.meetings_held', title: '会议次数' }
  const one = { title: '学习', rulebook: 'GW2027', strength: 'hard' as const, measure, reason: null }
  const requirements = [
    { ...one, code: 'GW1', dataSource: 'live' as const, why: null, records: 0 },
    { ...one, code: 'GW2', dataSource: 'none' as const, why: 'switched_off' as const, records: 7 },
  ]
  const rows = rowsOf([{ ...clause, dataSource: 'live', why: null, requirements }])
  expect(rows.map((row) => row.at(-1))).toEqual([0, null])
})
