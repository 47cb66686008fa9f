import { sql } from 'kysely'
import { reading } from '../../kernel/database/handles.ts'
import { readAsSystem, writeAsSystem } from '../../kernel/database/transaction.ts'
import type { Platform } from '../../kernel/platform.ts'
import { addDays, type CivilDate } from '../../kernel/time/civil-date.ts'
import { figuresFromSetting, recompute, updateCells } from '../../modules/rulebook/index.ts'
import { courseActs as acts, proposeCases } from '../../modules/supervision/index.ts'
import { actingBefore, type Course, idsIn, type Stage, stageOf } from './acting.ts'
import { keepFiguresFrom } from './figures-from.ts'
import { practices, problem } from './practices-course.ts'
import { cards, caseAndTalk } from './sanctions-course.ts'

/** A decision from above: one matter done down to the branch, one under way, one that nobody has broken down. */
async function decision({ act, stage, day, platform }: Course): Promise<string> {
  const { id } = await act('gongwei', 75, [
    acts.recordDecision,
    {
      organizationId: stage.city,
      documentNumber: '省直党建〔演示〕12号',
      title: '关于加强机关基层党建工作的部署（演示）',
      issuer: '省直机关工委',
      issuedOn: day(-78),
      matters: [
        { text: '对照要求自查支部组织生活，补齐台账', dueOn: day(-20) },
        { text: '推广一批管用的支部工作法', dueOn: day(20) },
        { text: '年底前汇总党务干部轮训情况', dueOn: day(45) },
      ],
    },
  ])
  const [first = '', second = ''] = await idsIn(
    platform,
    sql`select m.id from supervision.decision_matters m join supervision.decisions d on d.no = m.decision_no where d.id = ${id} order by m.position`,
  )
  const toUnit = { organizationId: stage.unit.id, ownerId: stage.unit.personId }
  const toBeside = { organizationId: stage.besideUnit.id, ownerId: stage.besideUnit.personId }
  const criterion = '各支部都有自查记录，缺的补齐'
  const { ids } = await act('gongwei', 72, [
    acts.breakDown,
    {
      id,
      matterId: first,
      tasks: [
        { ...toUnit, dueOn: day(-24), criterion },
        { ...toBeside, dueOn: day(-22), criterion },
      ],
    },
  ])
  await act('gongwei', 71, [
    acts.breakDown,
    {
      id,
      matterId: second,
      tasks: [
        { ...toUnit, dueOn: day(10), criterion: '报送两条以上，附记录' },
        { ...toBeside, dueOn: day(15), criterion: '报送两条以上，附记录' },
      ],
    },
  ])
  return ids[0] ?? ''
}

/** The task goes down to the branch, is done there, verified on the way up and closed by the committee. */
async function doneDownBelow({ act, stage, day, platform }: Course, taskId: string): Promise<string> {
  const part = { organizationId: stage.shown.id, ownerId: stage.shown.personId, dueOn: day(-30), criterion: '逐月有记录' }
  await act('danwei', 66, [acts.delegate, { id: taskId, tasks: [part] }])
  const [below = ''] = await idsIn(
    platform,
    sql`select t.id from supervision.tasks t join supervision.tasks up on up.no = t.parent_no where up.id = ${taskId}`,
  )
  await act('zhibu', 44, [acts.link, { id: below, kind: 'work_record', reference: stage.workRecord }])
  await act('zhibu', 40, [acts.report, { id: below, report: '逐月核对过，缺的两次已经补记。' }])
  await act('danwei', 38, [acts.verify, { id: below, verification: '抽看了三个月的记录，属实', onSite: false }])
  await act('danwei', 34, [acts.report, { id: taskId, report: '各支部自查完毕，台账补齐。' }])
  await act('gongwei', 31, [acts.verify, { id: taskId, verification: '看了自查汇总和抽查的记录', onSite: false }])
  return below
}

async function tasksUnderWay({ act, stage, day, platform }: Course): Promise<void> {
  const [open = ''] = await idsIn(
    platform,
    sql`select t.id from supervision.tasks t join directory.organizations o on o.no = t.organization_no where o.id = ${stage.unit.id}
      and t.state = 'assigned' order by t.no desc limit 1`,
  )
  await act('danwei', 3, [acts.askExtension, { id: open, until: day(18), reason: '还有一个支部的做法在核实' }])
  const { ids } = await act('danwei', 14, [
    acts.give,
    {
      title: '更新党员活动室的制度上墙内容（演示）',
      tasks: [
        { organizationId: stage.shown.id, ownerId: stage.shown.personId, dueOn: day(8), criterion: '内容与现行制度一致' },
        { organizationId: stage.second.id, ownerId: stage.second.personId, dueOn: day(6), criterion: '内容与现行制度一致' },
      ],
    },
  ])
  await act('danwei', 5, [acts.pause, { id: ids[1] ?? '', waitingFor: '等工委明确式样' }])
}

