import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import { giveAction } from './giving.actions.ts'
import { taskSheet } from './task-export.queries.ts'
import * as acts from './tasks.actions.ts'
import { type TasksAsked, tasksAsked } from './tasks.queries.ts'
import './work-items.queries.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity

beforeAll(async () => {
  city = await aSupervisedCity(platform)
  for (let at = 0; at < 5; at += 1)
    await act(city.deputy, giveAction, { title: '走访困难党员', tasks: [draft({ dueOn: `2026-12-0${(at % 3) + 1}` })] })
})

const asking = (actor: Actor) => ({ actor, today: platform.clock.today() })
const listed = (actor: Actor, asked: Partial<TasksAsked> = {}) =>
  readAs(platform.database, actor, (read) => tasksAsked(read, { sort: 'dueOn', limit: 100, ...asked }, asking(actor)))
const draft = (more: object = {}) => ({
  organizationId: city.branch.id,
  ownerId: city.member.id,
  dueOn: '2026-12-10',
  criterion: '三户都走访到并有记录',
  ...more,
})

test('lists and pages keep to the scope, with the first wall removed too; the sheet holds what the list holds', async () => {
  expect((await listed(city.otherDeputy)).items.every((item) => item.organization.name === '直属支部')).toBe(true)
  const all = await listed(city.deputy)
  expect(all.total).toBe(5)
  const joined: string[] = []
  let after: string | undefined
  do {
    const part = await listed(city.deputy, { limit: 2, after })
    joined.push(...part.items.map((item) => item.id))
    after = part.next ?? undefined
  } while (after)
  expect(joined).toEqual(all.items.map((item) => item.id))
  const sheet = await readAs(platform.database, city.deputy, (read) => taskSheet(read, { sort: 'dueOn' }, asking(city.deputy)))
  expect([...(sheet.rows as Iterable<unknown>)]).toHaveLength(all.total ?? -1)
  const bare = await readAs(platform.database, city.otherDeputy, async (read) => {
    const { rows } = await sql<{ tasks: number; steps: number; evidence: number }>`select
        (select count(*)::int from supervision.tasks t where t.organization_no = ${city.branch.no}) as tasks,
        (select count(*)::int from supervision.task_steps s join supervision.tasks t on t.no = s.task_no and t.organization_no = ${city.branch.no}) as steps,
        (select count(*)::int from supervision.task_evidence) as evidence`.execute(reading<'supervision'>(read))
    return rows[0]
  })
  expect(bare).toEqual({ tasks: 0, steps: 0, evidence: 0 })
})

test('the first page names what is mine to do, to verify and to decide', async () => {
  const of = async (actor: Actor) =>
    (await readAs(platform.database, actor, (read) => workItemsOf(read, actor, platform.clock.today()))).filter(
      (item) => item.kind === 'supervision.tasks',
    )
  const id = (await act(city.deputy, giveAction, { title: '马上要办的事', tasks: [draft({ dueOn: '2026-11-24' })] })).ids[0] ?? ''
  expect((await of(city.owner)).map((item) => item.link)).toContain(`/tasks/${id}`)
  await act(city.owner, acts.askExtensionAction, { id, until: '2026-12-04', reason: '等材料' })
  expect((await of(city.deputy)).map((item) => item.id)).toContain('supervision.tasks.extensions')
  expect((await of(city.owner)).map((item) => item.link)).not.toContain(`/tasks/${id}`)
})
