import { beforeAll, describe, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import * as acts from './unit-plans.actions.ts'
import { type PlanAction, planActions, planLifecycle, type PlanState, planStates } from './unit-plans.lifecycle.ts'
import { planAsked, plansAsked, plansMissing } from './unit-plans.queries.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity
let year = 2019

beforeAll(async () => {
  city = await aSupervisedCity(platform)
})

const asking = (actor: Actor) => ({ actor, today: platform.clock.today() })
const page = (actor: Actor, id: string) => readAs(platform.database, actor, (read) => planAsked(read, id, asking(actor)))
const body = (text = '走在前列') => ({
  title: '实施方案',
  sections: [{ title: '目标', text }],
  items: [{ title: '走访困难党员', criterion: '三户都走访到', dueOn: '2026-12-20' }],
  fileIds: [],
})

/** Each in a year of its own, because a unit has one plan a year. */
async function aPlan(): Promise<string> {
  year = year === 2045 ? 2019 : year + 1
  const unit = year % 2 === 0 ? city.unit : city.otherUnit
  const by = year % 2 === 0 ? city.deputy : city.otherDeputy
  return (await act(by, acts.writePlanAction, { organizationId: unit.id, year, ...body() })).id
}
const writer = () => (year % 2 === 0 ? city.deputy : city.otherDeputy)

const take: Record<PlanAction, (actor: Actor, id: string) => Promise<{ state: PlanState }>> = {
  edit: async (actor, id) =>
    act(actor, acts.editPlanAction, { id, revision: (await page(city.officer, id)).revision, ...body('改过的目标') }),
  submit: (actor, id) => act(actor, acts.submitPlanAction, { id }),
  take_back: (actor, id) => act(actor, acts.takeBackPlanAction, { id, reason: '还要补充' }),
  return: (actor, id) => act(actor, acts.returnPlanAction, { id, reason: '没有分工' }),
  approve: (actor, id) => act(actor, acts.approvePlanAction, { id }),
  publish: (actor, id) => act(actor, acts.publishPlanAction, { id }),
  amend: (actor, id) => act(actor, acts.amendPlanAction, { id, reason: '上级有新要求' }),
  drop: (actor, id) => act(actor, acts.dropAmendmentAction, { id, reason: '不再修订' }),
}
const verbs = Object.keys(planActions) as PlanAction[]
const doer = (verb: PlanAction) => (verb === 'approve' || verb === 'return' ? city.officer : writer())
const ways: Record<PlanState, PlanAction[]> = {
  drafted: [],
  submitted: ['submit'],
  returned: ['submit', 'return'],
  approved: ['submit', 'approve'],
  published: ['submit', 'approve', 'publish'],
  amended: ['submit', 'approve', 'publish', 'amend'],
}
async function aPlanIn(state: PlanState): Promise<string> {
  const id = await aPlan()
  for (const verb of ways[state]) await take[verb](doer(verb), id)
  return id
}

describe.each(Object.keys(planStates) as PlanState[])('a plan that is %s', (state) => {
  test('answers every act as the table says, and says what is possible instead', async () => {
    let id = await aPlanIn(state)
    for (const verb of verbs) {
      const next: PlanState | undefined = planLifecycle[state][verb]
      const attempt = take[verb](doer(verb), id)
      if (next) {
        expect((await attempt).state).toBe(next)
        id = await aPlanIn(state)
      } else {
        await expect(attempt, verb).rejects.toMatchObject({
          code: 'supervision.unit_plan_not_allowed_now',
          status: 409,
          detail: expect.stringContaining('现在可以：'),
        })
      }
    }
  })
})

test('whoever wrote it does not approve it, a branch writes none, and to another unit it is not there', async () => {
  year = 2039
  const id = await aPlanIn('submitted')
  await expect(take.approve(city.deputy, id)).rejects.toMatchObject({ code: 'kernel.forbidden', status: 403 })
  // What was not published is not there for a branch.
  await expect(take.submit(city.branchSecretary, id)).rejects.toMatchObject({ status: 404 })
  await expect(take.take_back(city.otherDeputy, id)).rejects.toMatchObject({ status: 404 })
  await expect(page(city.otherDeputy, id)).rejects.toMatchObject({ status: 404 })
  await expect(
    act(city.deputy, acts.writePlanAction, { organizationId: city.unit.id, year: 2040, ...body() }),
  ).rejects.toMatchObject({ code: 'supervision.unit_plan_exists', status: 409 })
  await expect(
    act(city.deputy, acts.writePlanAction, { organizationId: city.committee.id, year: 2041, ...body() }),
  ).rejects.toMatchObject({ code: 'supervision.unit_plan_of_unit' })
})

test('below the unit nothing is read before it is published, and the published version while an amendment is being written', async () => {
  year = 2041
  const id = await aPlanIn('approved')
  await expect(page(city.branchSecretary, id)).rejects.toMatchObject({ code: 'supervision.unit_plan_not_found' })
  await take.publish(city.deputy, id)
  await take.amend(city.deputy, id)
  await take.edit(city.deputy, id)
  const below = await page(city.branchSecretary, id)
  expect(below).toMatchObject({ state: 'published', version: 1, now: { body: { sections: [{ text: '走在前列' }] } }, steps: [] })
  expect(below.versions).toHaveLength(1)
  const above = await page(city.officer, id)
  expect(above).toMatchObject({ state: 'amended', version: 2, now: { body: { sections: [{ text: '改过的目标' }] } } })
  expect(above.versions.map((one) => one.version)).toEqual([1, 2])
  const list = await readAs(platform.database, city.branchSecretary, (read) =>
    plansAsked(read, { year: 2042, limit: 50 }, asking(city.branchSecretary)),
  )
  expect(list.items).toMatchObject([{ id, state: 'published', version: 1 }])
})

test('tasks come from an item of the published plan, within the unit; who has no plan is listed in organization order', async () => {
  year = 2043
  const id = await aPlanIn('published')
  const tasks = [{ organizationId: city.branch.id, ownerId: city.member.id, dueOn: '2026-12-10', criterion: '三户都走访到' }]
  await expect(act(city.deputy, acts.giveByPlanAction, { id, item: '没有的事项', tasks })).rejects.toMatchObject({ status: 422 })
  await act(city.deputy, acts.giveByPlanAction, { id, item: '走访困难党员', tasks })
  expect((await page(city.deputy, id)).tasks).toMatchObject([
    { item: '走访困难党员', organization: '第二支部', state: 'assigned' },
  ])
  const missing = await readAs(platform.database, city.officer, (read) => plansMissing(read, 2044, asking(city.officer)))
  expect(missing).toEqual({ items: [{ unit: { id: city.otherUnit.id, name: '第二局' }, plan: null }], units: 2 })
})
