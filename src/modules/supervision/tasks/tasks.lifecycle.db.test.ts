import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { giveAction } from './giving.actions.ts'
import * as acts from './tasks.actions.ts'
import { urgeAction } from './task-urge.actions.ts'
import { type TaskAction, taskActions, taskLifecycle, type TaskState, taskStates } from './tasks.lifecycle.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity

beforeAll(async () => {
  city = await aSupervisedCity(platform)
})

const draft = () => ({
  organizationId: city.branch.id,
  ownerId: city.member.id,
  dueOn: '2026-12-20',
  criterion: '三户都走访到并有记录',
  title: '走访困难党员',
})

async function aTask(): Promise<string> {
  const { ids } = await act(city.deputy, giveAction, { title: '走访困难党员', tasks: [draft()] })
  return ids[0] ?? ''
}

interface Standing {
  readonly state: TaskState
  readonly revision: number
  readonly steps: number
  readonly last: string
}

async function standing(id: string): Promise<Standing> {
  const { rows } =
    await sql<Standing>`select t.state, t.revision, (select count(*)::int from supervision.task_steps s where s.task_no = t.no) as steps,
      (select s.state from supervision.task_steps s where s.task_no = t.no order by s.revision desc limit 1) as last
    from supervision.tasks t where t.id = ${id}`.execute(platform.owner.kysely)
  return rows[0] as Standing
}

const revisionOf = async (id: string) => (await standing(id)).revision
let papers = 0

async function linkedEvidence(id: string): Promise<string> {
  const { rows } = await sql<{
    id: string
  }>`select v.id from supervision.task_evidence v join supervision.tasks t on t.no = v.task_no
    where t.id = ${id} and v.unlinked_at is null limit 1`.execute(platform.owner.kysely)
  return rows[0]?.id ?? 'evd_none'
}

const take: Record<TaskAction, (actor: Actor, id: string) => Promise<{ state: TaskState; revision: number }>> = {
  delegate: (actor, id) => act(actor, acts.delegateAction, { id, tasks: [draft()] }),
  link: (actor, id) => act(actor, acts.linkAction, { id, kind: 'paper', said: `走访登记表第 ${(papers += 1)} 页，存支部` }),
  unlink: async (actor, id) => act(actor, acts.unlinkAction, { id, evidenceId: await linkedEvidence(id), reason: '关联错了' }),
  report: (actor, id) => act(actor, acts.reportAction, { id, report: '三户都走访了' }),
  verify: (actor, id) => act(actor, acts.verifyAction, { id, verification: '看了登记表，属实', onSite: false }),
  return: (actor, id) => act(actor, acts.returnAction, { id, reason: '还差一户' }),
  ask_extension: (actor, id) => act(actor, acts.askExtensionAction, { id, until: '2027-01-20', reason: '一户外出未归' }),
  grant_extension: (actor, id) => act(actor, acts.grantExtensionAction, { id, reason: '情况属实' }),
  refuse_extension: (actor, id) => act(actor, acts.refuseExtensionAction, { id, reason: '可以电话联系' }),
  pause: (actor, id) => act(actor, acts.pauseAction, { id, waitingFor: '等机关党委拨付经费' }),
  resume: (actor, id) => act(actor, acts.resumeAction, { id }),
  change: async (actor, id) =>
    act(actor, acts.changeAction, {
      id,
      revision: await revisionOf(id),
      criterion: `标准之 ${(papers += 1)}：都走访到`,
      reason: '写得更清楚',
    }),
  cancel: (actor, id) => act(actor, acts.cancelAction, { id, reason: '合并到另一项' }),
  reopen: (actor, id) => act(actor, acts.reopenAction, { id, reason: '又有反映', dueOn: '2026-12-30' }),
  urge: (actor, id) => act(actor, urgeAction, { id, reason: '请抓紧' }),
}
const verbs = Object.keys(taskActions) as TaskAction[]
/** Who takes an act rightly. */
const doer = (verb: TaskAction): Actor =>
  ['link', 'unlink', 'report', 'ask_extension', 'pause', 'resume', 'delegate'].includes(verb) ? city.branchSecretary : city.deputy

/** The shortest way into a state, by real acts. */
const ways: Record<TaskState, TaskAction[]> = {
  assigned: ['link'],
  extension_asked: ['link', 'ask_extension'],
  waiting: ['link', 'pause'],
  reported: ['link', 'report'],
  closed: ['link', 'report', 'verify'],
  cancelled: ['link', 'cancel'],
}
async function aTaskIn(state: TaskState): Promise<string> {
  const id = await aTask()
  for (const verb of ways[state]) await take[verb](doer(verb), id)
  return id
}

