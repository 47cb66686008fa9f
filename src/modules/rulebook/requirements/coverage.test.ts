import { describe, expect, it } from 'vitest'
import { withChoiceTitles } from './choice-titles.rules.ts'
import { clauseStanding, feedOf, type RequirementStanding } from './coverage.rules.ts'

const words = { today: '2026-11-23', dayInWords: (day: string) => day }
const running: RequirementStanding = {
  enabled: true,
  reasonOff: null,
  awaits: null,
  held: true,
  moduleName: '组织生活',
  from: '2020-01-01',
  to: null,
}
const feed = (more: Partial<RequirementStanding>) => feedOf({ ...running, ...more }, words)

describe('覆盖情况不报喜', () => {
  it('is live only when on, valid today and counted by a module', () => {
    expect(feed({})).toEqual({ dataSource: 'live', why: null, reason: null })
    expect(feed({ enabled: false, reasonOff: '没有证实' })).toMatchObject({
      dataSource: 'none',
      why: 'switched_off',
      reason: '没有证实',
    })
    expect(feed({ held: false })).toMatchObject({ dataSource: 'none', why: 'awaits_module' })
    expect(feed({ awaits: 'learning', moduleName: '学习培训' })).toMatchObject({
      why: 'awaits_module',
      reason: '等待“学习培训”提供数据',
    })
    expect(feed({ from: '2027-01-01' })).toMatchObject({ dataSource: 'none', why: 'not_yet' })
    expect(feed({ to: '2026-11-23' })).toMatchObject({ dataSource: 'none', why: 'ended' })
    expect(feed({ to: '2026-11-24' })).toMatchObject({ dataSource: 'live' })
  })

  it('says of what is off and waits that it is both', () => {
    const both = feed({ awaits: 'learning', moduleName: '学习培训', enabled: false, reasonOff: '条文没有证实' })
    expect(both.reason).toBe('等待“学习培训”提供数据；没有启用：条文没有证实')
  })

  it('a clause without any requirement is a hole, unless it says why it is not counted', () => {
    expect(clauseStanding([], null)).toMatchObject({ dataSource: 'none', why: 'hole' })
    expect(clauseStanding([], '总体要求，由各条分别落实')).toMatchObject({ why: 'uncounted', reason: '总体要求，由各条分别落实' })
    expect(clauseStanding([feed({ held: false }), feed({})], null)).toMatchObject({ dataSource: 'live' })
    expect(clauseStanding([feed({ enabled: false, reasonOff: '冲突' })], '别处计算')).toMatchObject({ why: 'switched_off' })
  })
})

describe('计量的参数', () => {
  it('each choice carries its Chinese name beside its value, its own words before those of the directory', () => {
    const of = { properties: { of: { type: 'string', enum: ['own', 'under'] } } }
    expect(withChoiceTitles(of)).toEqual({
      properties: { of: { type: 'string', enum: ['own', 'under'], titles: { own: '本组织', under: '本组织及其下' } } },
    })
    const listed = { type: 'array', titles: { lecture: '党课' }, items: { enum: ['lecture'] } }
    expect(withChoiceTitles(listed)).toMatchObject({ items: { enum: ['lecture'], titles: { lecture: '党课' } } })
    expect(withChoiceTitles({ enum: ['unheard_of'] })).toEqual({ enum: ['unheard_of'] })
  })
})
