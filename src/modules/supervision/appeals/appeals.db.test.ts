import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { whenHappens } from '../../../kernel/actions/events.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { caseAsked } from '../cases/case-page.queries.ts'
import * as cases from '../cases/cases.actions.ts'
import '../cases/cases.policy.ts'
import * as ladder from '../cases/ladder.actions.ts'
import * as problems from '../problems/problems.actions.ts'
import '../problems/problems.policy.ts'
import * as cards from '../yellow-cards/cards.actions.ts'
import { cardLife } from '../yellow-cards/cards.lifecycle.ts'
import '../yellow-cards/cards.policy.ts'
import { cardsAsked } from '../yellow-cards/cards.queries.ts'
import * as acts from './appeals.actions.ts'
import { measureRevoked } from './appeals.events.ts'
import { appealLife, type AppealState, type AppealVerb } from './appeals.lifecycle.ts'
import './appeals.policy.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity
const revoked: unknown[] = []
whenHappens(measureRevoked, (_work, payload) => Promise.resolve(void revoked.push(payload)))

beforeAll(async () => {
  city = await aSupervisedCity(platform)
})
beforeEach(() => {
  platform.clock.moveTo('2026-11-23')
  revoked.length = 0
})

const reason = '检查发现'
const opened = () =>
  act(city.officer, cases.openAction, {
    organizationId: city.branch.id,
    title: '整改会议记录',
    reason,
    ownerId: city.member.id,
    dueOn: '2026-12-01',
    remedies: '补齐记录',
  })
const talk = (id: string) =>
  act(city.officer, ladder.talkAction, {
    id,
    talkedToId: city.keeper.id,
    heldOn: '2026-11-23',
    said: '谈了记录',
    demands: '本月补齐',
    reason,
  })
const decision = '事实有出入，原决定不当'

async function upheldAgainst(measure: {
  measure: 'case_step' | 'yellow_card' | 'problem'
  measureId: string
  revision?: number
}) {
  const { id } = await act(city.branchSecretary, acts.fileAppealAction, { ...measure, reasons: '记录是齐的' })
  await act(city.secondOfficer, acts.takeAppealAction, { id })
  await act(city.secondOfficer, acts.upholdAppealAction, { id, decision })
  return id
}

const caseRow = async (id: string) => {
  const { rows } = await sql<{ state: string; rung: string | null; steps: number }>`select c.state, c.rung,
      (select count(*)::int from supervision.case_steps s where s.case_no = c.no) as steps from supervision.cases c where c.id = ${id}`.execute(
    platform.owner.kysely,
  )
  return rows[0]
}

async function cardInForce(): Promise<string> {
  const { id } = await act(city.officer, cards.proposeCardAction, {
    organizationId: city.branch.id,
    grounds: '连续三个月没有开会',
  })
  await act(city.branchSecretary, cards.stateAction, { id, statement: '人手不足' })
  const items = [{ title: '补选书记', ownerId: city.member.id, dueOn: '2026-12-20' }]
  await act(city.officer, cards.decideCardAction, { id, reason: '听取陈述后决定', items, isPublic: true, traceMonths: 12 })
  return id
}

test('the ladder is climbed step by step: talk, the other side’s word, card, and only then an accountability proposal', async () => {
  const { id } = await opened()
  const accountable = () => act(city.officer, ladder.accountabilityAction, { id, to: '纪检组', reason })
  const card = () => act(city.officer, ladder.cardFromCaseAction, { id, reason })
  await expect(accountable()).rejects.toMatchObject({ code: 'supervision.case_not_allowed_now', status: 409 })
  await talk(id)
  await expect(card()).rejects.toMatchObject({ detail: expect.stringContaining('现在可以：确认约谈记录') })
  await expect(act(city.leader, ladder.confirmTalkAction, { id })).rejects.toMatchObject({
    code: 'supervision.talk_confirmed_by_other_side',
  })
  await act(city.branchSecretary, ladder.confirmTalkAction, { id, remark: '已安排补记' })
  await card()
  await expect(accountable()).rejects.toMatchObject({ detail: expect.stringContaining('黄牌还没有生效') })
  await sql`update supervision.yellow_cards set state = 'in_force'`.execute(platform.owner.kysely)
  await accountable()
  expect(await caseRow(id)).toMatchObject({ state: 'supervised', rung: 'accountability' })
  const page = await readAs(platform.database, city.officer, (read) =>
    caseAsked(read, id, { actor: city.officer, today: '2026-11-23' }),
  )
  expect(page.steps.at(1)?.details).toContainEqual({ label: '签字身份', text: '工委工作人员' })
  await sql`update supervision.yellow_cards set state = 'declined'`.execute(platform.owner.kysely)
})

