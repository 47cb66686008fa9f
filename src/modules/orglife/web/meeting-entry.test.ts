import { describe, expect, test } from 'vitest'
import { recordMeetingBody } from '../meetings/meetings.contract.ts'
import {
  attendanceOf,
  decidingKind,
  entryFrom,
  everybodyOf,
  type ExpectedPerson,
  type FormReply,
  headsOf,
  keyed,
  moved,
  previewBodyOf,
  recordAddress,
  recordBodyOf,
  theoryFirst,
  titleOf,
} from './meeting-entry.rules.ts'

const aPerson = (more: Partial<ExpectedPerson> & { personId: string }): ExpectedPerson => ({
  name: more.personId,
  eligible: true,
  exempt: false,
  leave: null,
  ...more,
})

const aForm = (more: Partial<FormReply> = {}): FormReply => ({
  organization: { id: 'org_branch1', name: '示例支部', kind: 'branch' },
  kinds: ['members_meeting', 'committee_meeting', 'theme_day'],
  suggestedKind: 'members_meeting',
  title: '支部党员大会（2026年11月20日）',
  heldOn: '2026-11-20',
  chairId: 'per_chair',
  expected: [aPerson({ personId: 'per_one1' }), aPerson({ personId: 'per_two2', eligible: false })],
  lastAgenda: [],
  template: [{ title: '政治理论学习', category: 'political_theory' }],
  planned: [],
  ...more,
})

describe('who came', () => {
  test('everybody came unless tapped or on leave', () => {
    const people = attendanceOf(
      [aPerson({ personId: 'a' }), aPerson({ personId: 'b', leave: '出差' }), aPerson({ personId: 'c' })],
      { c: '病假' },
    )
    expect(people.map((person) => person.reason)).toEqual([null, '出差', '病假'])
  })

  test('whoever asked for leave and came all the same is tapped back', () => {
    expect(attendanceOf([aPerson({ personId: 'b', leave: '出差' })], { b: null })[0]?.reason).toBeNull()
  })

  test('who is exempt stands in no denominator, and counts once there', () => {
    const people = [aPerson({ personId: 'a' }), aPerson({ personId: 'old', exempt: true })]
    expect(headsOf(attendanceOf(people, {}))).toEqual({ expected: 1, present: 1, eligible: 1, eligiblePresent: 1 })
    expect(headsOf(attendanceOf(people, { old: null }))).toEqual({ expected: 2, present: 2, eligible: 2, eligiblePresent: 2 })
  })

  test('a probationary member is expected and has no vote', () => {
    const heads = headsOf(attendanceOf([aPerson({ personId: 'a' }), aPerson({ personId: 'b', eligible: false })], {}))
    expect(heads).toEqual({ expected: 2, present: 2, eligible: 1, eligiblePresent: 1 })
  })

  test('somebody of two organizations that met together is expected once', () => {
    const other = aForm({ expected: [aPerson({ personId: 'per_two2' }), aPerson({ personId: 'per_three3' })] })
    expect(everybodyOf([aForm(), other]).map((person) => person.personId)).toEqual(['per_one1', 'per_two2', 'per_three3'])
  })

  test('the committee alone is expected only while nothing but a committee meeting is recorded', () => {
    expect(decidingKind(['committee_meeting'])).toBe('committee_meeting')
    expect(decidingKind(['committee_meeting', 'lecture'])).toBe('lecture')
    expect(decidingKind(undefined)).toBeUndefined()
  })
})

describe('what is written down', () => {
  test('defaults follow the form, changes stay', () => {
    const entry = entryFrom(aForm(), { place: '一楼会议室' })
    expect(entry).toMatchObject({ kinds: ['members_meeting'], heldOn: '2026-11-20', chairId: 'per_chair', place: '一楼会议室' })
    expect(entryFrom(aForm({ template: [{ title: '集中学习', category: 'political_theory' }] }), {}).agenda[0]?.title).toBe(
      '集中学习',
    )
  })

  test('several kinds of one event share one name', () => {
    expect(titleOf(['members_meeting', 'theme_day'], '2026-11-05')).toBe('支部党员大会暨主题党日（2026年11月5日）')
  })

  test('what is sent fits the contract as it stands', () => {
    const form = aForm()
    const entry = entryFrom(form, { resolutions: [{ key: 'r', content: ' ', ownerId: null, dueOn: null }] })
    const people = attendanceOf(form.expected, { per_two2: '出差' })
    const body = recordMeetingBody.parse(recordBodyOf(entry, people))
    expect(body.absent).toEqual([{ personId: 'per_two2', reason: '出差' }])
    expect(body.resolutions).toEqual([])
  })

  test('a vote whose count was left open is refused, not taken for zero', () => {
    const entry = entryFrom(aForm(), { votes: [{ key: 'v', matter: '接收预备党员', yes: null, no: null, abstained: null }] })
    const read = recordMeetingBody.safeParse(recordBodyOf(entry, []))
    expect(read.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['votes.0.yes'])
  })

  test('typing a title asks nothing of the server, an absence does', () => {
    const form = aForm()
    const asked = (absent: Record<string, string>, title = 'x') =>
      JSON.stringify(previewBodyOf(entryFrom(form, { title, absent }), attendanceOf(form.expected, absent)))
    expect(asked({}, 'a')).toBe(asked({}, 'b'))
    expect(asked({ per_one1: '病假' })).not.toBe(asked({}))
  })
})

describe('the order of the agenda', () => {
  const agenda = keyed(
    [
      { title: '通报工作', category: 'party_affairs' },
      { title: '学习', category: 'political_theory' },
    ],
    'k',
  )

  test('an item moves one place and never out of the list', () => {
    expect(moved(agenda, 1, -1).map((line) => line.title)).toEqual(['学习', '通报工作'])
    expect(moved(agenda, 0, -1)).toEqual(agenda)
    expect(moved(agenda, 1, 1)).toEqual(agenda)
  })

  test('theory is put first; where there is none, it is added', () => {
    expect(theoryFirst(agenda, 'n').map((line) => line.title)).toEqual(['学习', '通报工作'])
    expect(theoryFirst(agenda.slice(0, 1), 'n').map((line) => line.category)).toEqual(['political_theory', 'party_affairs'])
  })
})

test('the form’s address says only what is known', () => {
  expect(recordAddress({})).toBe('/meetings/new')
  expect(recordAddress({ organization: 'org_1', kind: 'theme_day', period: '2026-09' })).toBe(
    '/meetings/new?organization=org_1&kind=theme_day&period=2026-09',
  )
})
