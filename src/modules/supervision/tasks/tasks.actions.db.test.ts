import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { proposeOverdueTasks } from '../cases/proposals.store.ts'
import {
  breakDownAction,
  closeDecisionAction,
  correctDecisionAction,
  recordDecisionAction,
  reopenDecisionAction,
  withdrawDecisionAction,
} from '../decisions/decisions.actions.ts'
import { breakDown } from '../decisions/decisions.contract.ts'
import { decisionAsked } from '../decisions/decision-page.queries.ts'
import { decisionsAsked } from '../decisions/decisions.queries.ts'
import { giveAction } from './giving.actions.ts'
import { taskChangesSince } from './task-changes.queries.ts'
import { taskAsked } from './task-page.queries.ts'
import * as acts from './tasks.actions.ts'
import { type TasksAsked, tasksAsked } from './tasks.queries.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity

beforeAll(async () => {
  city = await aSupervisedCity(platform)
  await sql`insert into directory.responsibilities (organization_no, person_no, duty, valid)
    values (${city.unit.no}, ${city.member.no}, 'direct', '[2026-01-01,)'), (${city.unit.no}, ${city.keeper.no}, 'first', '[2026-01-01,)')`.execute(
    platform.owner.kysely,
  )
})

const asking = (actor: Actor) => ({ actor, today: platform.clock.today() })
const page = (actor: Actor, id: string) => readAs(platform.database, actor, (read) => taskAsked(read, id, asking(actor)))
const listed = (actor: Actor, asked: Partial<TasksAsked> = {}) =>
  readAs(platform.database, actor, (read) => tasksAsked(read, { sort: 'dueOn', limit: 100, ...asked }, asking(actor)))
const decisionPage = (actor: Actor, id: string) =>
  readAs(platform.database, actor, (read) => decisionAsked(read, id, asking(actor)))

const draft = (more: object = {}) => ({
  organizationId: city.branch.id,
  ownerId: city.member.id,
  dueOn: '2026-12-10',
  criterion: '三户都走访到并有记录',
  ...more,
})
const words = { documentNumber: '市发〔2026〕12号', title: '关于走访困难党员的通知', issuer: '市委', issuedOn: '2026-11-20' }

async function aDecision(by = city.officer, organization = city.city): Promise<{ id: string; matters: string[] }> {
  const { id } = await act(by, recordDecisionAction, {
    organizationId: organization.id,
    ...words,
    matters: [
      { text: '年底前走访困难党员', dueOn: '2026-12-20' },
      { text: '建立走访台账', dueOn: '2026-12-31' },
    ],
  })
  return { id, matters: (await decisionPage(by, id)).matters.map((matter) => matter.id) }
}

test('a task without organization, person, date or criterion is refused, and each says by itself that it is missing', () => {
  const whole = draft()
  const missing = (left: string) => {
    const body = { matterId: 'pnt_1', tasks: [Object.fromEntries(Object.entries(whole).filter(([key]) => key !== left))] }
    const read = breakDown.body.safeParse(body)
    return read.success ? [] : read.error.issues.map((issue) => [issue.path.join('.'), issue.message])
  }
  expect(missing('organizationId')).toEqual([['tasks.0.organizationId', '没有写承办单位：请选择由哪个组织承办。']])
  expect(missing('ownerId')).toEqual([['tasks.0.ownerId', '没有写责任人：请选择具体由谁负责。']])
  expect(missing('dueOn')).toEqual([['tasks.0.dueOn', '没有写时限：请填何时完成。']])
  expect(missing('criterion')).toEqual([['tasks.0.criterion', '没有写完成标准：办到什么程度算到位。']])
  expect(missing('nothing')).toEqual([])
})

