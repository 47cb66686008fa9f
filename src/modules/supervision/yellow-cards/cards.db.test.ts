import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity, twoRequirements } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { urgeCardAction } from './card-urge.actions.ts'
import * as acts from './cards.actions.ts'
import { cardLife, type CardState, type CardVerb } from './cards.lifecycle.ts'
import './cards.policy.ts'
import { cardAsked, cardsAsked } from './cards.queries.ts'
import { proposeCards } from './conditions.store.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity
let requirement: number

beforeAll(async () => {
  city = await aSupervisedCity(platform)
  requirement = (await twoRequirements(platform)).hard
})
beforeEach(() => platform.clock.moveTo('2026-11-23'))

const reason = '听取陈述后决定'
const propose = (actor: Actor = city.deputy) =>
  act(actor, acts.proposeCardAction, { organizationId: city.branch.id, grounds: '连续三个月没有开会' })
const item = (title: string) => ({ title, ownerId: city.member.id, dueOn: '2026-12-20' })

type Take = (id: string, itemId: string) => Promise<{ state: CardState }>
const take: Record<Exclude<CardVerb, 'revoke' | 'report'>, Take> = {
  state: (id) => act(city.branchSecretary, acts.stateAction, { id, statement: '人手不足' }),
  pass_hearing: (id) => act(city.officer, acts.passHearingAction, { id, reason: '逾期未陈述' }),
  decide: (id) =>
    act(city.officer, acts.decideCardAction, { id, reason, items: [item('补选书记')], isPublic: false, traceMonths: 12 }),
  decline: (id) => act(city.officer, acts.declineCardAction, { id, reason }),
  add_item: (id) => act(city.officer, acts.addItemAction, { id, reason, ...item('补记会议') }),
  urge: (id) => act(city.officer, urgeCardAction, { id, reason: '请抓紧整改' }),
  finish_item: (id, itemId) => act(city.branchSecretary, acts.finishItemAction, { id, itemId, result: '已经补选' }),
  pass_item: (id, itemId) => act(city.discipline, acts.passItemAction, { id, itemId, test: '看过批复' }),
  return_item: (id, itemId) => act(city.discipline, acts.returnItemAction, { id, itemId, reason: '没有批复' }),
}
type Taken = keyof typeof take
const verbs = Object.keys(take) as Taken[]

const itemsOf = async (id: string) => {
  const { rows } = await sql<{ id: string; state: string }>`select i.id, i.state from supervision.yellow_card_items i
    join supervision.yellow_cards y on y.no = i.card_no where y.id = ${id} order by i.no`.execute(platform.owner.kysely)
  return rows
}

test('whatever is tried in whatever order, a card moves along the table, its items along theirs, and the rest is refused with 409', async () => {
  const needs: Partial<Record<Taken, string>> = { finish_item: 'open', pass_item: 'done', return_item: 'done' }
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...verbs), { minLength: 5, maxLength: 12 }), async (tried) => {
      platform.clock.moveTo('2026-11-23')
      const { id } = await propose()
      platform.clock.moveTo('2026-12-01')
      let state: CardState = 'proposed'
      for (const verb of tried) {
        const items = await itemsOf(id)
        const fit = items.find((one) => one.state === needs[verb]) ?? items[0]
        const next: CardState | undefined = cardLife.table[state][verb]
        const attempt = take[verb](id, fit?.id ?? 'yci_0000')
        if (next === undefined || (needs[verb] !== undefined && fit?.state !== needs[verb]))
          await expect(attempt).rejects.toMatchObject({ status: 409 })
        else {
          const last = verb === 'pass_item' && items.every((one) => one.id === fit?.id || one.state === 'passed')
          state = last ? 'lifted' : next
          expect((await attempt).state).toBe(state)
        }
      }
    }),
    { numRuns: 12 },
  )
})

async function inForce(isPublic = false): Promise<string> {
  const { id } = await propose()
  await take.state(id, '')
  await act(city.officer, acts.decideCardAction, { id, reason, items: [item('补选书记')], isPublic, traceMonths: 12 })
  return id
}

test('nobody decides before the organization was heard, or its time to speak has passed', async () => {
  const { id } = await propose()
  await expect(take.decide(id, '')).rejects.toMatchObject({ code: 'supervision.yellow_card_not_allowed_now' })
  await expect(take.pass_hearing(id, '')).rejects.toMatchObject({ code: 'supervision.card_hearing_open' })
  platform.clock.moveTo('2026-12-01')
  expect((await take.pass_hearing(id, '')).state).toBe('heard')
})

