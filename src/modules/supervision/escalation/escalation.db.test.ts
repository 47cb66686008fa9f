import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { keepNoticesWith, type Notice } from '../../../kernel/notices/registry.ts'
import { plantPerson } from '../../../kernel/testing/plant.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { mergeOrganizationAction } from '../../directory/index.ts'
import { urgeAction } from '../cases/case-follow.actions.ts'
import * as cases from '../cases/cases.actions.ts'
import { caseAsked } from '../cases/case-page.queries.ts'
import { setLadderAction } from '../cases/ladder-conditions.actions.ts'
import { setLadder } from '../cases/ladder.contract.ts'
import { escalateUnanswered, supervisionRoutes } from '../index.ts'
import { caseFromProblemAction } from '../problems/problem-follow.actions.ts'
import { acceptProblemAction, raiseProblemAction } from '../problems/problems.actions.ts'
import { problemAsked } from '../problems/problem-page.queries.ts'
import { setEscalationAction } from './escalation.actions.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity
const told: Notice[] = []
keepNoticesWith((_tx, notice) => Promise.resolve(void told.push(notice)))

beforeAll(async () => {
  city = await aSupervisedCity(platform)
  const [direct, first] = [
    await plantPerson(platform, { name: '丁某', home: city.unit }),
    await plantPerson(platform, { name: '戊某', home: city.unit }),
  ]
  for (const [person, duty] of [
    [direct, 'direct'],
    [first, 'first'],
  ] as const)
    await sql`insert into directory.responsibilities (organization_no, person_no, duty, valid)
      values (${city.unit.no}, ${person.no}, ${duty}, daterange('2026-01-01', null))`.execute(platform.owner.kysely)
})
beforeEach(() => platform.clock.moveTo('2026-11-23'))

const given = () => ({ ownerId: city.member.id, dueOn: '2027-03-01', remedies: '补齐记录', reason: '情况属实' })
const openCase = async (title: string) =>
  (await act(city.deputy, cases.openAction, { organizationId: city.branch.id, title, ...given() })).id
const sweep = (today: CivilDate) => {
  platform.clock.moveTo(today)
  return writeAsSystem(platform.database, (tx) => escalateUnanswered(tx, { today, at: platform.clock.now() }))
}
const stepsOf = async (id: string) =>
  (await readAs(platform.database, city.deputy, (read) => caseAsked(read, id, { actor: city.deputy, today: '2026-11-23' }))).steps
    .filter(({ action }) => action === 'escalate')
    .flatMap(({ details }) => details.map(({ text }) => text))
const set = (actor: Actor, days: number | null) =>
  act(actor, setEscalationAction, {
    days: { case: days, task: days, problem: days, yellow_card: null },
    evenInQuiet: true,
    reason: '工委会议决定',
  })

test('what was urged and has no answer goes up by the set days: direct, then first responsibility, each step on the item, then no further', async () => {
  const id = await openCase('补开支委会')
  await act(city.deputy, urgeAction, { id, reason: '请抓紧' })
  expect(await sweep('2026-12-30')).toBe(0)
  await expect(set(city.deputy, 5)).rejects.toMatchObject({ code: 'kernel.forbidden' })
  await set(city.officer, 5)
  expect(await sweep('2026-11-27')).toBe(0)
  told.length = 0
  expect([await sweep('2026-11-28'), await sweep('2026-11-28'), await sweep('2026-12-02')]).toEqual([1, 0, 0])
  expect([await sweep('2026-12-03'), await sweep('2026-12-30')]).toEqual([1, 0])
  expect(await stepsOf(id)).toEqual(['直接责任人', '第一责任人'])
  expect(told.map(({ kind, to, evenQuiet, link }) => [kind, to.personNos?.length, evenQuiet, link])).toEqual([
    ['supervision.case_escalate', 1, true, `/cases/${id}`],
    ['supervision.case_escalate', 1, true, `/cases/${id}`],
  ])
})

test('an answer of any sort stops it, and so does waiting on somebody above; a new urging begins from below', async () => {
  const [answered, waiting] = [await openCase('整改记录'), await openCase('补选书记')]
  await act(city.deputy, urgeAction, { id: answered, reason: '请抓紧' })
  await act(city.deputy, urgeAction, { id: waiting, reason: '请抓紧' })
  await act(city.branchSecretary, cases.reportAction, { id: answered, report: '已经整改完' })
  await act(city.branchSecretary, cases.pauseAction, { id: waiting, waitingFor: '等机关党委批复' })
  expect(await sweep('2026-12-20')).toBe(0)
  await act(city.branchSecretary, cases.resumeAction, { id: waiting })
  await act(city.deputy, urgeAction, { id: waiting, reason: '批复已到' })
  expect(await sweep('2026-12-25')).toBe(1)
  expect(await stepsOf(waiting)).toEqual(['直接责任人'])
})

test('the ladder’s conditions are data of the working committee; what they propose changes, what people may do does not', async () => {
  const id = await openCase('学习计划没有落实')
  await sql`update supervision.cases set due_on = '2026-11-10' where id = ${id}`.execute(platform.owner.kysely)
  const notices = async () =>
    (await readAs(platform.database, city.deputy, (read) => caseAsked(read, id, { actor: city.deputy, today: '2026-11-23' })))
      .notices
  expect(await notices()).toEqual([])
  const change = { conditions: [{ step: 'talk' as const, overdueDays: 10 }], reason: '工委会议决定' }
  await expect(act(city.deputy, setLadderAction, change)).rejects.toMatchObject({ code: 'kernel.forbidden' })
  await act(city.officer, setLadderAction, change)
  expect(await notices()).toEqual([expect.stringContaining('可以考虑“约谈”：已超期 13 天（满 10 天）')])
  expect(setLadder.body.safeParse({ conditions: [{ step: 'talk' }], reason: '不行' }).success).toBe(false)
})

