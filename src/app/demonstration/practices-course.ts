import { courseActs as acts } from '../../modules/supervision/index.ts'
import type { Course } from './acting.ts'

/** A problem that the branch found itself, put right, verified by another and confirmed. Answers its id. */
export async function problem({ act, stage, day }: Course): Promise<string> {
  const { id } = await act('zhibu', 60, [
    acts.raiseProblem,
    {
      organizationId: stage.shown.id,
      title: '流动党员联系不够及时（演示）',
      description: '两名外出党员上季度没有联系记录。',
      source: 'self',
      dimension: 'D3',
    },
  ])
  const listed = { ownerId: stage.shown.personId, remedies: '每月联系一次；联系后当天记下', dueOn: day(-26), reason: '情况属实' }
  await act('danwei', 58, [acts.acceptProblem, { id, ...listed }])
  await act('zhibu', 33, [acts.reportProblem, { id, rectification: '两名党员都已联系，每月五日前联系一次。' }])
  await act('jiwei', 31, [acts.verifyProblem, { id, verification: '看了联系记录，打电话问过其中一名', onSite: false }])
  await act('zhibu', 30, [acts.confirmProblem, { id }])
  return id
}

/** Good practice, one published and one to be looked at, and lasting rules with their reviews. */
export async function practices({ act, stage, day }: Course, from: { problem: string; task: string }): Promise<void> {
  const write = (title: string, ago: number) =>
    act('zhibu', ago, [
      acts.writeExample,
      {
        organizationId: stage.shown.id,
        title,
        dimension: 'D3',
        practice: '每月五日前由支委分头联系外出党员，联系后当天记一条，月末书记看一遍。',
        effect: '外出党员都有联系，组织生活不再缺人。',
        records: [
          { kind: 'meeting', reference: stage.meeting },
          { kind: 'task', reference: from.task },
          { kind: 'problem', reference: from.problem },
        ],
      },
    ])
  const first = await write('月初分头联系外出党员（演示）', 28)
  await act('zhibu', 28, [acts.proposeExample, { id: first.id }])
  await act('danwei', 26, [acts.reviewExample, { id: first.id, opinion: '做法简便，记录可查' }])
  await act('gongwei', 24, [acts.publishExample, { id: first.id, reason: '别的支部照着能做' }])
  const second = await write('主题党日前一周征求题目（演示）', 6)
  await act('zhibu', 5, [acts.proposeExample, { id: second.id }])
  const rule = { inForceFrom: day(-700), originKind: undefined, originId: undefined }
  await act('zhibu', 27, [
    acts.enterLocalRule,
    {
      organizationId: stage.shown.id,
      kind: 'service',
      title: '联系外出党员办法（演示）',
      inForceFrom: day(-27),
      reviewOn: day(700),
      originKind: 'problem',
      originId: from.problem,
    },
  ])
  await act('zhibu', 90, [
    acts.enterLocalRule,
    { ...rule, organizationId: stage.shown.id, kind: 'deliberation', title: '支委会议事规则（演示）', reviewOn: day(18) },
  ])
  const old = await act('danwei', 100, [
    acts.enterLocalRule,
    { ...rule, organizationId: stage.unit.id, kind: 'funds', title: '党组织活动经费使用办法（演示）', reviewOn: day(-40) },
  ])
  await act('danwei', 45, [acts.reviewLocalRule, { id: old.id, reason: '仍然管用，不用改', reviewOn: day(320) }])
}
