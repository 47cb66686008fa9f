import { expect, test } from 'vitest'
import { writePaper } from '../../../kernel/papers/paper-writer.ts'
import type { ClassPage } from '../classes/classes.contract.ts'
import type { StudyPlanPage } from '../studies/studies.contract.ts'
import { studyPlanPaperOf, trainingNoticeOf } from './notices.papers.ts'

const held = {
  title: '支部书记培训班',
  organization: { id: 'org_a', name: '示例工委' },
  startsOn: '2026-12-01',
  endsOn: '2026-12-03',
  hours: 20,
  theoryHours: 14,
  offDuty: true,
  registersUntil: '2026-11-28',
  targetGroup: 'branch_secretary',
  sessions: [{ title: '党章', heldOn: '2026-12-01', hours: 4, teacher: '讲师甲', place: '一号教室' }],
  people: [{ personId: 'per_a', name: '甲一' }],
} as unknown as ClassPage

test('a training notice says when, for whom, what is taught by whom, by when to register, and who comes', async () => {
  const paper = trainingNoticeOf(held)
  const text = JSON.stringify(paper)
  for (const part of [
    '2026年12月1日至2026年12月3日',
    '共20学时，其中政治理论14学时',
    '支部书记',
    '讲师甲',
    '一号教室',
    '2026年11月28日前',
    '甲一',
  ])
    expect(text).toContain(part)
  expect(paper.annexes.map(({ title }) => title)).toEqual(['参训人员名单'])
  expect((await writePaper(paper)).subarray(0, 2).toString()).toBe('PK')
})

test('without a list of people and a last day there is no annex and no word of registering', () => {
  const paper = trainingNoticeOf({ ...held, people: [], registersUntil: null })
  expect(paper.annexes).toEqual([])
  expect(JSON.stringify(paper)).not.toContain('报名')
})

test('a study plan lists its units with material and last day', () => {
  const text = JSON.stringify(
    studyPlanPaperOf({
      title: '三大条例学习计划',
      organization: { id: 'org_a', name: '示例工委' },
      audience: 'party_workers',
      note: '逐条学。',
      units: [
        { title: '支部工作条例', material: '条例全文', byDay: '2026-12-31' },
        { title: '教育管理条例', material: null, byDay: null },
      ],
    } as unknown as StudyPlanPage),
  )
  for (const part of ['支部工作条例', '条例全文', '2026-12-31', '年内', '逐条学。', '党务工作者']) expect(text).toContain(part)
})
