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