test('while a case waits above nothing is climbed', async () => {
  const { id } = await opened()
  await act(city.owner, cases.pauseAction, { id, waitingFor: '上级批复' })
  await expect(talk(id)).rejects.toMatchObject({
    code: 'supervision.case_not_allowed_now',
    detail: expect.stringContaining('停表'),
  })
})

test.each(['talk', 'propose_card', 'propose_accountability'] as const)('%s: whoever keeps the branch may not', async (verb) => {
  const { id } = await opened()
  const take = {
    talk: () =>
      act(city.branchSecretary, ladder.talkAction, {
        id,
        talkedToId: city.keeper.id,
        heldOn: '2026-11-23',
        said: '谈了',
        demands: '补齐',
        reason,
      }),
    propose_card: () => act(city.branchSecretary, ladder.cardFromCaseAction, { id, reason }),
    propose_accountability: () => act(city.branchSecretary, ladder.accountabilityAction, { id, to: '纪检组', reason }),
  }
  await expect(take[verb]()).rejects.toMatchObject({ code: 'kernel.forbidden' })
})

test('two officers talk at once: one talk is recorded', async () => {
  const { id } = await opened()
  const outcomes = await Promise.allSettled([talk(id), talk(id)])
  expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('upheld against the opening of a case: all that rested on it falls, talk and card are withdrawn, every step stays', async () => {
  const { id } = await opened()
  await talk(id)
  await act(city.branchSecretary, ladder.confirmTalkAction, { id })
  await act(city.officer, ladder.cardFromCaseAction, { id, reason })
  const before = await caseRow(id)
  await upheldAgainst({ measure: 'case_step', measureId: id, revision: 1 })
  expect(await caseRow(id)).toEqual({ state: 'dismissed', rung: null, steps: (before?.steps ?? 0) + 1 })
  const { rows } = await sql<{ card: string; withdrawn: boolean }>`select y.state as card, t.withdrawn_at is not null as withdrawn
    from supervision.cases c join supervision.yellow_cards y on y.case_no = c.no join supervision.talks t on t.case_no = c.no
    where c.id = ${id}`.execute(platform.owner.kysely)
  expect(rows).toEqual([{ card: 'declined', withdrawn: true }])
  expect(revoked).toEqual([{ measure: 'case_step', measureId: id, revisions: [1, 2, 3, 4], organizationNo: city.branch.no }])
  const again = act(city.branchSecretary, acts.fileAppealAction, {
    measure: 'case_step',
    measureId: id,
    revision: 1,
    reasons: '再申诉',
  })
  await expect(again).rejects.toMatchObject({ code: 'supervision.measure_not_appealable' })
})

test('upheld against a talk: the case stands as before it, and what was reported since stands too', async () => {
  const { id } = await opened()
  await talk(id)
  await act(city.branchSecretary, cases.reportAction, { id, report: '已经补齐' })
  await upheldAgainst({ measure: 'case_step', measureId: id, revision: 2 })
  expect(await caseRow(id)).toMatchObject({ state: 'reported', rung: null })
})

test('upheld against a yellow card: revoked, no longer public, listed in the history alone', async () => {
  const id = await cardInForce()
  const listed = async (actor: Actor, history?: 'yes') =>
    (
      await readAs(platform.database, actor, (read) => cardsAsked(read, { limit: 50, history }, { actor, today: '2026-11-23' }))
    ).items
      .filter((one) => one.id === id)
      .map((one) => one.state)
  expect(await listed(city.otherDeputy)).toEqual(['in_force'])
  await upheldAgainst({ measure: 'yellow_card', measureId: id })
  expect([await listed(city.otherDeputy, 'yes'), await listed(city.deputy), await listed(city.deputy, 'yes')]).toEqual([
    [],
    [],
    ['revoked'],
  ])
})

test('upheld against a rejection: the problem is taken up again', async () => {
  const { id } = await act(city.branchSecretary, problems.raiseProblemAction, {
    organizationId: city.branch.id,
    title: '会议室漏水',
    description: '不能开会',
    source: 'self',
    dimension: 'D3',
  })
  await act(city.deputy, problems.rejectProblemAction, { id, reason: '不属于党建' })
  await upheldAgainst({ measure: 'problem', measureId: id })
  const { rows } = await sql<{ state: string }>`select state from supervision.problems where id = ${id}`.execute(
    platform.owner.kysely,
  )
  expect(rows).toEqual([{ state: 'raised' }])
})

test('neither who decided nor who appealed handles it; a stranger does not appeal; after ten working days nobody does', async () => {
  const { id: measureId } = await opened()
  const measure = { measure: 'case_step' as const, measureId, revision: 1, reasons: '记录是齐的' }
  await expect(act(city.otherDeputy, acts.fileAppealAction, measure)).rejects.toMatchObject({ status: 404 })
  await expect(act(city.leader, acts.fileAppealAction, measure)).rejects.toMatchObject({
    code: 'supervision.appeal_by_those_concerned',
  })
  platform.clock.moveTo('2026-12-08')
  await expect(act(city.branchSecretary, acts.fileAppealAction, measure)).rejects.toMatchObject({
    code: 'supervision.appeal_too_late',
  })
  platform.clock.moveTo('2026-12-07')
  const { id } = await act(city.branchSecretary, acts.fileAppealAction, measure)
  await expect(act(city.deputy, acts.fileAppealAction, measure)).rejects.toMatchObject({
    code: 'supervision.appeal_open_already',
  })
  await expect(act(city.officer, acts.takeAppealAction, { id })).rejects.toMatchObject({
    code: 'supervision.appeal_handler_must_be_another',
  })
  await expect(act(city.deputy, acts.takeAppealAction, { id })).rejects.toMatchObject({ code: 'kernel.forbidden' })
})

const take: Record<AppealVerb, (id: string) => Promise<{ state: AppealState }>> = {
  take: (id) => act(city.secondOfficer, acts.takeAppealAction, { id }),
  uphold: (id) => act(city.secondOfficer, acts.upholdAppealAction, { id, decision }),
  reject: (id) => act(city.secondOfficer, acts.rejectAppealAction, { id, decision }),
  withdraw: (id) => act(city.branchSecretary, acts.withdrawAppealAction, { id }),
}

test('whatever is tried in whatever order, an appeal moves along the table and refuses the rest with 409', async () => {
  const verbs = Object.keys(take) as AppealVerb[]
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...verbs), { minLength: 3, maxLength: 6 }), async (tried) => {
      const { id: measureId } = await opened()
      const { id } = await act(city.branchSecretary, acts.fileAppealAction, {
        measure: 'case_step',
        measureId,
        revision: 1,
        reasons: '记录是齐的',
      })
      let state: AppealState = 'filed'
      for (const verb of tried) {
        const next: AppealState | undefined = appealLife.table[state][verb]
        if (next === undefined)
          await expect(take[verb](id)).rejects.toMatchObject({ code: 'supervision.appeal_not_allowed_now', status: 409 })
        else {
          expect((await take[verb](id)).state).toBe(next)
          state = next
        }
      }
    }),
    { numRuns: 10 },
  )
})

test('no table lets anything out of where it ends', () => {
  expect(Object.values(appealLife.table).filter((row) => Object.keys(row).length === 0)).toHaveLength(3)
  expect(cardLife.table.revoked).toEqual({})
})
