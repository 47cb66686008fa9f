import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { openAction } from '../cases/cases.actions.ts'
import '../index.ts'
import { offersAsked } from '../papers/papers.queries.ts'
import { type DispatchAsked, dispatchAsked } from './dispatch.queries.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity

beforeAll(async () => {
  city = await aSupervisedCity(platform)
})

const asked = (actor: Actor, more: Partial<DispatchAsked> = {}) =>
  readAs(platform.database, actor, (read) =>
    dispatchAsked(read, { quarter: '2026Q4', ...more }, { actor, today: platform.clock.today() }),
  )

/** A case whose steps were taken on the given days. */
async function aCase(title: string, steps: readonly (readonly [string, string])[]): Promise<void> {
  const { id } = await act(city.deputy, openAction, {
    organizationId: city.branch.id,
    title,
    reason: '台账显示未报',
    ownerId: city.member.id,
    dueOn: '2026-12-01',
    remedies: '本月内补开',
  })
  await sql`delete from supervision.case_steps where case_no = (select no from supervision.cases where id = ${id})`.execute(
    platform.owner.kysely,
  )
  for (const [revision, [day, state]] of steps.entries()) {
    await sql`insert into supervision.case_steps (case_no, revision, action, state, body, acted_at, acted_by)
      select no, ${revision + 1}, 'step', ${state}, '{}', (${day} || 'T23:30:00+08:00')::timestamptz, 1 from supervision.cases where id = ${id}`.execute(
      platform.owner.kysely,
    )
  }
}

test('the ledger says what came, went on, stands and was closed since the last day of the quarter before, by days in Shanghai', async () => {
  await aCase('甲事项尚未办理', [['2026-08-01', 'supervised']])
  await aCase('乙事项办了一步', [
    ['2026-08-01', 'supervised'],
    ['2026-10-01', 'reported'],
  ])
  await aCase('丙事项本季新立', [
    ['2026-10-01', 'proposed'],
    ['2026-11-01', 'supervised'],
  ])
  await aCase('丁事项本季办结', [
    ['2026-08-01', 'reported'],
    ['2026-11-01', 'closed'],
  ])
  await aCase('戊事项早已办结', [
    ['2026-08-01', 'reported'],
    ['2026-09-30', 'closed'],
  ])
  await aCase('己建议未采纳过', [
    ['2026-10-10', 'proposed'],
    ['2026-11-01', 'dismissed'],
  ])
  await aCase('庚本季立又办结', [
    ['2026-10-10', 'supervised'],
    ['2026-11-01', 'closed'],
  ])
  await sql`update supervision.cases set due_on = '2026-11-01' where title = '甲事项尚未办理'`.execute(platform.owner.kysely)
  await sql`update supervision.cases set due_on = '2026-11-01', waited_days = 40 where title = '乙事项办了一步'`.execute(
    platform.owner.kysely,
  )
  const found = await asked(city.deputy)
  expect(found).toMatchObject({
    since: '2026-09-30',
    until: '2026-11-23',
    totals: { open: 3, came: 1, closed: 2, overdue: 1, waiting: 0 },
  })
  expect(Object.fromEntries(found.items.map((item) => [item.title.slice(0, 1), item.change]))).toEqual({
    甲: 'same',
    乙: 'moved',
    丙: 'came',
    丁: 'closed',
    庚: 'closed',
  })
  expect(found.units).toEqual([{ organization: { id: city.unit.id, name: '第一局' }, counts: found.totals }])
  // Compared with a later day, less has changed.
  expect((await asked(city.deputy, { since: '2026-11-10' })).totals).toMatchObject({ open: 3, came: 0, closed: 0 })
})

/** A row of another kind with the states that its steps or revisions brought it to. */
async function standing(
  kind: 'finding' | 'yellow_card' | 'key_project',
  steps: readonly (readonly [string, string])[],
): Promise<void> {
  const state = steps.at(-1)?.[1] ?? ''
  const rows = {
    finding: sql`insert into supervision.findings (id, client_id, revision, state, inspection_no, organization_no, kind, seen, serious, noted_at, recorded_at, recorded_by)
      select 'fin_' || i.no, 'x', 1, ${state}, i.no, ${city.branch.no}, 'bad_attitude', '甲某态度恶劣', false, now(), now(), 1 from (
        select ${anInspection}::bigint as no) i returning no`,
    yellow_card: sql`insert into supervision.yellow_cards (id, revision, state, organization_no, grounds, proposed_on, proposed_by, hear_by)
      values ('ycd_1', 1, ${state}, ${city.branch.no}, '三个月没有开会', '2026-10-01', 1, '2026-10-08') returning no`,
    key_project: sql`insert into supervision.key_projects (id, revision, state, kind, name, about, organization_no, starts_on, ends_on, result, closed_on, entered_on, entered_by)
      values ('kpj_' || ${state}, 1, ${state}, 'project', '大厅改造', '', ${city.unit.no}, '2026-10-01', '2026-11-01', case when ${state} = 'closed' then 'x' end,
        case when ${state} = 'closed' then '2026-11-01'::date end, '2026-10-01', 1) returning no`,
  }
  const made = await sql<{ no: number }>`with made as (${rows[kind]}) select no from made`.execute(platform.owner.kysely)
  for (const [revision, [day, step]] of steps.entries()) {
    const at = `${day}T09:00:00+08:00`
    const body = JSON.stringify({ state: step })
    await (kind === 'finding'
      ? sql`insert into supervision.finding_revisions (finding_no, revision, action, body, acted_at, acted_by)
          values (${made.rows[0]?.no}, ${revision + 1}, 'x', ${body}::jsonb, ${at}, 1)`
      : sql`insert into supervision.record_steps (kind, record_no, revision, action, state, body, signed_as, acted_at, acted_by)
          values (${kind}, ${made.rows[0]?.no}, ${revision + 1}, 'x', ${step}, '{}', 'x', ${at}, 1)`
    ).execute(platform.owner.kysely)
  }
}
let anInspection = 0

