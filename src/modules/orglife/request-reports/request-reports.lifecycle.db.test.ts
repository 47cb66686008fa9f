import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import * as acts from './request-reports.actions.ts'
import {
  type RequestAction,
  requestActions,
  requestLifecycle,
  type RequestState,
  requestStates,
} from './request-reports.lifecycle.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity

beforeAll(async () => {
  city = await aSupervisedCity(platform)
})

const body = (title = '购置党员活动室桌椅') => ({
  kind: 'request' as const,
  title,
  content: '活动室桌椅破损，拟购置三十套，经费从党建经费列支。',
  urgent: false,
  toId: city.committee.id,
  copyIds: [],
  fileIds: [],
})
const aPaper = async () =>
  (await act(city.branchSecretary, acts.draftRequestAction, { organizationId: city.branch.id, ...body() })).id

interface Standing {
  readonly state: RequestState
  readonly revision: number
  readonly steps: number
  readonly last: string
}
async function standing(id: string): Promise<Standing> {
  const { rows } = await sql<Standing>`select r.state, r.revision,
      (select count(*)::int from orglife.request_steps s where s.request_no = r.no) as steps,
      (select s.state from orglife.request_steps s where s.request_no = r.no order by s.revision desc limit 1) as last
    from orglife.request_reports r where r.id = ${id}`.execute(platform.owner.kysely)
  return rows[0] as Standing
}

const take: Record<RequestAction, (actor: Actor, id: string) => Promise<{ state: RequestState; revision: number }>> = {
  edit: async (actor, id) =>
    act(actor, acts.editRequestAction, { id, revision: (await standing(id)).revision, ...body('购置活动室桌椅三十套') }),
  send: (actor, id) => act(actor, acts.sendRequestAction, { id }),
  withdraw: (actor, id) => act(actor, acts.withdrawRequestAction, { id, reason: '还要再研究' }),
  supplement: (actor, id) =>
    act(actor, acts.supplementRequestAction, { id, copyIds: [], circulated: '传批审定', signer: '甲某' }),
  follow_up: (actor, id) => act(actor, acts.followUpAction, { id, report: '已经购置到位' }),
  receive: (actor, id) => act(actor, acts.receiveAction, { id }),
  tell_delay: (actor, id) => act(actor, acts.tellDelayAction, { id, until: '2026-12-20', reason: '要等预算批复' }),
  return: (actor, id) => act(actor, acts.returnRequestAction, { id, ground: 'incomplete', reason: '没有写经费来源' }),
  pass_up: (actor, id) => act(actor, acts.passUpAction, { id, opinion: '拟同意，请审定' }),
  answer: (actor, id) => act(actor, acts.answerRequestAction, { id, answer: '同意，按采购规定办理' }),
  close: (actor, id) => act(actor, acts.closeRequestAction, { id }),
}
const verbs = Object.keys(requestActions) as RequestAction[]
const aboveVerbs: RequestAction[] = ['receive', 'tell_delay', 'return', 'pass_up', 'answer', 'close']
/** Who takes an act rightly: the branch, its committee, and the working committee with what was passed to it. */
const doer = (verb: RequestAction, state: RequestState): Actor =>
  !aboveVerbs.includes(verb) ? city.branchSecretary : state === 'passed' ? city.officer : city.deputy

/** The shortest way into a state, by real acts. */
const ways: Record<RequestState, RequestAction[]> = {
  drafted: [],
  sent: ['send'],
  received: ['send', 'receive'],
  returned: ['send', 'receive', 'return'],
  passed: ['send', 'receive', 'pass_up'],
  answered: ['send', 'receive', 'answer'],
  followed_up: ['send', 'receive', 'answer', 'follow_up'],
  closed: ['send', 'receive', 'answer', 'follow_up', 'close'],
  withdrawn: ['withdraw'],
}
async function aPaperIn(state: RequestState): Promise<string> {
  const id = await aPaper()
  for (const verb of ways[state]) await take[verb](doer(verb, 'drafted'), id)
  return id
}
/** A request is closed once it is answered and the sender has said how it went. */
const refusedBeyond = (verb: RequestAction, state: RequestState) =>
  verb === 'close' && (state === 'received' || state === 'answered')

describe.each(Object.keys(requestStates) as RequestState[])('a request that is %s', (state) => {
  test('answers every act as the table says, and a refused one changes nothing and says what is possible', async () => {
    let id = await aPaperIn(state)
    for (const verb of verbs) {
      const before = await standing(id)
      const next: RequestState | undefined = requestLifecycle[state][verb]
      const attempt = take[verb](doer(verb, state), id)
      if (next && !refusedBeyond(verb, state)) {
        expect(await attempt, verb).toMatchObject({ state: next, revision: before.revision + 1 })
        expect(await standing(id)).toMatchObject({ state: next, last: next, steps: before.steps + 1 })
        id = await aPaperIn(state)
      } else {
        const refused = next ? { status: 422 } : { code: 'orglife.request_report_not_allowed_now', status: 409 }
        await expect(attempt, verb).rejects.toMatchObject(
          next ? refused : { ...refused, detail: expect.stringMatching(/现在可以：/) },
        )
        expect(await standing(id)).toEqual(before)
      }
    }
  })
})

test('a leader who only reads may take no step, to another unit it is not there, and the branch takes no step of those above', async () => {
  const stateFor = (verb: RequestAction) =>
    (Object.keys(requestStates) as RequestState[]).find((state) => requestLifecycle[state][verb]) ?? 'drafted'
  for (const verb of verbs) {
    const id = await aPaperIn(stateFor(verb))
    await expect(take[verb](city.leader, id), verb).rejects.toMatchObject({ code: 'kernel.forbidden', status: 403 })
    await expect(take[verb](city.owner, id), verb).rejects.toMatchObject({ code: 'kernel.forbidden', status: 403 })
    await expect(take[verb](city.otherDeputy, id), verb).rejects.toMatchObject({ status: 404 })
    if (aboveVerbs.includes(verb)) await expect(take[verb](city.branchSecretary, id), verb).rejects.toMatchObject({ status: 403 })
  }
  await expect(act(city.leader, acts.draftRequestAction, { organizationId: city.branch.id, ...body() })).rejects.toMatchObject({
    status: 403,
  })
  // What was passed upward is no longer the committee's to answer.
  const passed = await aPaperIn('passed')
  await expect(take.receive(city.deputy, passed)).rejects.toMatchObject({ status: 404 })
})

test('two above who act at once: exactly one wins; whoever sent it does not answer it', async () => {
  const id = await aPaperIn('passed')
  await take.receive(city.officer, id)
  const outcomes = await Promise.allSettled([take.answer(city.officer, id), take.return(city.secondOfficer, id)])
  expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  const own = await aPaper()
  await take.send(city.deputy, own)
  await expect(take.receive(city.deputy, own)).rejects.toMatchObject({ code: 'orglife.own_request', status: 409 })
})