describe.each(Object.keys(taskStates) as TaskState[])('a task that is %s', (state) => {
  test('answers every act as the table says, and a refused one changes nothing and says what is possible', async () => {
    let id = await aTaskIn(state)
    for (const verb of verbs) {
      const before = await standing(id)
      const next: TaskState | undefined = taskLifecycle[state][verb]
      const attempt = take[verb](doer(verb), id)
      if (next) {
        expect(await attempt).toMatchObject({ state: next, revision: before.revision + 1 })
        expect(await standing(id)).toMatchObject({ state: next, last: next, steps: before.steps + 1 })
        id = await aTaskIn(state)
      } else {
        await expect(attempt).rejects.toMatchObject({
          code: 'supervision.task_not_allowed_now',
          status: 409,
          detail: expect.stringMatching(/现在可以：|另行交办/),
        })
        expect(await standing(id)).toEqual(before)
      }
    }
  })
})

test('whatever is tried in whatever order: no step is skipped, what is not in the table answers 409, and every step is kept', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...verbs.filter((verb) => verb !== 'delegate')), { minLength: 4, maxLength: 14 }),
      async (tried) => {
        const id = await aTask()
        let state: TaskState = 'assigned'
        let linked = 0
        let steps = 1
        for (const verb of tried) {
          const next: TaskState | undefined = taskLifecycle[state][verb]
          const outcome = await take[verb](doer(verb), id).then(
            () => 'done' as const,
            (problem: { code: string; status: number }) => problem,
          )
          // Beyond the table: a report needs a record, and what is not linked cannot be unlinked.
          const short = (verb === 'report' || verb === 'unlink') && linked === 0
          if (next === undefined) expect(outcome).toMatchObject({ code: 'supervision.task_not_allowed_now', status: 409 })
          else if (short) expect(outcome).toMatchObject({ status: 422 })
          // An extension to the day that holds already is no extension.
          else if (outcome !== 'done') expect([verb, outcome.code]).toEqual(['ask_extension', 'kernel.invalid_input'])
          else {
            state = next
            steps += 1
            linked += verb === 'link' ? 1 : verb === 'unlink' ? -1 : 0
          }
          expect(await standing(id)).toEqual({ state, revision: steps, steps, last: state })
        }
      },
    ),
    { numRuns: 10 },
  )
})

const stateFor: Record<TaskAction, TaskState> = {
  delegate: 'assigned',
  link: 'assigned',
  unlink: 'assigned',
  report: 'assigned',
  verify: 'reported',
  return: 'reported',
  ask_extension: 'assigned',
  grant_extension: 'extension_asked',
  refuse_extension: 'extension_asked',
  pause: 'assigned',
  resume: 'waiting',
  change: 'assigned',
  cancel: 'assigned',
  reopen: 'closed',
  urge: 'assigned',
}

test('a leader who only reads may take no step, and to another unit the task is not there', async () => {
  for (const verb of verbs) {
    const id = await aTaskIn(stateFor[verb])
    await expect(take[verb](city.leader, id), verb).rejects.toMatchObject({ code: 'kernel.forbidden', status: 403 })
    await expect(take[verb](city.otherDeputy, id), verb).rejects.toMatchObject({ status: 404 })
  }
})

test('what the committee gave, the branch does not verify, extend, change, cancel or reopen', async () => {
  for (const verb of ['verify', 'return', 'grant_extension', 'refuse_extension', 'change', 'cancel', 'reopen', 'urge'] as const)
    await expect(take[verb](city.branchSecretary, await aTaskIn(stateFor[verb])), verb).rejects.toMatchObject({ status: 404 })
})

test('the owner without any role links, reports, asks and waits', async () => {
  for (const verb of ['link', 'report', 'ask_extension', 'pause', 'resume'] as const)
    expect((await take[verb](city.owner, await aTaskIn(stateFor[verb]))).state).toBe(taskLifecycle[stateFor[verb]][verb])
})

test('whoever reported does not verify, though the role allows it', async () => {
  const id = await aTaskIn('assigned')
  await take.report(city.deputy, id)
  await expect(take.verify(city.deputy, id)).rejects.toMatchObject({ code: 'supervision.verifier_must_be_another', status: 403 })
  expect((await take.verify(city.discipline, id)).state).toBe('closed')
})

test.each(['verify', 'grant_extension', 'cancel', 'return'] as const)(
  '%s: two officers at once: exactly one wins, the other hears that it is not possible now',
  async (verb) => {
    const id = await aTaskIn(stateFor[verb])
    const outcomes = await Promise.allSettled([take[verb](city.officer, id), take[verb](city.secondOfficer, id)])
    expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find((one) => one.status === 'rejected')?.reason).toMatchObject({ status: 409 })
  },
)
