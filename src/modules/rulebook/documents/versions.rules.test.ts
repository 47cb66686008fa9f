import { describe, expect, it } from 'vitest'
import type { RulebookRequirement } from './rulebook-file.contract.ts'
import { versionsOf } from './versions.rules.ts'

const soft: RulebookRequirement = {
  code: 'ZB6',
  title: '支部党员大会',
  clauses: ['ZB-11'],
  dimension: 'D3',
  version: 1,
  valid_from: '2018-10-28',
  strength: 'soft',
  confidence: 'A',
  enabled: true,
  source: { regulation: '支部条例', article: '第十一条' },
  subject: { kinds: ['branch'], where: {}, exempt: [] },
  cadence: 'quarter',
  due: { offset_days: 0 },
  grace_days: 5,
  measure: { name: 'orglife.meetings_held', params: {} },
  target: { at_least: 1 },
  late: { counts: 'met_late', credit: 1 },
  weight: 1,
  notice_days: 7,
  formula: '本季度召开次数不少于一次。',
  remedy: '请召开党员大会。',
}
const document = { code: 'SL2025', title: '示例通知' }
const tightening = { requirement: 'ZB6', strength: 'hard' as const, from: '2026-01-01', clauses: ['SL-1'], article: '第一条' }

describe('versions of a requirement', () => {
  it('a requirement that nobody tightens has one version and cites its own document', () => {
    expect(versionsOf('ZB2018', soft, [])).toEqual([
      { version: 1, strength: 'soft', from: '2018-10-28', to: null, clauses: ['ZB2018:ZB-11'], source: soft.source },
    ])
  })

  it('a tightening ends the soft version on its first day and cites both documents', () => {
    const [before, after, ...more] = versionsOf('ZB2018', soft, [{ document, tightening }])
    expect(more).toEqual([])
    expect(before).toMatchObject({ strength: 'soft', to: '2026-01-01' })
    expect(after).toMatchObject({
      version: 2,
      strength: 'hard',
      from: '2026-01-01',
      to: null,
      clauses: ['ZB2018:ZB-11', 'SL2025:SL-1'],
    })
    expect(after?.source.tightened).toEqual({ document: '示例通知', article: '第一条' })
  })

  it('when the tightening runs out the requirement is soft again', () => {
    const versions = versionsOf('ZB2018', soft, [{ document, tightening: { ...tightening, to: '2027-01-01' } }])
    expect(versions.map(({ strength, from, to }) => [strength, from, to])).toEqual([
      ['soft', '2018-10-28', '2026-01-01'],
      ['hard', '2026-01-01', '2027-01-01'],
      ['soft', '2027-01-01', null],
    ])
  })

  it('a tightening after the requirement has ended changes nothing', () => {
    const ended = { ...soft, valid_to: '2025-01-01' }
    expect(versionsOf('ZB2018', ended, [{ document, tightening }]).map(({ strength, to }) => [strength, to])).toEqual([
      ['soft', '2025-01-01'],
    ])
  })
})
