import { describe, expect, it } from 'vitest'
import { ownLine } from './cockpit-own.rules.ts'

const counts = (met: number) => ({ met, met_late: 0, unmet: 0, not_reported: 0, exempt: 0, not_due: 0 })
const cell = (met: number) => [{ dimension: 'D3', counts: counts(met), soft: counts(0), ratio: null }]
const figures = (total: number, ...rows: number[]) => ({
  organization: { id: 'org_0001', name: '示例机关党委', kind: 'party_committee' },
  path: [],
  total: cell(total),
  rows: rows.map((met, at) => ({ organization: { id: `org_100${at}`, name: `第${at}支部`, kind: 'branch' }, cells: cell(met) })),
  freshness: { pending: 0 },
})

describe("an organization's own line", () => {
  it('holds what the total has beyond its rows, so that the table adds up', () => {
    expect(ownLine(figures(10, 4, 5))?.[0]?.counts.met).toBe(1)
  })

  it('is left out when the rows already add up', () => {
    expect(ownLine(figures(9, 4, 5))).toBeNull()
  })

  it('is left out when a row brought duties from elsewhere, rather than showing less than nothing', () => {
    expect(ownLine(figures(7, 4, 5))).toBeNull()
  })
})
