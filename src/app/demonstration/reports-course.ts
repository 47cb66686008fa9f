import { sql } from 'kysely'
import type { Platform } from '../../kernel/platform.ts'
import { addDays, type CivilDate } from '../../kernel/time/civil-date.ts'
import { dualLifeReports } from '../../modules/orglife/dual-life/dual-life.contract.ts'
import { entryActionsOf, reportActs as acts } from '../../modules/orglife/index.ts'
import { actingBefore, type Course, idsIn, stageOf } from './acting.ts'
import { checkCourse } from './check-course.ts'

const paper = (organizationId: string, toId: string) => ({
  organizationId,
  toId,
  urgent: false,
  copyIds: [],
  fileIds: [],
  circulated: '支部委员传批审定（演示）',
  signer: '支部书记',
})

/** Requests of the shown branch: one answered whose outcome is owed, one that waits too long above, and a report. */
async function requests({ act, stage, day }: Course, superior: string): Promise<void> {
  const draft = (ago: number, body: { kind: 'request' | 'report'; title: string; content: string; actOn?: CivilDate }) =>
    act('zhibu', ago, [acts.draftRequest, { ...paper(stage.shown.id, superior), ...body }])
  const send = async (ago: number, body: Parameters<typeof draft>[1]) => {
    const { id } = await draft(ago, body)
    await act('zhibu', ago, [acts.sendRequest, { id }])
    return id
  }
  const answered = await send(24, {
    kind: 'request',
    title: '使用党建经费购置学习资料（演示）',
    content: '拟购置学习资料四十套，经费从党建经费列支。',
    actOn: day(20),
  })
  await act('danwei', 22, [acts.receiveRequest, { id: answered }])
  await act('danwei', 14, [acts.answerRequest, { id: answered, answer: '同意，按规定列支，购置后报告结果。' }])
  await send(20, {
    kind: 'request',
    title: '与社区党支部结对共建（演示）',
    content: '拟与所在社区党支部结对，每季度共同开展一次主题党日。',
    actOn: day(30),
  })
  const report = await send(9, {
    kind: 'report',
    title: '党员冬训准备情况（演示）',
    content: '冬训教材、教员和场地已经落实，按计划进行。',
  })
  await act('danwei', 8, [acts.receiveRequest, { id: report }])
}

/** What a member of the shown branch asked: one thing answered, one that waits. */
async function memberRequests({ act }: Course): Promise<void> {
  const { id } = await act('dangyuan', 26, [
    acts.askBranch,
    { matter: 'transfer', content: '调到外地工作，想把组织关系转过去（演示）。' },
  ])
  await act('zhibu', 20, [acts.answerMemberRequest, { id, answer: '同意，请按转接程序办理（演示）。' }])
  const asked = { matter: 'assigned_work', content: '负责的整改任务时间紧，想请支部协调一名同志协助（演示）。' } as const
  await act('dangyuan', 6, [acts.askBranch, asked])
}

/** An outlet that is to be looked at, and a notice to everybody. */
async function registers({ act, stage, day }: Course): Promise<void> {
  await act('zhibu', 60, [
    acts.registerOutlet,
    {
      organizationId: stage.shown.id,
      kind: 'work_group',
      name: '支部工作群（演示）',
      keeperId: stage.shown.personId,
      openedOn: day(-400),
      reviewOn: day(-2),
    },
  ])
  await act('gongwei', 6, [
    acts.issueCircular,
    {
      organizationId: stage.city,
      toIds: [stage.city],
      kind: 'work',
      title: '做好年底组织生活各项工作（演示）',
      content: '请各支部对照年度计划，把还没有开的会安排好。不用回复。',
      validUntil: day(40),
      fileIds: [],
    },
  ])
}

/** What goes up and down in the made-up city, through the same acts as anybody's. */
export async function reportsCourse(platform: Platform, today: CivilDate): Promise<void> {
  const stage = await stageOf(platform)
  if (!stage) return
  const act = await actingBefore(platform, today)
  const course: Course = { platform, act, stage, day: (from) => addDays(today, from) }
  const [superior] = await idsIn(
    platform,
    sql`select o.id from directory.organizations b join directory.organization_ancestry a on a.organization_no = b.no and upper_inf(a.valid) and a.depth > 0
      join directory.organizations o on o.no = a.ancestor_no and o.kind in ('working_committee', 'party_committee', 'general_branch')
      where b.id = ${stage.shown.id} order by a.depth limit 1`,
  )
  if (!superior || superior === stage.city) return
  await requests(course, superior)
  const twofold = dualLifeReports.recordBody.parse({ organizationIds: [superior], heldOn: course.day(-5) })
  await act('danwei', 5, [entryActionsOf(dualLifeReports).record, twofold])
  await memberRequests(course)
  await registers(course)
  await checkCourse(course, superior)
  const { id } = await act('zhibu', 50, [
    acts.proposeYearPlan,
    { organizationId: stage.shown.id, year: Number(today.slice(0, 4)) },
  ])
  await act('zhibu', 49, [acts.approveYearPlan, { id, approval: '支委会研究通过（演示）' }])
}
