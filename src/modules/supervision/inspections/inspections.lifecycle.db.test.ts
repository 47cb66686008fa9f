import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { answerLinesAction } from './answers.actions.ts'
import * as acts from './inspections.actions.ts'
import {
  type InspectionAction,
  inspectionActions,
  inspectionLifecycle,
  type InspectionState,
  inspectionStates,
  type Manner,
} from './inspections.lifecycle.ts'
import { possibleNow } from './inspections.rules.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity
let made = 0

beforeAll(async () => {
  city = await aSupervisedCity(platform)
})

/** An inspection put into a state by the database's owner, as if its history had led there. */
async function anInspectionIn(state: InspectionState, manner: Manner): Promise<string> {
  made += 1
  const id = `ins_${made}`
  const announced = state === 'announced' ? '2026-11-20' : null
  const started = ['started', 'signed', 'closed'].includes(state) ? '2026-11-22' : null
  await sql`with i as (insert into supervision.inspections (id, revision, state, manner, title, organization_no, led_by_organization_no, visit_on,
      planned_at, planned_by, announced_at, started_at, signed_at, cancel_reason)
    values (${id}, 3, ${state}, ${manner}, '检查', ${city.branch.no}, ${city.city.no}, '2026-11-23', now(), ${city.officer.accountNo}, ${announced},
      ${started}, ${state === 'signed' || state === 'closed' ? '2026-11-22' : null}, ${state === 'cancelled' ? '改期' : null}) returning no)
    insert into supervision.inspection_lines (id, inspection_no, position, kind, question) select ${`lin_${made}`}, no, 0, 'fixed', '有没有违规收费' from i`.execute(
    platform.owner.kysely,
  )
  return id
}

const strokes = [[1, 1, 9, 9]]
const take: Record<InspectionAction, (id: string) => Promise<unknown>> = {
  announce: (id) => act(city.officer, acts.announceInspectionAction, { id }),
  edit: async (id) => {
    const { rows } = await sql<{ revision: number }>`select revision from supervision.inspections where id = ${id}`.execute(
      platform.owner.kysely,
    )
    return act(city.officer, acts.editChecklistAction, {
      id,
      revision: rows[0]?.revision ?? 0,
      lines: [{ question: '另查一项' }],
    })
  },
  start: (id) => act(city.officer, acts.startInspectionAction, { id }),
  answer: (id) =>
    act(city.officer, answerLinesAction, { id, answers: [{ line: id.replace('ins', 'lin'), over: 0, answer: 'good' }] }),
  sign: (id) =>
    act(city.officer, acts.signInspectionAction, {
      id,
      clientId: Math.random().toString(16).slice(2).padEnd(32, '0').slice(0, 32),
      covers: [],
      signatures: [
        { side: 'inspector', name: '丁某', strokes },
        { side: 'visited', name: '乙某', strokes },
      ],
      signedAt: '2026-11-23T10:00:00+08:00',
    }),
  remark: (id) => act(city.branchSecretary, acts.remarkInspectionAction, { id, remark: '材料已补' }),
  close: (id) => act(city.officer, acts.closeInspectionAction, { id, conclusion: '总体较好' }),
  cancel: (id) => act(city.officer, acts.cancelInspectionAction, { id, reason: '改期' }),
  resume: (id) => act(city.officer, acts.resumeInspectionAction, { id, reason: '现场已经查了' }),
}

const verbs = Object.keys(inspectionActions) as InspectionAction[]
const states = (Object.keys(inspectionStates) as InspectionState[]).flatMap((state) =>
  (state === 'announced' ? (['open'] as const) : (['open', 'unannounced'] as const)).map((manner) => ({ state, manner })),
)
const stateOf = async (id: string) => {
  const { rows } = await sql<{ state: InspectionState; remarked: boolean }>`select state, remark is not null as remarked
    from supervision.inspections where id = ${id}`.execute(platform.owner.kysely)
  return rows[0]
}
/** Unknown to the visited, it is not there for them; else 409. */
const refusedAs = (verb: InspectionAction, state: InspectionState) =>
  verb === 'remark' && ['planned', 'cancelled'].includes(state) ? { status: 404 } : { status: 409 }

describe.each(states)('an inspection that is $state ($manner)', ({ state, manner }) => {
  test.each(verbs)('answers %s as the table says', async (verb) => {
    const id = await anInspectionIn(state, manner)
    const goes = possibleNow({ state, manner, remarked: false }).includes(verb)
    if (goes) await take[verb](id)
    else await expect(take[verb](id)).rejects.toMatchObject(refusedAs(verb, state))
    expect((await stateOf(id))?.state).toBe(goes ? inspectionLifecycle[state][verb] : state)
  })
})

/** A small generator, so that a failing walk can be walked again. */
function drawing(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return (state >>> 8) % below
  }
}

test.each([1, 2])('on a random walk (%i) the product stands where the table stands, step by step', async (seed) => {
  const draw = drawing(seed)
  const manner: Manner = draw(2) === 0 ? 'open' : 'unannounced'
  const id = await anInspectionIn('planned', manner)
  let model: { state: InspectionState; manner: Manner; remarked: boolean } = { state: 'planned', manner, remarked: false }
  for (let step = 0; step < 15; step += 1) {
    const verb = verbs[draw(verbs.length)] ?? 'start'
    const possible = possibleNow(model).includes(verb)
    const outcome = await take[verb](id).then(
      () => true,
      (error: { status?: number }) => {
        expect([404, 409]).toContain(error.status)
        return false
      },
    )
    expect(outcome).toBe(possible)
    if (possible)
      model = {
        ...model,
        state: inspectionLifecycle[model.state][verb] ?? model.state,
        remarked: model.remarked || verb === 'remark',
      }
    expect(await stateOf(id)).toMatchObject({ state: model.state, remarked: model.remarked })
  }
})

test('two officers at once: exactly one starts it, the other hears what is possible now', async () => {
  const id = await anInspectionIn('planned', 'unannounced')
  const outcomes = await Promise.allSettled([
    act(city.officer, acts.startInspectionAction, { id }),
    act(city.secondOfficer, acts.startInspectionAction, { id }),
  ])
  expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(outcomes.find((one) => one.status === 'rejected')?.reason).toMatchObject({
    code: 'supervision.inspection_not_allowed_now',
    detail: expect.stringContaining('现在可以：'),
  })
})
