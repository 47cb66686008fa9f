import { describe, expect, it } from 'vitest'
import type { Obligation } from '../obligations/obligations.contract.ts'
import { calendarRows } from './duty-calendar.rules.ts'

const aDuty = (part: Partial<Obligation>): Obligation => ({
  requirement: 'ZB9',
  title: '支委会每月一次',
  dimension: 'D3',
  subject: { id: 'org_branch1', name: '第一支部', kind: 'organization' },
  organization: { id: 'org_branch1', name: '第一支部' },
  period: '2026-03',
  due: '2026-03-31',
  lateAfter: '2026-04-10',
  status: 'met',
  value: { numerator: 1, denominator: 1 },
  strength: 'hard',
  remedy: '',
  measure: { name: 'orglife.meetings_held', params: {} },
  evidence: [],
  ...part,
})

describe("a branch's year of duties", () => {
  it('puts a monthly duty into its month and leaves the others empty, which is not the same as missed', () => {
    const [row] = calendarRows([aDuty({})])
    expect(row?.cells).toHaveLength(12)
    expect(row?.cells.filter((cell) => cell.duties.length > 0).map((cell) => cell.month)).toEqual([3])
  })

  it('gives a quarter three months and a year all twelve', () => {
    const [quarter] = calendarRows([aDuty({ period: '2026Q2' })])
    expect(quarter?.cells.map(({ month, span }) => [month, span])).toContainEqual([4, 3])
    expect(quarter?.cells.reduce((all, cell) => all + cell.span, 0)).toBe(12)
    const [year] = calendarRows([aDuty({ period: '2026' })])
    expect(year?.cells.map((cell) => cell.span)).toEqual([12])
  })

  it('keeps what is asked softly and what is asked firmly on lines of their own, the firm ones first', () => {
    const rows = calendarRows([
      aDuty({ strength: 'soft', period: '2026-01' }),
      aDuty({ period: '2026-02' }),
      aDuty({ requirement: 'ZB10' }),
    ])
    expect(rows.map((row) => [row.code, row.strength])).toEqual([
      ['ZB9', 'hard'],
      ['ZB10', 'hard'],
      ['ZB9', 'soft'],
    ])
  })

  it("names the person on a duty that is a person's by post", () => {
    const subject = { id: 'per_1', name: '李示范', kind: 'person' as const }
    expect(calendarRows([aDuty({ subject }), aDuty({ period: '2026-04' })]).map((row) => row.person)).toEqual(['李示范', null])
  })
})
