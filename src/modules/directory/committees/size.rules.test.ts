import { describe, expect, it } from 'vitest'
import { type SizeFacts, sizeHints } from './size.rules.ts'

const aBranch: SizeFacts = { kind: 'branch', fullMembers: 8, members: 9, kindsBelow: [], committee: null, today: '2026-11-23' }
const aTerm = { size: 3, electedOn: '2025-01-10', termYears: 3, dueOn: '2028-01-10', extendedTo: null }
const rules = (facts: Partial<SizeFacts>) => sizeHints({ ...aBranch, ...facts }).map((hint) => hint.rule)

describe('规模和任期的提示', () => {
  it('hints at a committee from seven full members on, and at none below', () => {
    expect(rules({})).toEqual(['ZB20'])
    expect(rules({ fullMembers: 6 })).toEqual([])
    expect(rules({ fullMembers: 6, committee: aTerm })).toEqual(['ZB20'])
    expect(rules({ committee: aTerm })).toEqual([])
  })

  it('takes three to five seats as usual and seven as the most', () => {
    const seats = (size: number) => rules({ committee: { ...aTerm, size } })
    expect([2, 3, 5, 6, 7, 8].map((size) => seats(size).length)).toEqual([1, 0, 0, 1, 1, 1])
  })

  it('hints at a general branch from 50 members and at a committee from 100', () => {
    const unit = (members: number, kindsBelow: SizeFacts['kindsBelow'] = []) => rules({ kind: 'unit', members, kindsBelow })
    expect([unit(49), unit(50), unit(99), unit(100)]).toEqual([[], ['JG2'], ['JG2'], ['JG1']])
    expect([unit(60, ['general_branch']), unit(60, ['party_committee']), unit(150, ['party_committee'])]).toEqual([[], [], []])
    expect(rules({ kind: 'party_committee', members: 80 })).toEqual(['JG1'])
  })

  it('reminds six months before the term ends, and says when it has ended', () => {
    const on = (today: string) => rules({ committee: aTerm, today })
    expect([on('2027-07-09'), on('2027-07-10'), on('2028-01-09'), on('2028-01-10')]).toEqual([[], ['ZB22'], ['ZB22'], ['ZB22']])
    expect(sizeHints({ ...aBranch, committee: aTerm, today: '2028-01-10' })[0]?.text).toContain('已于2028年1月10日届满')
  })

  it('questions an extension of more than a year and an unusual term', () => {
    expect(rules({ committee: { ...aTerm, extendedTo: '2029-01-10' } })).toEqual([])
    expect(rules({ committee: { ...aTerm, extendedTo: '2029-01-11' } })).toEqual(['ZB22'])
    expect(rules({ committee: { ...aTerm, termYears: 5 } })).toEqual(['ZB21'])
    expect(rules({ kind: 'party_committee', members: 120, committee: aTerm })).toEqual(['JG1'])
  })

  it('leaves a temporary branch in peace about committees', () => {
    expect(rules({ kind: 'temporary_branch' })).toEqual([])
    expect(rules({ kind: 'branch', fullMembers: 2 })).toEqual(['JG3'])
  })
})
