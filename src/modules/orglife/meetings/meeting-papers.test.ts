import { expect, test } from 'vitest'
import { attendanceSheetOf, minutesOf } from './meeting.papers.ts'
import type { MeetingPage } from './meetings.contract.ts'

const meeting = {
  title: '十一月党员大会',
  kinds: ['members_meeting'],
  state: 'recorded',
  heldOn: '2026-11-20',
  startsAt: '09:00',
  endsAt: '10:30',
  place: '三楼会议室',
  chair: { id: 'per_a', name: '甲一' },
  organization: { id: 'org_a', name: '第一支部' },
  organizations: [{ id: 'org_a', name: '第一支部', expected: 4, present: 3, eligible: 4, eligiblePresent: 3 }],
  agenda: [{ title: '学习讲话', category: 'political_theory' }],
  minutes: '大家谈了体会。\n\n决定走访。',
  votes: [{ matter: '接收预备党员', eligible: 4, present: 3, yes: 3, no: 0, abstained: 0, passed: true }],
  resolutions: [{ content: '走访十户', owner: { id: 'per_b', name: '乙二' }, dueOn: '2026-11-30' }],
  attendance: [
    { personId: 'per_a', name: '甲一', presence: 'present', reason: null },
    { personId: 'per_c', name: '丙三', presence: 'absent', reason: '出差' },
  ],
} as unknown as MeetingPage

const textOf = (paper: ReturnType<typeof minutesOf>) => JSON.stringify(paper)

test('minutes say what the record says: who, when, agenda, votes with their numbers, what was resolved and by whom', () => {
  const said = textOf(minutesOf(meeting))
  for (const part of [
    '应到4人，实到3人',
    '甲一主持',
    '1. 学习讲话',
    '决定走访。',
    '赞成3票',
    '走访十户（乙二，2026年11月30日前）',
    '丙三（出差）',
  ])
    expect(said).toContain(part)
})

test('what was not recorded is left out of the minutes, not made up', () => {
  const said = textOf(minutesOf({ ...meeting, minutes: null, votes: [], resolutions: [] }))
  for (const part of ['讨论情况', '表决', '议定事项']) expect(said).not.toContain(part)
})

test('a planned meeting has a list of those expected and says that it was not recorded yet', () => {
  const paper = attendanceSheetOf({ ...meeting, state: 'planned', attendance: [] }, ['甲一', '丁四'])
  expect(paper.standing).toContain('尚未记录')
  expect(textOf(paper)).toContain('丁四')
  expect(textOf(attendanceSheetOf(meeting, ['丁四']))).not.toContain('丁四')
})