test('one matter becomes tasks of several units in one go, all or none, and none later than the matter', async () => {
  const { id, matters } = await aDecision()
  const other = { organizationId: city.otherBranch.id, ownerId: city.stranger.id }
  const matterId = matters[0] ?? ''
  await expect(
    act(city.officer, breakDownAction, { id, matterId, tasks: [draft(), draft({ ...other, dueOn: '2026-12-25' })] }),
  ).rejects.toMatchObject({
    code: 'supervision.later_than_promised',
    errors: [{ field: 'tasks.1.dueOn', message: expect.stringContaining('2026年12月20日') }],
  })
  await expect(
    act(city.officer, breakDownAction, { id, matterId, tasks: [draft(), draft({ organizationId: city.otherBranch.id })] }),
  ).rejects.toMatchObject({ code: 'supervision.owner_not_of_organization', errors: [{ field: 'tasks.1.ownerId' }] })
  expect((await decisionPage(city.officer, id)).progress).toMatchObject({ matters: 2, bare: 2, tasks: 0 })
  const { ids } = await act(city.officer, breakDownAction, { id, matterId, tasks: [draft(), draft(other)] })
  expect(ids).toHaveLength(2)
  expect((await decisionPage(city.officer, id)).progress).toEqual({ matters: 2, bare: 1, tasks: 2, closed: 0, overdue: 0 })
  // The branch sees the decision because it has a task of it, and no task of another unit.
  const seen = await decisionPage(city.branchSecretary, id)
  expect(seen.matters[0]?.tasks.map((task) => task.organization)).toEqual(['第二支部'])
  expect(seen.abilities).toEqual([])
  await expect(act(city.branchSecretary, breakDownAction, { id, matterId, tasks: [draft()] })).rejects.toMatchObject({
    status: 403,
  })
  await expect(act(city.deputy, closeDecisionAction, { id })).rejects.toMatchObject({ status: 404 })
})

test('delegated downward: what was promised above stays on the part, which may not promise later', async () => {
  const { ids } = await act(city.officer, giveAction, {
    title: '走访全局困难党员',
    tasks: [draft({ organizationId: city.unit.id })],
  })
  const id = ids[0] ?? ''
  await expect(act(city.deputy, acts.delegateAction, { id, tasks: [draft({ dueOn: '2026-12-11' })] })).rejects.toMatchObject({
    code: 'supervision.later_than_promised',
    detail: expect.stringContaining('先申请把上级任务延期'),
  })
  await expect(
    act(city.deputy, acts.delegateAction, {
      id,
      tasks: [draft({ organizationId: city.otherBranch.id, ownerId: city.stranger.id })],
    }),
  ).rejects.toMatchObject({ status: 422 })
  await act(city.deputy, acts.delegateAction, { id, tasks: [draft({ dueOn: '2026-12-05' })] })
  const child = (await page(city.deputy, id)).children[0]
  const below = await page(city.branchSecretary, child?.id ?? '')
  expect(below.promise).toEqual({
    title: '走访全局困难党员',
    criterion: '三户都走访到并有记录',
    promisedDueOn: '2026-12-10',
    id: null,
    dueOn: null,
  })
  expect(below.givenBy.name).toBe('第一局')
  expect(below.chain).toEqual([
    { duty: '第一责任人', name: '乙某' },
    { duty: '直接责任人', name: '甲某' },
  ])
  // The part's extension beyond the promise waits for the promise itself to be extended.
  await act(city.branchSecretary, acts.askExtensionAction, { id: below.id, until: '2026-12-20', reason: '一户外出' })
  await expect(act(city.deputy, acts.grantExtensionAction, { id: below.id, reason: '属实' })).rejects.toMatchObject({
    status: 422,
  })
  await act(city.deputy, acts.askExtensionAction, { id, until: '2026-12-28', reason: '一户外出' })
  await act(city.officer, acts.grantExtensionAction, { id, reason: '属实' })
  await act(city.deputy, acts.grantExtensionAction, { id: below.id, reason: '属实' })
  expect((await page(city.branchSecretary, below.id)).dueOn).toBe('2026-12-20')
  // The task above is not reported while a part is open, and needs no record of its own once the parts are closed.
  await expect(act(city.deputy, acts.reportAction, { id, report: '都走访了' })).rejects.toMatchObject({
    code: 'supervision.task_has_open_parts',
  })
  await act(city.branchSecretary, acts.linkAction, { id: below.id, kind: 'paper', said: '走访登记表，存支部' })
  await act(city.branchSecretary, acts.reportAction, { id: below.id, report: '三户都走访了' })
  await act(city.discipline, acts.verifyAction, { id: below.id, verification: '看了登记表', onSite: true })
  expect((await act(city.deputy, acts.reportAction, { id, report: '都走访了' })).state).toBe('reported')
})

