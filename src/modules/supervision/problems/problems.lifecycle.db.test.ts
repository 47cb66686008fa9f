import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import * as following from './problem-follow.actions.ts'
import * as acts from './problems.actions.ts'
import { problemAsked } from './problem-page.queries.ts'
import { problemLife, type ProblemState, problemStates, type ProblemVerb } from './problems.lifecycle.ts'
import './problems.policy.ts'
import { problemsAsked } from './problems.queries.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity

beforeAll(async () => {
  city = await aSupervisedCity(platform)
})

const found = { title: '会议记录两个月没有', description: '九月和十月都查不到', source: 'self', dimension: 'D3' } as const
const raise = (actor: Actor, more: { source?: 'self' | 'masses'; title?: string } = {}) =>
  act(actor, acts.raiseProblemAction, { organizationId: city.branch.id, ...found, ...more })
const dueOn = '2026-12-10'
const reason = '情况属实'

type Take = (actor: Actor, id: string) => Promise<{ state: ProblemState }>
const take: Record<Exclude<ProblemVerb, 'reinstate' | 'link' | 'open_case'>, Take> = {
  accept: (actor, id) =>
    act(actor, acts.acceptProblemAction, { id, ownerId: city.member.id, remedies: '补齐记录', dueOn, reason }),
  reject: (actor, id) => act(actor, acts.rejectProblemAction, { id, reason }),
  report: (actor, id) => act(actor, acts.reportProblemAction, { id, rectification: '已补齐记录' }),
  verify: (actor, id) => act(actor, acts.verifyProblemAction, { id, verification: '看过记录', onSite: true }),
  return: (actor, id) => act(actor, acts.returnProblemAction, { id, reason }),
  confirm: (actor, id) => act(actor, acts.confirmProblemAction, { id }),
  dispute: (actor, id) => act(actor, acts.disputeProblemAction, { id, reason }),
  close: (actor, id) => act(actor, acts.closeProblemAction, { id, reason }),
  reopen: (actor, id) => act(actor, acts.reopenProblemAction, { id, reason, dueOn }),
  urge: (actor, id) => act(actor, following.urgeProblemAction, { id, reason }),
  put_off: (actor, id) => act(actor, following.putOffProblemAction, { id, reason, dueOn }),
}
type Taken = keyof typeof take
const verbs = Object.keys(take) as Taken[]

/** Whoever may take the verb: raised and reported by the branch's secretary, decided and verified by officers. */
const actorFor = (verb: Taken): Actor => (['report', 'confirm', 'dispute'].includes(verb) ? city.branchSecretary : city.deputy)

const stateOf = async (id: string) => {
  const { rows } = await sql<{ state: ProblemState; revision: number; steps: number }>`select p.state, p.revision,
      (select count(*)::int from supervision.record_steps s where s.kind = 'problem' and s.record_no = p.no) as steps
    from supervision.problems p where p.id = ${id}`.execute(platform.owner.kysely)
  return rows[0] as { state: ProblemState; revision: number; steps: number }
}

test('whatever is tried in whatever order, a problem moves along the table, keeps a step for each move, and refuses the rest with 409', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...verbs), { minLength: 4, maxLength: 9 }), async (tried) => {
      platform.clock.moveTo('2026-11-23')
      const { id } = await raise(city.branchSecretary)
      let [state, moves]: [ProblemState, number] = ['raised', 1]
      for (const verb of tried) {
        if (verb === 'close') platform.clock.moveTo('2026-12-09')
        const next: ProblemState | undefined = problemLife.table[state][verb]
        const attempt = take[verb](actorFor(verb), id)
        if (next === undefined) await expect(attempt).rejects.toMatchObject({ status: 409 })
        else {
          expect((await attempt).state).toBe(next)
          ;[state, moves] = [next, moves + 1]
        }
        expect(await stateOf(id)).toEqual({ state, revision: moves, steps: moves })
      }
    }),
    { numRuns: 12 },
  )
})

test('every state that is not an edge of the table answers 409 with what is possible', async () => {
  platform.clock.moveTo('2026-11-23')
  for (const state of Object.keys(problemStates) as ProblemState[]) {
    for (const verb of verbs.filter((one) => problemLife.table[state][one] === undefined)) {
      const { id } = await raise(city.branchSecretary)
      await sql`update supervision.problems set state = ${state} where id = ${id}`.execute(platform.owner.kysely)
      await expect(take[verb](actorFor(verb), id), `${state} ${verb}`).rejects.toMatchObject({
        code: 'supervision.problem_not_allowed_now',
        detail: expect.stringContaining('问题现在是'),
      })
    }
  }
})

