import { describe, expect, test } from 'vitest'
import type { Obligation } from '../../rulebook/obligations/obligations.contract.ts'
import { dueInWords, mayBeDeclared, meetingKindFor, sortDuties } from './due-lines.rules.ts'

const today = '2026-11-23'

const aDuty = (part: Partial<Obligation>): Obligation => ({
  requirement: 'ZB9',
  title: '支委会每月一次',
  dimension: 'D3',
  subject: { id: 'org_branch1', name: '第一支部', kind: 'organization' },
  organization: { id: 'org_branch1', name: '第一支部' },
  period: '2026-11',
  due: '2026-11-30',
  lateAfter: '2026-12-05',
  status: 'not_due',
  value: { numerator: 0, denominator: 1 },
  strength: 'hard',
  remedy: '',
  measure: { name: 'orglife.meetings_held', params: { kinds: ['committee_meeting'] } },
  evidence: [],
  ...part,
})

describe('what is due of a branch', () => {
  test('what is missed, due this month, this quarter and this year stand apart', () => {
    const { open } = sortDuties(
      [
        aDuty({ period: '2026', due: '2026-12-31', requirement: 'ZB16' }),
        aDuty({ period: '2026Q4', due: '2026-12-31', requirement: 'ZB6' }),
        aDuty({ period: '2026', due: '2027-01-10', requirement: 'JG11' }),
        aDuty({}),
        aDuty({ period: '2026-10', due: '2026-10-31', status: 'not_reported' }),
      ],
      today,
    )
    expect(open.missed.map((duty) => duty.period)).toEqual(['2026-10'])
    expect(open.month.map((duty) => duty.requirement)).toEqual(['ZB9'])
    expect(open.quarter.map((duty) => duty.requirement)).toEqual(['ZB16', 'ZB6'])
    expect(open.later.map((duty) => duty.requirement)).toEqual(['JG11'])
  })

  test('of what is missed, what must be done comes before what is suggested, and the latest before the older', () => {
    const { open } = sortDuties(
      [
        aDuty({ period: '2026-08', due: '2026-08-31', status: 'not_reported' }),
        aDuty({ period: '2026-10', due: '2026-10-31', status: 'not_reported', strength: 'soft' }),
        aDuty({ period: '2026-10', due: '2026-10-31', status: 'unmet' }),
      ],
      today,
    )
    expect(open.missed.map((duty) => `${duty.period} ${duty.strength}`)).toEqual(['2026-10 hard', '2026-08 hard', '2026-10 soft'])
  })

  test('a suggestion that was missed months ago is dropped, a duty never', () => {
    const old = aDuty({ period: '2026-08', due: '2026-08-31', status: 'not_reported' })
    const { open } = sortDuties([old, { ...old, requirement: 'ZB10', strength: 'soft' }], today)
    expect(open.missed.map((duty) => duty.requirement)).toEqual(['ZB9'])
  })

  test('a period that has not begun is nobody’s duty yet, and is told as what comes next', () => {
    const { open, next } = sortDuties([aDuty({ period: '2026-12', due: '2026-12-31' })], today)
    expect(Object.values(open).flat()).toEqual([])
    expect(next?.period).toBe('2026-12')
  })

  test('a rule that is kept whenever a meeting is recorded asks for no record of its own', () => {
    const { open, byTheWay } = sortDuties(
      [aDuty({ requirement: 'D1.2', measure: { name: 'orglife.first_agenda_item', params: {} } })],
      today,
    )
    expect(Object.values(open).flat()).toEqual([])
    expect(byTheWay.map((duty) => duty.requirement)).toEqual(['D1.2'])
  })

  test('exempt and not applicable are neither open nor done', () => {
    const { open, done } = sortDuties([aDuty({ status: 'exempt' }), aDuty({ status: 'not_applicable' })], today)
    expect([...Object.values(open).flat(), ...done]).toEqual([])
  })

  test('what was met months ago is not shown as done now', () => {
    const { done } = sortDuties([aDuty({ status: 'met' }), aDuty({ status: 'met', period: '2026-06', due: '2026-06-30' })], today)
    expect(done.map((duty) => duty.period)).toEqual(['2026-11'])
  })
})

test('the kind of meeting comes from what the requirement counts', () => {
  expect(meetingKindFor(aDuty({}))).toBe('committee_meeting')
  expect(meetingKindFor(aDuty({ measure: { name: 'orglife.lectures_given', params: {} } }))).toBe('lecture')
  expect(meetingKindFor(aDuty({ measure: { name: 'learning.hours', params: {} } }))).toBeNull()
})

test('a due day is told with how far away it is', () => {
  expect(dueInWords('2026-11-30', today)).toBe('11月30日前，还有 7 天')
  expect(dueInWords('2026-11-23', today)).toBe('11月23日，今天到期')
  expect(dueInWords('2026-10-31', today)).toBe('10月31日到期，已过 23 天')
  expect(dueInWords('2027-01-10', today)).toBe('2027年1月10日前，还有 48 天')
})

test('not done is declared when it is sure, not at the beginning of a quarter', () => {
  expect(mayBeDeclared(aDuty({ status: 'not_reported' }), today)).toBe(true)
  expect(mayBeDeclared(aDuty({}), today)).toBe(true)
  expect(mayBeDeclared(aDuty({ period: '2026Q4', due: '2026-12-31' }), today)).toBe(false)
  expect(mayBeDeclared(aDuty({ status: 'unmet', due: '2026-10-31' }), today)).toBe(false)
})