async function plan({ act, stage, day }: Course): Promise<void> {
  const { id } = await act('danwei', 120, [
    acts.writePlan,
    {
      organizationId: stage.unit.id,
      year: Number(day(0).slice(0, 4)),
      title: '“三表率一模范”机关创建实施方案（演示）',
      sections: [
        { title: '总体要求', text: '围绕中心工作抓党建，逐项对照文件要求，缺什么补什么，把管用的做法固定下来。' },
        { title: '工作安排', text: '每月一次主题党日，每季度一次对照检查，半年一次小结。\n各支部按自己的情况安排，不另设报表。' },
      ],
      items: [
        { title: '支部组织生活逐月对照', criterion: '每个支部逐月有记录', dueOn: day(30) },
        { title: '窗口岗位亮明身份', criterion: '窗口岗位都已亮明', dueOn: day(40) },
      ],
      fileIds: [],
    },
  ])
  await act('danwei', 118, [acts.submitPlan, { id }])
  await act('gongwei', 112, [acts.approvePlan, { id, reason: '符合文件要求' }])
  await act('danwei', 110, [acts.publishPlan, { id }])
  await act('danwei', 109, [acts.draftPaper, { kind: 'plan', object: { kind: 'unit_plan', id } }])
}

/** A visit that the branch has been told of, and one that nobody knows but the inspector. */
async function inspections({ act, stage, day }: Course): Promise<void> {
  const plan = (title: string, organization: string, manner: 'open' | 'unannounced') =>
    act('gongwei', 4, [
      acts.planInspections,
      {
        title,
        manner,
        organizationIds: [organization],
        inspectorIds: [stage.inspector],
        visitOn: day(manner === 'open' ? 9 : 13),
      },
    ])
  const { ids } = await plan('组织生活制度落实情况检查（演示）', stage.third.id, 'open')
  await act('gongwei', 3, [acts.announceInspection, { id: ids[0] ?? '' }])
  await plan('整改落实情况随机检查（演示）', stage.second.id, 'unannounced')
}

async function walked(platform: Platform, today: CivilDate, stage: Stage): Promise<void> {
  const course: Course = { platform, stage, act: await actingBefore(platform, today), day: (from) => addDays(today, from) }
  const task = await doneDownBelow(course, await decision(course))
  await plan(course)
  await tasksUnderWay(course)
  await caseAndTalk(course)
  await cards(course)
  await inspections(course)
  await practices(course, { problem: await problem(course), task })
}

async function figuresSince(platform: Platform, otherwise: CivilDate): Promise<CivilDate> {
  const { rows } = await readAsSystem(platform.database, (read) =>
    sql<{ since: CivilDate }>`select value #>> '{}' as since from kernel.settings where name = ${figuresFromSetting}`.execute(
      reading<'kernel'>(read),
    ),
  )
  return rows[0]?.since ?? otherwise
}

/**
 * What visitors find under 督办: decisions, tasks, a plan, a talk, cards, an appeal, papers, good practice, rules; each through the real
 * actions on its day. No figures are kept meanwhile, for they would be those of that day; they are computed once, as of today.
 */
export async function superviseCourse(platform: Platform, today: CivilDate): Promise<void> {
  const stage = await stageOf(platform)
  if (!stage) return
  const since = await figuresSince(platform, today)
  await writeAsSystem(platform.database, (tx) => keepFiguresFrom(tx, addDays(today, 3_000)))
  await walked(platform, today, stage)
  await writeAsSystem(platform.database, (tx) => keepFiguresFrom(tx, since))
  await countAsOfToday(platform, today, { of: ['supervision'], organizations: null })
}

/** Acts of earlier days keep the figures of their day; afterwards what they bear on is counted as of today. */
async function countAsOfToday(
  platform: Platform,
  today: CivilDate,
  which: { of: readonly string[]; organizations: readonly number[] | null },
): Promise<void> {
  const since = await figuresSince(platform, today)
  await writeAsSystem(platform.database, async (tx) => {
    const span = { from: since, to: `${today.slice(0, 4)}-12-31`, asOf: today }
    const changes = await recompute(tx, { ...span, ...which })
    await proposeCases(tx, { changes, at: new Date(`${today}T00:00:00+08:00`) })
    while ((await updateCells(tx)) > 0);
  })
}

/** The same for organisation life in the unit that visitors see, and above it. */
export async function countShownUnit(platform: Platform, today: CivilDate): Promise<void> {
  const stage = await stageOf(platform)
  if (!stage) return
  const { rows } = await readAsSystem(platform.database, (read) =>
    sql<{ no: number }>`select distinct case when a.ancestor_no = u.no then a.organization_no else a.ancestor_no end::int as no
      from directory.organizations u join directory.organization_ancestry a on u.no in (a.ancestor_no, a.organization_no) and upper_inf(a.valid)
      where u.id = ${stage.unit.id}`.execute(reading<'directory'>(read)),
  )
  await countAsOfToday(platform, today, { of: ['orglife', 'learning'], organizations: rows.map(({ no }) => no) })
}
