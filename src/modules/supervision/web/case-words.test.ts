import { describe, expect, it } from 'vitest'
import {
  type ClockShown,
  deadlineInWords,
  dueInWords,
  madeGood,
  madeGoodAdvice,
  offeredSteps,
  proposedAs,
} from './case-words.rules.ts'

const clock = (part: Partial<ClockShown>): ClockShown => ({
  state: 'supervised',
  dueOn: '2026-11-20',
  overdueDays: 0,
  waiting: false,
  waitingSince: null,
  waitedDays: 0,
  ...part,
})

describe('what a page says about the clock of a case', () => {
  it('counts the days that are left, with those waited above added to the due date', () => {
    expect(deadlineInWords(clock({ waitedDays: 5 }), '2026-11-23')).toBe('还有 2 天')
    expect(dueInWords(clock({ waitedDays: 5 }))).toBe('2026年11月20日（等上级 5 天，顺延至2026年11月25日）')
  })

  it('says today on the last day and how late afterwards', () => {
    expect(deadlineInWords(clock({}), '2026-11-20')).toBe('今天到期')
    expect(deadlineInWords(clock({ overdueDays: 3 }), '2026-11-23')).toBe('已超期 3 天')
  })

  it('stands still while somebody above has to act', () => {
    const said = deadlineInWords(clock({ waiting: true, waitingSince: '2026-11-18', waitedDays: 5 }), '2026-11-23')
    expect(said).toBe('已停表，自2026年11月18日起，累计等了 5 天，都不计入超期')
  })

  it('says nothing once the matter has been reported, closed or not yet decided', () => {
    for (const state of ['proposed', 'dismissed', 'reported', 'closed'] as const) {
      expect(deadlineInWords(clock({ state }), '2026-11-23')).toBeNull()
    }
  })
})

describe('what is said of a case that has been made good', () => {
  it('names only what the reader may do, and otherwise who is next', () => {
    expect(madeGoodAdvice({ state: 'proposed', abilities: ['remind', 'dismiss'] })).toContain('可以不采纳')
    expect(madeGoodAdvice({ state: 'proposed', abilities: [] })).toContain('您不用再办')
    expect(madeGoodAdvice({ state: 'reminded', abilities: ['report', 'pause'] })).toContain('请报告办理结果')
    expect(madeGoodAdvice({ state: 'reported', abilities: ['verify', 'return'] })).toContain('可以核验销号')
    expect(madeGoodAdvice({ state: 'reported', abilities: [] })).toBe('这一项已经补上或不再欠。等核验人核验销号。')
    expect(madeGoodAdvice({ state: 'closed', abilities: ['reopen'] })).toBeNull()
  })

  it('reads from the title how the duty stood when the case was proposed', () => {
    expect(proposedAs('第二支部 2026年9月 支委会 未报')).toBe('not_reported')
    expect(proposedAs('第二支部 2026年9月 支委会 未达标')).toBe('unmet')
    expect(proposedAs('整改会议记录')).toBeNull()
  })
})

describe('what is offered', () => {
  it('puts the reminder before supervision and leaves out what the server does not offer', () => {
    expect(offeredSteps(['dismiss', 'supervise', 'remind'])).toEqual(['remind', 'supervise', 'dismiss'])
    expect(offeredSteps([])).toEqual([])
  })

  it('takes what is met, late or exempt for made good, but not what is still missing', () => {
    expect(['met', 'met_late', 'exempt', 'not_applicable'].every(madeGood)).toBe(true)
    expect([null, 'unmet', 'not_reported'].some(madeGood)).toBe(false)
  })
})
