import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { ownedItemSources } from '../../../kernel/work-items/owned-items.ts'
import '../index.ts'
import { dropViewAction, keepViewAction } from '../views/views.actions.ts'
import { viewsOf } from '../views/views.queries.ts'
import { actOnEach } from './bulk.actions.ts'
import { funnelOf } from './funnel.queries.ts'
import type { Heap } from './items.contract.ts'
import { countsAsked, itemsAsked, type ItemsPage } from './items.queries.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
const today = '2026-11-23'
let city: SupervisedCity

const run = (text: ReturnType<typeof sql>) => text.execute(platform.owner.kysely)

/** A case, a task, a problem, a card, an appeal, a plan, an inspection, a finding and a paper in each unit. */
async function aDesk(unit: { unit: number; branch: number; mark: string }): Promise<void> {
  const { officer, committee, member } = city
  const [at, by, own] = [unit.mark, officer.accountNo, member.no]
  await run(sql`insert into supervision.cases (id, number, revision, state, organization_no, opened_by_organization_no, title, source, owner_no, due_on, proposed_at, opened_by, verified_at)
    select 'cas_' || ${at} || k, '督' || ${at} || k, 2, s, ${unit.branch}, ${committee.no}, '督办' || ${at} || k, 'manual', ${own}, d::date, '2026-10-01'::timestamptz, ${by},
      case when s = 'closed' then '2026-11-01'::timestamptz end
    from (values (1, 'supervised', '2026-11-10'), (2, 'supervised', '2026-11-23'), (3, 'proposed', null), (4, 'closed', '2026-10-20'), (5, 'dismissed', null)) v (k, s, d)`)
  await run(sql`insert into supervision.tasks (id, revision, state, organization_no, given_by_no, owner_no, title, criterion, due_on, given_on, given_at, given_by, reported_on, reported_by)
    select 'tsk_' || ${at} || k, 1, s, ${unit.branch}, ${unit.unit}, ${own}, '任务' || ${at} || k, '办到', d::date, '2026-11-01', now(), ${by}, '2026-11-20', 1
    from (values (1, 'assigned', '2026-11-20'), (2, 'reported', '2026-11-20')) v (k, s, d)`)
  await run(sql`insert into supervision.problems (id, revision, state, organization_no, title, description, source, dimension, raised_on, owner_no, due_on)
    values ('prb_' || ${at}, 1, 'rectifying', ${unit.branch}, '问题' || ${at}, '说明', 'self', 'D3', '2026-11-03', ${own}, '2026-12-20')`)
  await run(sql`insert into supervision.yellow_cards (id, revision, state, organization_no, grounds, proposed_on, proposed_by, hear_by)
    values ('ycd_' || ${at}, 1, 'heard', ${unit.branch}, '依据' || ${at}, '2026-11-02', ${by}, '2026-11-09')`)
  await run(sql`insert into supervision.appeals (id, revision, state, organization_no, measure, measure_id, measure_revision, measure_title, measure_by, measure_on, reasons, filed_on, filed_by, decide_by)
    values ('apl_' || ${at}, 1, 'filed', ${unit.branch}, 'yellow_card', 'ycd_' || ${at}, 1, '对黄牌' || ${at}, ${by}, '2026-11-02', '有出入', '2026-11-05', ${by}, '2026-12-05')`)
  await run(
    sql`insert into supervision.unit_plans (id, revision, state, organization_no, year, title, version) values ('pln_' || ${at}, 1, 'submitted', ${unit.unit}, 2026, '方案' || ${at}, 1)`,
  )
  await run(sql`insert into supervision.unit_plan_steps (plan_no, revision, action, state, version, acted_at, acted_by)
    select no, 1, 'write', 'drafted', 1, '2026-03-01', ${by} from supervision.unit_plans where id = 'pln_' || ${at}`)
  await run(sql`with i as (insert into supervision.inspections (id, revision, state, manner, title, organization_no, led_by_organization_no, visit_on, planned_at, planned_by)
      values ('ins_' || ${at}, 1, 'planned', 'unannounced', '暗访' || ${at}, ${unit.branch}, ${city.city.no}, '2026-11-23', '2026-11-01', ${by}) returning no)
    insert into supervision.findings (id, client_id, revision, state, inspection_no, organization_no, kind, seen, serious, noted_at, recorded_at, recorded_by)
    select 'fin_' || ${at} || s, s, 1, s, no, ${unit.branch}, 'other', '发现' || ${at} || s, false, '2026-11-02', now(), ${by} from i, unnest(array['noted', 'handed_over']) s`)
  await run(sql`insert into supervision.papers (id, state, kind, organization_no, object_kind, object_id, object_revision, title, body, series, drafted_at, drafted_by)
    values ('ppr_' || ${at}, 'draft', 'x', ${unit.unit}, 'case', 'cas', 1, '文书' || ${at}, '{}', '督', '2026-11-04', ${by})`)
}

