import { describe, expect, it } from 'vitest'
import type { RequirementLine } from '../requirements/requirements.contract.ts'
import { rulesShown, versionOn } from './rules-shown.rules.ts'

const aRequirement = (part: Partial<RequirementLine>): RequirementLine => ({
  code: 'ZB6',
  version: 1,
  title: '支部党员大会每季度一次',
  rulebook: 'ZB2018',
  dimension: 'D3',
  clauses: ['ZB2018:ZB-11'],
  subject: '党支部',
  cadence: '每季',
  measure: '次数',
  target: '不少于 1 次',
  strength: 'soft',
  enabled: true,
  reasonOff: null,
  confidence: 'A',
  source: '',
  formula: '',
  remedy: '',
  from: '2018-10-28',
  to: '2026-01-01',
  ...part,
})
const tightened = aRequirement({ version: 2, strength: 'hard', from: '2026-01-01', to: null })
const off = aRequirement({ code: 'ZB13', title: '党课', enabled: false, reasonOff: '次数待核', to: null })
const documents = [
  {
    id: 'doc_1',
    code: 'ZB2018',
    title: '条例',
    issuer: '',
    kind: 'party_regulation',
    issuedOn: '',
    from: '',
    to: null,
    clauses: 3,
    requirements: 2,
  },
]
const clauses = [
  { rulebook: 'ZB2018', code: 'ZB-11', title: '党员大会', gist: '每季度', dimension: 'D3', requirements: ['ZB6'] },
  { rulebook: 'ZB2018', code: 'ZB-16', title: '党课', gist: '定期', dimension: 'D3', requirements: ['ZB13'] },
  { rulebook: 'ZB2018', code: 'ZB-20', title: '关怀', gist: '走访慰问', dimension: 'D6', requirements: [] },
]
const all = { documents, clauses, requirements: [aRequirement({}), tightened, off] }
const codes = (asked: Parameters<typeof rulesShown>[1], today = '2026-11-23') =>
  rulesShown(all, asked, today).flatMap((shown) => shown.clauses.map(({ clause }) => clause.code))

describe('the rules as a reader filters them', () => {
  it('shows of each requirement the version that holds today', () => {
    expect(versionOn([aRequirement({}), tightened], '2026-11-23')?.strength).toBe('hard')
    expect(versionOn([aRequirement({}), tightened], '2025-12-31')?.strength).toBe('soft')
  })

  it('shows clauses without a requirement only when asked for', () => {
    expect(codes({})).toEqual(['ZB-11', 'ZB-16'])
    expect(codes({ clauses: 'all' })).toEqual(['ZB-11', 'ZB-16', 'ZB-20'])
  })

  it('finds a clause by its gist and a requirement by its title', () => {
    expect(codes({ text: '走访' })).toEqual(['ZB-20'])
    expect(codes({ text: 'zb6' })).toEqual(['ZB-11'])
  })

  it('tells what is switched off from what is on', () => {
    expect(codes({ enabled: 'off' })).toEqual(['ZB-16'])
    expect(codes({ strength: 'hard' })).toEqual(['ZB-11'])
    expect(codes({ strength: 'hard' }, '2025-06-30')).toEqual([])
  })
})