test('findings, yellow cards and key projects stand in it with what changed; what went to the discipline line does not, for nobody', async () => {
  const { rows } = await sql<{
    no: number
  }>`insert into supervision.inspections (id, revision, state, manner, title, organization_no,
      led_by_organization_no, visit_on, planned_at, planned_by, started_at, signed_at)
    values ('ins_dispatch', 1, 'signed', 'open', '检查', ${city.branch.no}, ${city.city.no}, '2026-10-01', now(), 1, now(), now()) returning no`.execute(
    platform.owner.kysely,
  )
  anInspection = rows[0]?.no ?? 0
  await standing('finding', [['2026-10-10', 'noted']])
  await standing('yellow_card', [
    ['2026-08-01', 'proposed'],
    ['2026-10-15', 'in_force'],
  ])
  await standing('key_project', [
    ['2026-08-01', 'planned'],
    ['2026-09-01', 'running'],
  ])
  await standing('key_project', [
    ['2026-09-01', 'running'],
    ['2026-11-01', 'closed'],
  ])
  const others = async (actor: Actor) =>
    (await asked(actor)).items
      .filter(({ kind }) => !['case', 'task', 'problem'].includes(kind))
      .map(({ kind, title, change, overdue, link }) => [kind, title, change, overdue, link])
  const all = [
    ['key_project', '大厅改造', 'same', true, '/key-projects/kpj_running'],
    ['key_project', '大厅改造', 'closed', false, '/key-projects/kpj_closed'],
    ['finding', '态度恶劣', 'came', false, '/inspections/ins_dispatch'],
    ['yellow_card', '三个月没有开会', 'came', false, '/yellow-cards/ycd_1'],
  ]
  const sorted = (some: unknown[][]) => some.map((one) => one.join(' ')).toSorted()
  expect(sorted(await others(city.deputy))).toEqual(sorted(all))
  expect(await others(city.otherDeputy)).toEqual([])
  await sql`update supervision.findings set state = 'handed_over' where inspection_no = ${anInspection}`.execute(
    platform.owner.kysely,
  )
  for (const actor of [city.deputy, city.officer, city.leader])
    expect(sorted(await others(actor)).join('')).not.toContain('态度恶劣')
})

test('another unit sees nothing of it, a branch secretary has no dispatch', async () => {
  expect((await asked(city.otherDeputy)).items).toEqual([])
  expect((await asked(city.branchSecretary)).items).toEqual([])
})

test('a quarter to come and a day that is not earlier are refused with the field', async () => {
  await expect(asked(city.deputy, { quarter: '2027Q1' })).rejects.toMatchObject({
    code: 'supervision.quarter_not_begun',
    errors: [{ field: 'quarter' }],
  })
  await expect(asked(city.deputy, { since: '2026-11-23' })).rejects.toMatchObject({ code: 'supervision.baseline_too_late' })
})

test('the 通报 of a quarter carries the same figures, each with its footnote, addressed to the units', async () => {
  const { totals } = await asked(city.officer)
  const offered = await readAs(platform.database, city.officer, (read) =>
    offersAsked(read, { kind: 'dispatch', id: `2026Q4:${city.city.id}` }, { actor: city.officer, today: platform.clock.today() }),
  )
  const body = offered.items[0]?.body
  expect(body?.to).toEqual(['第一局', '第二局'])
  const figures =
    body?.blocks.flatMap((block) => (block.kind === 'text' ? block.runs : [])).filter((run) => typeof run !== 'string') ?? []
  expect(figures.map((one) => one.figure)).toEqual(
    [totals.open, totals.came, totals.closed, totals.overdue, totals.waiting].map(String),
  )
  for (const one of figures) expect(one.note).toContain('/dispatch?quarter=2026Q4')
})