test('a report rests on records: without one it is refused, a foreign or missing record cannot be linked, one is linked once', async () => {
  const id = (await act(city.deputy, giveAction, { title: '走访困难党员', tasks: [draft()] })).ids[0] ?? ''
  await expect(act(city.owner, acts.reportAction, { id, report: '走访了' })).rejects.toMatchObject({
    code: 'supervision.report_without_record',
  })
  const meeting = { id, kind: 'meeting' as const, reference: 'mtg_nowhere' }
  await expect(act(city.branchSecretary, acts.linkAction, meeting)).rejects.toMatchObject({ errors: [{ field: 'reference' }] })
  await expect(act(city.branchSecretary, acts.linkAction, { id, kind: 'paper' })).rejects.toMatchObject({
    errors: [{ field: 'said' }],
  })
  await sql`insert into orglife.meetings (id, revision, state, organization_no, kinds, title, held_on, recorded_on, recorded_at, recorded_by)
    select 'mtg_linked', 1, 'recorded', ${city.branch.no}, '{members_meeting}', '党员大会', '2026-11-20', '2026-11-20', now(), ${city.deputy.accountNo}`
    .execute(platform.owner.kysely)
    .catch(async () => undefined)
  const { rows } = await sql<{ id: string }>`select id from orglife.meetings where id = 'mtg_linked'`.execute(
    platform.owner.kysely,
  )
  expect(rows).toHaveLength(1)
  await sql`insert into orglife.meeting_organizations (meeting_no, organization_no, held_on, eligible, eligible_present)
    select no, ${city.branch.no}, held_on, 3, 3 from orglife.meetings where id = 'mtg_linked'`
    .execute(platform.owner.kysely)
    .catch(() => undefined)
  await act(city.branchSecretary, acts.linkAction, { ...meeting, reference: 'mtg_linked' })
  await expect(act(city.branchSecretary, acts.linkAction, { ...meeting, reference: 'mtg_linked' })).rejects.toMatchObject({
    status: 422,
  })
  const shown = await page(city.deputy, id)
  expect(shown.evidence).toMatchObject([{ kindName: '会议', title: '党员大会', link: '/meetings/mtg_linked' }])
  expect(shown).toMatchObject({ records: 1, lastRecordOn: '2026-11-23' })
  expect((await act(city.owner, acts.reportAction, { id, report: '走访了' })).state).toBe('reported')
})

test('changes since a day: who changed owner, day and criterion, with before and after', async () => {
  const id = (await act(city.deputy, giveAction, { title: '整理台账', tasks: [draft()] })).ids[0] ?? ''
  platform.clock.moveTo('2026-11-25')
  const changed = { id, revision: 1, ownerId: city.keeper.id, dueOn: '2026-12-12', criterion: '台账逐户一页', reason: '换人负责' }
  await act(city.deputy, acts.changeAction, changed)
  await expect(act(city.officer, acts.changeAction, changed)).rejects.toMatchObject({
    code: 'kernel.changed_meanwhile',
    status: 409,
  })
  const { items } = await readAs(platform.database, city.deputy, (read) =>
    taskChangesSince(read, { since: '2026-11-24' }, asking(city.deputy)),
  )
  expect(items.filter((item) => item.task.id === id)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        what: '责任人',
        before: '甲某',
        after: '乙某',
        reason: '换人负责',
        by: 'full_time_deputy',
        on: '2026-11-25',
      }),
      expect.objectContaining({ what: '完成时限', before: '2026年12月10日', after: '2026年12月12日' }),
      expect.objectContaining({ what: '完成标准', before: '三户都走访到并有记录', after: '台账逐户一页' }),
    ]),
  )
  expect(items.filter((item) => item.task.id === id)).toHaveLength(3)
  platform.clock.moveTo('2026-11-23')
})

