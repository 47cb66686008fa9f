import { describe, expect, it } from 'vitest'
import { costOf, enoughAnswers, medianMinutes, roundsOf } from './burden.rules.ts'
import { heldAlready, heldInDirectory, heldInMeetings, likeness } from './held-data.rules.ts'

describe('the days on which answers fall due', () => {
  it('follow the natural periods, at the same day of each, and stop at the last day', () => {
    expect(roundsOf({ cadence: 'quarter', firstDue: '2026-03-25', lastDay: '2026-12-31' })).toEqual([
      '2026-03-25',
      '2026-06-23',
      '2026-09-22',
      '2026-12-23',
    ])
    expect(roundsOf({ cadence: 'once', firstDue: '2026-03-25', lastDay: '2026-12-31' })).toEqual(['2026-03-25'])
    expect(roundsOf({ cadence: 'year', firstDue: '2026-12-20', lastDay: '2026-12-31' })).toEqual(['2026-12-20'])
  })

  it('never leave their month, also when it is shorter', () => {
    expect(roundsOf({ cadence: 'month', firstDue: '2026-01-31', lastDay: '2026-04-30' })).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
    ])
  })
})

describe('what a request costs', () => {
  it('is recipients × rounds × minutes, by the issuer’s guess until enough answers say theirs', () => {
    const asked = { recipients: 84, rounds: 4, estimated: 25 }
    expect(costOf({ ...asked, minutes: [10, 10] })).toMatchObject({ basis: 'estimated', minutesEach: 25, hours: 140 })
    expect(costOf({ ...asked, minutes: [10, 20, 60, 40, 30] })).toMatchObject({ basis: 'measured', minutesEach: 30, hours: 168 })
  })

  it('is measured by the median, so that one who left the form open changes little', () => {
    expect(medianMinutes([5, 6, 7, 8, 900])).toBe(7)
    expect(medianMinutes([4, 6, 8, 10, 12, 14])).toBe(9)
    expect(medianMinutes(Array.from({ length: enoughAnswers - 1 }, () => 5))).toBeNull()
  })
})

describe('data that is held already', () => {
  const held = [...heldInDirectory, ...heldInMeetings]

  it.each([
    ['党员总数', '人员'],
    ['本支部正式党员人数', '人员'],
    ['主题党日开展次数', '会议'],
    ['召开党员大会次数', '会议'],
    ['支部书记姓名', '组织'],
    ['换届时间', '组织'],
    ['三会一课开展情况统计', '会议'],
  ])('%s is found under %s', (title, place) => {
    expect(heldAlready(title, held)?.place).toBe(place)
  })

  it.each(['困难党员慰问金额', '老旧小区改造进度', '结对共建社区数量', '党员志愿服务时长', '经费支出', '对工委工作的建议'])(
    '%s is not mistaken for something that is',
    (title) => {
      expect(heldAlready(title, held)).toBeNull()
    },
  )

  it('likeness is the same both ways and 1 for the same words', () => {
    expect(likeness('党员大会', '党员大会')).toBe(1)
    expect(likeness('支部党员大会', '党员大会')).toBe(likeness('党员大会', '支部党员大会'))
    expect(likeness('', '党员')).toBe(0)
  })
})