test('a problem becomes one case at a time, with its own number, by those who follow up; both pages lead to each other', async () => {
  const raised = { title: '会议记录两个月没有', description: '九月和十月', source: 'self', dimension: 'D3' } as const
  const { id } = await act(city.branchSecretary, raiseProblemAction, { organizationId: city.branch.id, ...raised })
  await expect(act(city.deputy, caseFromProblemAction, { id, ...given() })).rejects.toMatchObject({ status: 409 })
  await act(city.deputy, acceptProblemAction, { id, ...given() })
  await expect(act(city.leader, caseFromProblemAction, { id, ...given() })).rejects.toMatchObject({ code: 'kernel.forbidden' })
  const both = await Promise.allSettled(
    [city.officer, city.secondOfficer].map((actor) => act(actor, caseFromProblemAction, { id, ...given() })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(act(city.deputy, caseFromProblemAction, { id, ...given() })).rejects.toMatchObject({
    code: 'supervision.problem_has_case',
  })
  const page = await readAs(platform.database, city.deputy, (read) =>
    problemAsked(read, id, { actor: city.deputy, today: '2026-11-23' }),
  )
  const opened = await readAs(platform.database, city.deputy, (read) =>
    caseAsked(read, page.caseId ?? '', { actor: city.deputy, today: '2026-11-23' }),
  )
  expect(opened).toMatchObject({ title: raised.title, state: 'supervised', source: 'problem', problemId: id })
})

test('when an organization ends, what is open goes to its successor with a step, what is over stays', async () => {
  expect(supervisionRoutes.length).toBeGreaterThan(0)
  const run = (text: ReturnType<typeof sql>) => text.execute(platform.owner.kysely)
  const branch = city.branch.no
  const by = city.officer.accountNo
  await run(sql`insert into supervision.tasks (id, revision, state, organization_no, given_by_no, owner_no, title, criterion, due_on, given_on, given_at, given_by, ended_on)
    select 'tsk_' || s, 1, s, ${branch}, ${branch}, ${city.member.no}, '任务', '办到', '2027-01-01', '2026-11-01', now(), ${by}, case when s = 'closed' then '2026-11-20'::date end
    from unnest(array['assigned', 'closed']) s`)
  await run(sql`insert into supervision.yellow_cards (id, revision, state, organization_no, grounds, entry, proposed_on, proposed_by, hear_by)
    values ('ycd_gone', 1, 'heard', ${branch}, '依据', 'D1.2 2026-09', '2026-11-02', ${by}, '2026-11-09'),
      ('ycd_heir', 1, 'lifted', ${city.otherBranch.no}, '依据', 'D1.2 2026-09', '2026-11-02', ${by}, '2026-11-09')`)
  await run(sql`insert into supervision.appeals (id, revision, state, organization_no, measure, measure_id, measure_revision, measure_title, measure_by, measure_on, reasons, filed_on, filed_by, decide_by)
    values ('apl_gone', 1, 'filed', ${branch}, 'yellow_card', 'ycd_gone', 1, '黄牌', ${by}, '2026-11-02', '有出入', '2026-11-05', ${by}, '2026-12-05')`)
  await run(sql`insert into supervision.unit_plans (id, revision, state, organization_no, year, title, version)
    values ('pln_open', 1, 'submitted', ${branch}, 2026, '方案', 1), ('pln_over', 1, 'published', ${branch}, 2025, '方案', 1)`)
  await act(city.officer, mergeOrganizationAction, {
    id: city.branch.id,
    intoId: city.otherBranch.id,
    on: '2026-11-23',
    reason: '机构改革',
  })
  const { rows } = await sql<{ id: string; organization: number; last: string | null }>`
    select id, organization_no as organization, (select action from supervision.task_steps s where s.task_no = i.no and s.revision = i.revision) as last from supervision.tasks i
    union all select id, organization_no, (select action from supervision.record_steps s where s.kind = 'yellow_card' and s.record_no = i.no and s.revision = i.revision) from supervision.yellow_cards i
    union all select id, organization_no, (select action from supervision.record_steps s where s.kind = 'appeal' and s.record_no = i.no and s.revision = i.revision) from supervision.appeals i
    union all select id, organization_no, (select action from supervision.unit_plan_steps s where s.plan_no = i.no and s.revision = i.revision) from supervision.unit_plans i
    order by id`.execute(platform.owner.kysely)
  const heir = city.otherBranch.no
  expect(rows.map(({ id, organization, last }) => [id, organization, last])).toEqual([
    ['apl_gone', heir, 'hand_over'],
    ['pln_open', heir, 'hand_over'],
    ['pln_over', branch, null],
    ['tsk_assigned', heir, 'hand_over'],
    ['tsk_closed', branch, null],
    ['ycd_gone', heir, 'hand_over'],
    ['ycd_heir', heir, null],
  ])
  const problems = await sql<{
    organization: number
  }>`select distinct organization_no as organization from supervision.problems`.execute(platform.owner.kysely)
  expect(problems.rows).toEqual([{ organization: heir }])
})