test('waiting above stops the clock, an extension is asked before it is late, and an overdue task proposes one case', async () => {
  const id = (await act(city.deputy, giveAction, { title: '报送方案', tasks: [draft({ dueOn: '2026-11-30' })] })).ids[0] ?? ''
  await act(city.owner, acts.pauseAction, { id, waitingFor: '等上级明确格式' })
  platform.clock.moveTo('2026-12-03')
  expect(await page(city.deputy, id)).toMatchObject({ overdueDays: 0, waitedDays: 10 })
  await act(city.owner, acts.resumeAction, { id })
  platform.clock.moveTo('2026-12-10')
  expect((await page(city.deputy, id)).overdueDays).toBe(0)
  platform.clock.moveTo('2026-12-12')
  expect((await page(city.deputy, id)).overdueDays).toBe(2)
  expect((await listed(city.deputy, { overdue: 'yes' })).items.map((item) => item.id)).toContain(id)
  await expect(act(city.owner, acts.askExtensionAction, { id, until: '2026-12-30', reason: '来不及' })).rejects.toMatchObject({
    code: 'supervision.extension_too_late',
    status: 409,
  })
  const propose = () =>
    writeAsSystem(platform.database, (tx) => proposeOverdueTasks(tx, { today: platform.clock.today(), at: platform.clock.now() }))
  expect(await propose()).toBeGreaterThan(0)
  expect(await propose()).toBe(0)
  const { rows } = await sql<{
    title: string
    state: string
    source: string
    owner_no: number
  }>`select c.title, c.state, c.source, c.owner_no
    from supervision.cases c join supervision.tasks t on t.no = c.task_no where t.id = ${id}`.execute(platform.owner.kysely)
  expect(rows).toEqual([{ title: '任务超期：报送方案', state: 'proposed', source: 'task', owner_no: city.member.no }])
  expect((await page(city.deputy, id)).proposedCase).toMatch(/^cas_/)
  platform.clock.moveTo('2026-11-23')
})

test('a decision closes when every matter is done, keeps a matter that has tasks, and another unit does not find it', async () => {
  const { id, matters } = await aDecision(city.deputy, city.unit)
  const [first = '', second = ''] = matters
  const { ids } = await act(city.deputy, breakDownAction, { id, matterId: first, tasks: [draft()] })
  const task = ids[0] ?? ''
  await expect(act(city.deputy, closeDecisionAction, { id })).rejects.toMatchObject({
    code: 'supervision.decision_not_done',
    status: 409,
    detail: expect.stringContaining('还有 2 个要点'),
  })
  const corrected = { id, revision: 1, ...words, reason: '要点合并' }
  const keepSecond = [{ id: second, text: '建立走访台账', dueOn: '2026-12-31' }]
  await expect(act(city.deputy, correctDecisionAction, { ...corrected, matters: keepSecond })).rejects.toMatchObject({
    code: 'supervision.matter_has_tasks',
  })
  await expect(act(city.deputy, withdrawDecisionAction, { id, reason: '记错了' })).rejects.toMatchObject({ status: 409 })
  await act(city.deputy, correctDecisionAction, {
    ...corrected,
    matters: [{ id: first, text: '年底前走访困难党员', dueOn: '2026-12-22' }],
  })
  await expect(act(city.deputy, correctDecisionAction, { ...corrected, matters: keepSecond })).rejects.toMatchObject({
    code: 'kernel.changed_meanwhile',
  })
  await act(city.branchSecretary, acts.linkAction, { id: task, kind: 'paper', said: '走访登记表，存支部' })
  await act(city.branchSecretary, acts.reportAction, { id: task, report: '三户都走访了' })
  await act(city.discipline, acts.verifyAction, { id: task, verification: '看了登记表', onSite: false })
  expect((await act(city.deputy, closeDecisionAction, { id })).state).toBe('closed')
  await expect(act(city.deputy, breakDownAction, { id, matterId: first, tasks: [draft()] })).rejects.toMatchObject({
    code: 'supervision.decision_not_allowed_now',
    detail: expect.stringContaining('重新办理'),
  })
  expect((await act(city.deputy, reopenDecisionAction, { id, reason: '又有新要求' })).state).toBe('recorded')
  await expect(decisionPage(city.otherDeputy, id)).rejects.toMatchObject({ status: 404 })
  await expect(act(city.otherDeputy, closeDecisionAction, { id })).rejects.toMatchObject({ status: 404 })
  const mine = await readAs(platform.database, city.deputy, (read) => decisionsAsked(read, { limit: 100 }, asking(city.deputy)))
  expect(mine.items.find((item) => item.id === id)).toMatchObject({ progress: { matters: 1, bare: 0, tasks: 1, closed: 1 } })
})