beforeAll(async () => {
  city = await aSupervisedCity(platform)
  await aDesk({ unit: city.unit.no, branch: city.branch.no, mark: 'a' })
  await aDesk({ unit: city.otherUnit.no, branch: city.otherBranch.no, mark: 'b' })
})

const list = (actor: Actor, page: Partial<ItemsPage> = {}) =>
  readAs(platform.database, actor, (read) => itemsAsked(read, { sort: 'dueOn', limit: 100, ...page }, { actor, today }))
const ids = async (actor: Actor, page: Partial<ItemsPage> = {}) => (await list(actor, page)).items.map((item) => item.id).sort()

test('every kind of owned item stands on the desk of those who supervise it, once, and nothing of another unit, of discipline or of an unknown visit', async () => {
  const own = ['apl_a', 'cas_a1', 'cas_a2', 'cas_a3', 'pln_a', 'ppr_a', 'prb_a', 'tsk_a1', 'tsk_a2', 'ycd_a']
  expect(await ids(city.deputy)).toEqual(own)
  const all = await ids(city.officer)
  expect(all).toEqual([...own, ...own.map((id) => id.replace(/_a/, '_b')), 'fin_anoted', 'fin_bnoted', 'ins_a', 'ins_b'].sort())
  expect(
    ownedItemSources()
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(['appeal', 'case', 'finding', 'inspection', 'paper', 'problem', 'task', 'unit_plan', 'yellow_card'])
  const first = await list(city.officer, { limit: 5 })
  const second = await list(city.officer, { limit: 100, after: first.next ?? undefined })
  expect([first.total, second.total]).toEqual([all.length, undefined])
  expect([...first.items, ...second.items].map(({ id }) => id).sort()).toEqual(all)
  await expect(list(city.officer, { after: 'zzzz' })).rejects.toMatchObject({ code: 'desk.cursor_stale' })
})

test('today, overdue, waiting on me, waiting on others: each item in its heaps, and the counts say the same', async () => {
  const heap = (one: Heap) => ids(city.deputy, { heap: one })
  expect(await heap('today')).toEqual(['cas_a2'])
  // The reported task waits for whoever verifies: its owner is not late with it.
  expect(await heap('overdue')).toEqual(['cas_a1', 'tsk_a1'])
  expect(await heap('mine')).toEqual(['cas_a3', 'ppr_a', 'tsk_a2'])
  expect(await heap('others')).toEqual(['apl_a', 'cas_a1', 'cas_a2', 'pln_a', 'prb_a', 'tsk_a1', 'ycd_a'])
  const counts = await readAs(platform.database, city.deputy, (read) => countsAsked(read, {}, { actor: city.deputy, today }))
  expect(counts).toMatchObject({ open: 10, today: 1, overdue: 2, mine: 3, others: 7 })
  await run(sql`update supervision.cases set owner_no = null where id = 'cas_a1'`)
  const ownerless = (await list({ ...city.officer, personNo: city.member.no }, { kind: 'case' })).items
  expect(ownerless.filter(({ mine, waiting }) => typeof mine !== 'boolean' || typeof waiting !== 'boolean')).toEqual([])
  await run(sql`update supervision.cases set owner_no = ${city.member.no} where id = 'cas_a1'`)
  expect((await list(city.officer, { heap: 'mine', kind: 'unit_plan' })).items).toMatchObject([
    { stateName: '待审核' },
    { id: 'pln_b' },
  ])
  expect(await ids(city.deputy, { stage: 'closed' })).toEqual(['cas_a4'])
  expect(await ids(city.officer, { under: city.otherUnit.id, kind: 'task' })).toEqual(['tsk_b1', 'tsk_b2'])
  expect(await ids(city.officer, { text: '问题b' })).toEqual(['prb_b'])
  expect(await ids(city.officer, { kind: 'nonsense' })).toEqual([])
  await run(sql`update supervision.cases set waiting_since = '2026-11-08' where id = 'cas_a1'`)
  expect(await heap('overdue')).toEqual(['tsk_a1'])
  expect(await ids(city.deputy, { waiting: 'yes' })).toEqual(['cas_a1'])
  await run(sql`update supervision.cases set waiting_since = null where id = 'cas_a1'`)
})

test('the funnel counts by stage, line and unit, with the ages of what is open, in one question however many there are', async () => {
  const asked = { actor: city.officer, today }
  const found = await readAs(platform.database, city.officer, (read) => funnelOf(read, {}, asked))
  expect(Object.fromEntries(found.stages.map(({ stage, count }) => [stage, count]))).toEqual({
    opened: 8,
    working: 8,
    reported: 8,
    closed: 2,
  })
  const cases = found.lines.find(({ kind }) => kind === 'case')
  expect(cases).toMatchObject({ line: '督办事项', open: 6, closed: 2, overdue: 2, median: 53, ninetieth: 53, oldest: 53 })
  expect(found.units.map(({ name, open }) => [name, open])).toEqual([
    ['第二局', 12],
    ['第一局', 12],
  ])
  expect(found.units[0]?.oldest).toBe(267)
  const one = await readAs(platform.database, city.officer, (read) =>
    funnelOf(read, { under: city.unit.id, since: '2026-11-02' }, asked),
  )
  expect(one.stages.at(-1)?.count).toBe(0)
  expect(one.units.map(({ name }) => name)).toEqual(['第一局'])
})

test('one act on many: each by its own rules, the answer says item by item what was done and why not; a repeated batch does nothing twice', async () => {
  const items = [
    { kind: 'case', id: 'cas_a1' },
    { kind: 'task', id: 'tsk_a1' },
    { kind: 'problem', id: 'prb_a' },
    { kind: 'task', id: 'tsk_a2' },
    { kind: 'unit_plan', id: 'pln_a' },
    { kind: 'case', id: 'cas_b1' },
  ]
  const send = (actor: Actor, more: object) =>
    actOnEach(platform, { actor, requestId: 'r' }, {
      act: 'remind',
      items,
      reason: '快到时限了',
      batch: 'batch-0001',
      ...more,
    } as never)
  const steps = async (id: string) => {
    const { rows } = await sql<{
      actions: string[] | null
    }>`select (select array_agg(s.action order by s.revision) from supervision.case_steps s where s.case_no = c.no) as actions
      from supervision.cases c where c.id = ${id}`.execute(platform.owner.kysely)
    return rows[0]?.actions ?? []
  }
  const results = await send(city.deputy, {})
  expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'refused', 'refused', 'refused'])
  expect(results.map(({ sentence }) => sentence).slice(3)).toEqual([
    expect.stringContaining('任务现在是“待核验”，不能“催办”。现在可以：'),
    '实施方案没有责任人和时限，请打开方案审定或退回。',
    expect.stringContaining('没有找到'),
  ])
  await send(city.deputy, {})
  expect(await steps('cas_a1')).toEqual(['urge'])
  // A discipline secretary reads the desk and urges nobody: each item's own permission is asked.
  expect((await send(city.discipline, { batch: 'batch-0002' })).every(({ outcome }) => outcome === 'refused')).toBe(true)
  const off = await send(city.deputy, { act: 'put_off', dueOn: '2026-12-25', batch: 'batch-0003', items: items.slice(0, 3) })
  expect(off.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done'])
  const none = await send(city.deputy, { act: 'put_off', batch: 'batch-0004', items: items.slice(0, 1) })
  expect(none[0]?.sentence).toContain('这一项要填时限。')
  const given = { ownerId: city.keeper.id, dueOn: '2026-12-25', remedies: '补开会议' }
  const assigned = await send(city.deputy, {
    act: 'assign',
    batch: 'batch-0005',
    ...given,
    items: [{ kind: 'case', id: 'cas_a3' }, items[1], items[2]],
  })
  expect(assigned.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'refused'])
  expect((await list(city.deputy, { kind: 'task' })).items.map(({ owner }) => owner?.name)).toContain('乙某')
})

