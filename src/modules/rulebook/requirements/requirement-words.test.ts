import { describe, expect, it } from 'vitest'
import { cadenceInWords, subjectInWords, targetInWords } from './requirement-words.rules.ts'

describe('a requirement in words', () => {
  it('says who owes it', () => {
    expect(subjectInWords({ kinds: ['branch', 'joint_branch'], where: { has_committee: true } })).toBe(
      '党支部、联合党支部（设有支委会）',
    )
    expect(subjectInWords({ post: { code: 'branch_secretary', at: ['branch'] } })).toBe('党支部书记')
    expect(subjectInWords({ members: { standing: ['full', 'probationary'], at: ['branch'] } })).toBe(
      '党支部的每名正式党员、预备党员',
    )
  })
  it('says how much', () => {
    expect(targetInWords({ at_least: 4 }, '次')).toBe('不少于 4 次')
    expect(targetInWords({ sum_at_least: 32.5 }, '学时')).toBe('合计不少于 32.5 学时')
    expect(targetInWords({ ratio_at_least: 0.7 }, '次')).toBe('比率不低于 70%')
  })
  it('says how often and by when', () => {
    const title = () => '任职'
    expect(cadenceInWords({ cadence: 'quarter', due_by: null, event: null }, title)).toBe('每季')
    expect(cadenceInWords({ cadence: 'once', due_by: '2026-06-30', event: null }, title)).toBe('一次，2026年6月30日以前')
    expect(cadenceInWords({ cadence: 'event', due_by: null, event: { name: 'x.y', months: 6 } }, title)).toBe(
      '任职之日起 6 个月内',
    )
    expect(cadenceInWords({ cadence: 'event', due_by: null, event: { name: 'x.y', days: 30 } }, title)).toBe('任职之日起 30 天内')
  })
})
