import { describe, expect, it } from 'vitest'
import { dimensions } from '../obligations/obligations.contract.ts'
import { cockpitSheets } from './indicator-export.routes.ts'
import { noCounts } from './indicators.rules.ts'

const cells = (met: number, short: number) =>
  Object.keys(dimensions).map((dimension) => ({
    dimension,
    counts: dimension === 'D1' ? { ...noCounts, met, not_reported: short, exempt: 1, not_due: 2 } : noCounts,
    soft: dimension === 'D3' ? { ...noCounts, unmet: 9 } : noCounts,
    ratio: null,
  }))

const figures = {
  organization: { id: 'org_0001', name: '示例工委', kind: 'working_committee' },
  path: [],
  total: cells(5, 2),
  rows: [
    { organization: { id: 'org_0003', name: '示例水利局', kind: 'unit' }, cells: cells(2, 2) },
    { organization: { id: 'org_0002', name: '示例教育局', kind: 'unit' }, cells: cells(3, 0) },
  ],
  freshness: { pending: 0 },
}

describe('the exported cockpit', () => {
  const [hard, soft, notes] = cockpitSheets(figures, { period: '2026Q3', tree: 'as_was', asOf: '2026-11-23' })
  const rows = [...((hard?.rows ?? []) as Iterable<readonly unknown[]>)]

  it('keeps the order of the organizations as shown and ends with the total', () => {
    expect(rows.map((row) => row[0])).toEqual(['示例水利局', '示例教育局', '合计：示例工委'])
  })

  it('gives each status a column of its own, and leaves exempt and not due out of what is due', () => {
    expect(hard?.columns.slice(1, 8).map((column) => column.title)).toEqual(
      ['应办', '已办', '迟办', '未达标', '未报', '豁免', '未到期'].map((title) => `政治建设·${title}`),
    )
    expect(rows[0]?.slice(1, 8)).toEqual([4, 2, 0, 0, 2, 1, 2])
  })

  it('keeps soft requirements on a sheet of their own', () => {
    expect(rows.flat()).not.toContain(9)
    expect([...((soft?.rows ?? []) as Iterable<readonly unknown[]>)].flat()).toContain(9)
  })

  it('says by which tree and for which period the figures are', () => {
    expect([...((notes?.rows ?? []) as Iterable<readonly unknown[]>)].map((row) => row[1])).toEqual(
      expect.arrayContaining(['按当时建制', '2026年三季度', '2026年11月23日']),
    )
  })
})
