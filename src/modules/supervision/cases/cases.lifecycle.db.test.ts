import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import * as following from './case-follow.actions.ts'
import * as acts from './cases.actions.ts'
import { type CaseAction, caseActions, caseLifecycle, type CaseState, caseStates } from './cases.lifecycle.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity

beforeAll(async () => {
  city = await aSupervisedCity(platform)
})

/** A case put into a state by the database's owner, as if its history had led there. */
async function aCaseIn(state: CaseState, more: { waiting?: boolean; reportedBy?: number } = {}): Promise<string> {
  const id = `cas_${state}${Math.random().toString(36).slice(2)}`
  await sql`insert into supervision.cases (id, number, revision, state, organization_no, opened_by_organization_no, title, source, owner_no, due_on,
      proposed_at, opened_by, reported_by, waiting_since)
    values (${id}, ${`督〔2025〕${id}`}, 3, ${state}, ${city.branch.no}, ${city.committee.no}, '补开支委会', 'manual', ${city.member.no}, '2026-12-01', now(),
      ${city.deputy.accountNo}, ${more.reportedBy ?? null}, ${more.waiting ? '2026-11-20' : null})`.execute(platform.owner.kysely)
  return id
}

const take: Record<CaseAction, (actor: Actor, id: string) => Promise<{ state: CaseState; revision: number }>> = {
  remind: (actor, id) => act(actor, acts.remindAction, { id, dueOn: '2026-12-10' }),
  dismiss: (actor, id) => act(actor, acts.dismissAction, { id, reason: '已口头处理' }),
  supervise: (actor, id) =>
    act(actor, acts.superviseAction, {
      id,
      ownerId: city.member.id,
      dueOn: '2026-12-10',
      remedies: '本月内补开',
      reason: '未整改',
    }),
  report: (actor, id) => act(actor, acts.reportAction, { id, report: '已补开支委会' }),
  verify: (actor, id) => act(actor, acts.verifyAction, { id, verification: '查看了会议记录', onSite: false }),
  return: (actor, id) => act(actor, acts.returnAction, { id, reason: '记录不全' }),
  pause: (actor, id) => act(actor, acts.pauseAction, { id, waitingFor: '上级批复' }),
  resume: (actor, id) => act(actor, acts.resumeAction, { id }),
  reopen: (actor, id) => act(actor, acts.reopenAction, { id, reason: '又未召开', dueOn: '2026-12-20' }),
  urge: (actor, id) => act(actor, following.urgeAction, { id, reason: '快到时限了' }),
  put_off: (actor, id) => act(actor, following.putOffAction, { id, reason: '经费刚到位', dueOn: '2026-12-28' }),
}

const verbs = Object.keys(caseActions) as CaseAction[]
const canWait = (state: CaseState) => caseLifecycle[state].pause !== undefined
const everyState = (Object.keys(caseStates) as CaseState[]).flatMap((state): { state: CaseState; waiting: boolean }[] =>
  [false, true].filter((waiting) => !waiting || canWait(state)).map((waiting) => ({ state, waiting })),
)

describe.each<{ state: CaseState; waiting: boolean }>(everyState)(
  'a case that is $state (waiting: $waiting)',
  ({ state, waiting }) => {
    test.each(verbs)('answers %s as the table says', async (verb) => {
      const id = await aCaseIn(state, { waiting })
      const next = caseLifecycle[state][verb]
      const goes = next !== undefined && (verb === 'resume' ? waiting : !(waiting && ['pause', 'urge', 'put_off'].includes(verb)))
      const attempt = take[verb](city.deputy, id)
      if (goes) expect(await attempt).toMatchObject({ state: next, revision: 4 })
      else await expect(attempt).rejects.toMatchObject({ code: 'supervision.case_not_allowed_now', status: 409 })
      const { rows } = await sql<{ state: string; revision: number; steps: number }>`select c.state, c.revision,
      (select count(*)::int from supervision.case_steps s where s.case_no = c.no) as steps from supervision.cases c where c.id = ${id}`.execute(
        platform.owner.kysely,
      )
      expect(rows[0]).toEqual(goes ? { state: next, revision: 4, steps: 1 } : { state, revision: 3, steps: 0 })
    })
  },
)

const stateFor: Record<CaseAction, CaseState> = {
  remind: 'proposed',
  dismiss: 'proposed',
  supervise: 'proposed',
  report: 'supervised',
  verify: 'reported',
  return: 'reported',
  pause: 'supervised',
  resume: 'supervised',
  reopen: 'closed',
  urge: 'supervised',
  put_off: 'supervised',
}

test.each(verbs)('%s: a leader of the unit reads and may not act', async (verb) => {
  const id = await aCaseIn(stateFor[verb], { waiting: verb === 'resume' })
  await expect(take[verb](city.leader, id)).rejects.toMatchObject({ code: 'kernel.forbidden', status: 403 })
})

test.each(verbs)('%s: a case of another unit is not there', async (verb) => {
  const id = await aCaseIn(stateFor[verb], { waiting: verb === 'resume' })
  await expect(take[verb](city.otherDeputy, id)).rejects.toMatchObject({ status: 404 })
})

test.each(['remind', 'dismiss', 'supervise', 'verify', 'return', 'reopen', 'urge', 'put_off'] as const)(
  '%s: whoever keeps the branch may not',
  async (verb) => {
    await expect(take[verb](city.branchSecretary, await aCaseIn(stateFor[verb]))).rejects.toMatchObject({
      code: 'kernel.forbidden',
    })
  },
)

test.each(['report', 'pause'] as const)(
  '%s: the owner without any role may, and so may whoever keeps the branch',
  async (verb) => {
    expect((await take[verb](city.owner, await aCaseIn('supervised'))).revision).toBe(4)
    expect((await take[verb](city.branchSecretary, await aCaseIn('supervised'))).revision).toBe(4)
  },
)

test('report: an officer of the city does not report for a branch', async () => {
  await expect(take.report(city.officer, await aCaseIn('supervised'))).rejects.toMatchObject({ code: 'kernel.forbidden' })
})

test('verify: the discipline secretary may; whoever reported may not, though the role allows it', async () => {
  expect((await take.verify(city.discipline, await aCaseIn('reported'))).state).toBe('closed')
  const own = await aCaseIn('reported', { reportedBy: city.deputy.accountNo })
  await expect(take.verify(city.deputy, own)).rejects.toMatchObject({ code: 'supervision.verifier_must_be_another', status: 403 })
})

test.each(['remind', 'supervise', 'return', 'reopen'] as const)(
  '%s: two officers at once: exactly one wins, the other hears what is possible now',
  async (verb) => {
    const id = await aCaseIn(verb === 'remind' || verb === 'supervise' ? 'proposed' : stateFor[verb])
    const outcomes = await Promise.allSettled([take[verb](city.officer, id), take[verb](city.secondOfficer, id)])
    expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = outcomes.find((one) => one.status === 'rejected')
    expect(lost?.reason).toMatchObject({
      code: 'supervision.case_not_allowed_now',
      status: 409,
      detail: expect.stringContaining('现在可以：'),
    })
  },
)

test('pause: the owner and the branch at once: one wait begins', async () => {
  const id = await aCaseIn('supervised')
  const outcomes = await Promise.allSettled([take.pause(city.owner, id), take.pause(city.branchSecretary, id)])
  expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
})