test('the last item that another person passes lifts the card; after its trace it stands in the history alone', async () => {
  const id = await inForce()
  const [first] = await itemsOf(id)
  const itemId = first?.id ?? ''
  await act(city.deputy, acts.finishItemAction, { id, itemId, result: '已经补选' })
  await expect(act(city.deputy, acts.passItemAction, { id, itemId, test: '属实' })).rejects.toMatchObject({
    code: 'supervision.card_test_by_another',
  })
  expect((await take.pass_item(id, itemId)).state).toBe('lifted')
  const seen = async (today: string, history?: 'yes') =>
    (
      await readAs(platform.database, city.deputy, (read) =>
        cardsAsked(read, { limit: 50, history }, { actor: city.deputy, today }),
      )
    ).items.some((one) => one.id === id)
  expect([await seen('2027-11-23'), await seen('2027-11-24'), await seen('2027-11-24', 'yes')]).toEqual([true, false, true])
})

test('a month is reported once, and none ahead', async () => {
  const id = await inForce()
  const report = (month: string) => act(city.branchSecretary, acts.reportCardAction, { id, month, report: '正在补选' })
  await report('2026-11')
  await expect(report('2026-11')).rejects.toMatchObject({ code: 'supervision.card_month_reported' })
  await expect(report('2026-12')).rejects.toMatchObject({ code: 'supervision.card_month_ahead' })
})

test('a card is seen by another unit only where it was decided to be public, and then without the hearing', async () => {
  const open = (id: string) =>
    readAs(platform.database, city.otherDeputy, (read) => cardAsked(read, id, { actor: city.otherDeputy, today: '2026-11-23' }))
  await expect(open(await inForce())).rejects.toMatchObject({ code: 'supervision.yellow_card_not_found' })
  expect(await open(await inForce(true))).toMatchObject({ state: 'in_force', statement: null, steps: [], abilities: [] })
})

test('two officers decide at once: one decision stands, with one list of items', async () => {
  const { id } = await propose()
  await take.state(id, '')
  const decide = (actor: Actor) =>
    act(actor, acts.decideCardAction, { id, reason, items: [item('补选书记')], isPublic: false, traceMonths: 12 })
  const outcomes = await Promise.allSettled([decide(city.officer), decide(city.secondOfficer)])
  expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await itemsOf(id)).toHaveLength(1)
})

test.each(['decide', 'decline', 'pass_hearing', 'add_item'] as const)('%s: the unit’s own deputy may not', async (verb) => {
  const { id } = await propose()
  const as = {
    decide: () =>
      act(city.deputy, acts.decideCardAction, { id, reason, items: [item('补选')], isPublic: false, traceMonths: 12 }),
    decline: () => act(city.deputy, acts.declineCardAction, { id, reason }),
    pass_hearing: () => act(city.deputy, acts.passHearingAction, { id, reason }),
    add_item: () => act(city.deputy, acts.addItemAction, { id, reason, ...item('补记') }),
  }
  await expect(as[verb]()).rejects.toMatchObject({ code: 'kernel.forbidden' })
})

test('the system proposes nothing until the committee has set a condition, then once for a run of short periods', async () => {
  await sql`update supervision.yellow_cards set state = 'declined'`.execute(platform.owner.kysely)
  for (const [at, status] of [
    [202607, 1],
    [202608, 3],
    [202609, 4],
    [202610, 4],
  ] as const)
    await sql`insert into rulebook.obligations (year, requirement_no, period_no, subject_kind, subject_no, organization_no, status, numerator, denominator, due_on)
      values (2026, ${requirement}, ${at}, 'o', ${city.branch.no}, ${city.branch.no}, ${status}, 0, 0, make_date(2026, ${at - 202600}, 28))`.execute(
      platform.owner.kysely,
    )
  const sweep = () => writeAsSystem(platform.database, (tx) => proposeCards(tx, { today: '2026-11-23', at: new Date() }))
  expect(await sweep()).toBe(0)
  const set = (periods: number, code = 'T-hard') =>
    act(city.officer, acts.setConditionsAction, {
      entries: [{ requirement: code, periods }],
      hearingDays: 5,
      reason: '工委会议决定',
    })
  await expect(set(3, 'D9.9')).rejects.toMatchObject({ code: 'supervision.requirement_unknown' })
  expect(await set(4)).toEqual({ proposed: 0 })
  expect(await set(3)).toEqual({ proposed: 1 })
  expect(await sweep()).toBe(0)
  const { rows } = await sql<{ grounds: string; hear_by: string }>`select grounds, hear_by::text from supervision.yellow_cards
    where proposed_by = 0`.execute(platform.owner.kysely)
  expect(rows).toEqual([{ grounds: expect.stringContaining('连续3期没有达到'), hear_by: '2026-11-30' }])
})