async function rectified(): Promise<string> {
  const { id } = await raise(city.branchSecretary)
  await take.accept(city.deputy, id)
  await take.report(city.deputy, id)
  return id
}

test('whoever reported the rectification does not verify it, though the role allows it; somebody else does', async () => {
  const id = await rectified()
  await expect(take.verify(city.deputy, id)).rejects.toMatchObject({ code: 'supervision.problem_verifier_must_be_another' })
  expect((await take.verify(city.discipline, id)).state).toBe('verified')
})

test('only whoever raised it confirms; without a word from them it is closed after ten working days and not before', async () => {
  const id = await rectified()
  await take.verify(city.discipline, id)
  await expect(take.confirm(city.owner, id)).rejects.toMatchObject({ code: 'kernel.forbidden' })
  platform.clock.moveTo('2026-12-07')
  await expect(take.close(city.deputy, id)).rejects.toMatchObject({ code: 'supervision.problem_raiser_still_asked' })
  platform.clock.moveTo('2026-12-08')
  expect((await take.close(city.deputy, id)).state).toBe('closed')
  platform.clock.moveTo('2026-11-23')
})

test.each(['accept', 'reject', 'verify', 'return', 'close', 'reopen', 'urge', 'put_off'] as const)(
  '%s: a leader of the unit may not',
  async (verb) => {
    const { id } = await raise(city.branchSecretary)
    await expect(take[verb](city.leader, id)).rejects.toMatchObject({ status: 403 })
  },
)

test('report: somebody of the branch who neither owns nor answers may not', async () => {
  const { id } = await raise(city.branchSecretary)
  await take.accept(city.deputy, id)
  await expect(take.report(city.leader, id)).rejects.toMatchObject({ code: 'kernel.forbidden' })
})

test('a problem of another unit is not there', async () => {
  const { id } = await raise(city.branchSecretary)
  await expect(take.accept(city.otherDeputy, id)).rejects.toMatchObject({ status: 404 })
})

test('two officers at once: exactly one accepts, the other hears what is possible now', async () => {
  const { id } = await raise(city.branchSecretary)
  const outcomes = await Promise.allSettled([take.accept(city.officer, id), take.reject(city.secondOfficer, id)])
  expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  const lost = outcomes.find((one) => one.status === 'rejected')
  expect(lost?.reason).toMatchObject({ code: 'supervision.problem_not_allowed_now', status: 409 })
})

test('a member raises one in the own branch as 群众提 only, sees it, and sees no other', async () => {
  await raise(city.branchSecretary, { title: '别人提的问题' })
  await expect(raise(city.owner)).rejects.toMatchObject({ code: 'supervision.problem_source_of_member' })
  const { id } = await raise(city.owner, { source: 'masses', title: '活动室长期锁门' })
  const asking = { actor: city.owner, today: '2026-11-23' }
  const seen = await readAs(platform.database, city.owner, (read) =>
    problemsAsked(read, { limit: 500, text: '提的问题' }, asking),
  )
  expect(seen.items).toEqual([])
  const page = await readAs(platform.database, city.owner, (read) => problemAsked(read, id, asking))
  expect(page).toMatchObject({ title: '活动室长期锁门', anonymous: false, abilities: [] })
})

test('what recurs is suggested by likeness, linked by a person, and only to what came earlier', async () => {
  const first = await raise(city.branchSecretary, { title: '学习笔记缺了三个月的记录' })
  const again = await raise(city.branchSecretary, { title: '学习笔记又缺三个月的记录' })
  const asking = { actor: city.deputy, today: '2026-11-23' }
  const page = () => readAs(platform.database, city.deputy, (read) => problemAsked(read, again.id, asking))
  expect((await page()).alike[0]?.id).toBe(first.id)
  await expect(act(city.deputy, acts.linkProblemAction, { id: first.id, earlierId: again.id })).rejects.toMatchObject({
    code: 'supervision.problem_link_not_earlier',
  })
  await act(city.deputy, acts.linkProblemAction, { id: again.id, earlierId: first.id })
  expect(await page()).toMatchObject({ earlier: { id: first.id }, recurs: true, alike: [] })
})