test('a view is one’s own unless shared with those who hold a role at the same organization', async () => {
  const names = async (actor: Actor) =>
    (await readAs(platform.database, actor, (read) => viewsOf(read, actor))).map(({ name }) => name)
  const keep = (actor: Actor, name: string, more: { sharedWithId?: string } = {}) =>
    act(actor, keepViewAction, { name, filters: { heap: 'overdue', under: city.branch.id }, ...more })
  await keep(city.deputy, '逾期的')
  const shared = await keep(city.deputy, '本单位逾期', { sharedWithId: city.unit.id })
  expect(await keep(city.deputy, '本单位逾期', { sharedWithId: city.unit.id })).toEqual(shared)
  expect(await names(city.deputy)).toEqual(['本单位逾期', '逾期的'])
  expect(await names(city.discipline)).toEqual(['本单位逾期'])
  expect([await names(city.officer), await names(city.otherDeputy)]).toEqual([[], []])
  await expect(keep(city.deputy, '别处', { sharedWithId: city.otherUnit.id })).rejects.toMatchObject({
    code: 'desk.view_shared_with_own',
  })
  await expect(keep(city.branchSecretary, '不许')).rejects.toMatchObject({ code: 'kernel.forbidden' })
  await expect(act(city.discipline, dropViewAction, shared)).rejects.toMatchObject({ code: 'desk.view_not_found' })
  await act(city.deputy, dropViewAction, shared)
  expect(await names(city.discipline)).toEqual([])
  await expect(act(city.owner, dropViewAction, shared)).rejects.toMatchObject({ code: 'kernel.forbidden' })
})
