import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { aDisciplineLine } from '../../../../tests/builders/a-discipline-line.ts'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import { type Actor, systemActor } from '../../../kernel/access/actor.ts'
import { readAs, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import '../index.ts'
import * as acts from './clues.actions.ts'
import { clueAsked } from './clues.queries.ts'
import { handOverClues } from './clues.store.ts'
import { clueLife, type ClueState, clueStates, type ClueVerb } from './clues.lifecycle.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity
let line: Awaited<ReturnType<typeof aDisciplineLine>>

beforeAll(async () => {
  city = await aSupervisedCity(platform)
  line = await aDisciplineLine(platform, city)
})

type Take = (actor: Actor, id: string) => Promise<{ state: ClueState }>
const reason = '情况需要'
const take: Record<ClueVerb, Take> = {
  assess: (actor, id) => act(actor, acts.assessClueAction, { id, opinion: '线索具体，可以核实' }),
  verify: (actor, id) => act(actor, acts.verifyClueAction, { id, plan: '调阅采购记录', dueOn: '2026-12-20' }),
  extend: (actor, id) => act(actor, acts.extendClueAction, { id, dueOn: '2027-01-20', reason }),
  transfer: (actor, id) => act(actor, acts.transferClueAction, { id, to: '市纪委监委', reason }),
  file: (actor, id) => act(actor, acts.fileClueAction, { id, reason }),
  conclude: (actor, id) => act(actor, acts.concludeClueAction, { id, outcome: '查无实据，予以了结' }),
  reopen: (actor, id) => act(actor, acts.reopenClueAction, { id, reason }),
  name: (actor, id) => act(actor, acts.nameInClueAction, { id, namedIds: [city.keeper.id], above: false, reason }),
}
const verbs = Object.keys(take) as ClueVerb[]
const stateOf = async (id: string) => {
  const { rows } = await sql<{ state: ClueState; revision: number; steps: number }>`select c.state, c.revision,
      (select count(*)::int from supervision.clue_steps s where s.clue_no = c.no) as steps
    from supervision.clues c where c.id = ${id}`.execute(platform.owner.kysely)
  return rows[0]
}

test('whatever is tried in whatever order, a clue moves along the table with a signed step for each move; the rest is 409', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...verbs), { minLength: 4, maxLength: 9 }), async (tried) => {
      const { id } = await line.receive(line.first)
      let [state, moves]: [ClueState, number] = ['received', 1]
      for (const verb of tried) {
        const next: ClueState | undefined = clueLife.table[state][verb]
        const attempt = take[verb](line.first.actor, id)
        if (next === undefined) await expect(attempt).rejects.toMatchObject({ status: 409 })
        else {
          expect((await attempt).state).toBe(next)
          ;[state, moves] = [next, moves + 1]
        }
        expect(await stateOf(id)).toEqual({ state, revision: moves, steps: moves })
      }
    }),
    { numRuns: 5 },
  )
})

test('every state that is not an edge answers 409 with what is allowed, and everybody outside the line 404 or 403', async () => {
  const outside = [
    city.officer,
    city.deputy,
    city.leader,
    city.branchSecretary,
    city.owner,
    city.otherDeputy,
    ...line.administrators,
  ]
  for (const state of Object.keys(clueStates) as ClueState[]) {
    const { id } = await line.receive(line.first)
    await sql`update supervision.clues set state = ${state}, outcome_cipher = case when ${state} = 'concluded' then 'x' end,
      concluded_on = case when ${state} = 'concluded' then '2026-11-23'::date end where id = ${id}`.execute(platform.owner.kysely)
    for (const verb of verbs.filter((one) => clueLife.table[state][one] === undefined))
      await expect(take[verb](line.first.actor, id), `${state} ${verb}`).rejects.toMatchObject({
        code: 'supervision.clue_not_allowed_now',
        detail: expect.stringContaining('现在'),
      })
    await expect(take.assess(line.elsewhere.actor, id)).rejects.toMatchObject({ status: 404 })
  }
  const { id } = await line.receive(line.first)
  for (const actor of outside) await expect(take.assess(actor, id)).rejects.toMatchObject({ status: 403 })
})

test('when the handling organization ends, its clues go above and can still be read', async () => {
  const { id } = await line.receive(line.first)
  await writeAsSystem(platform.database, (tx) =>
    handOverClues(
      {
        tx,
        platform,
        actor: systemActor,
        now: platform.clock.now(),
        today: '2026-11-23',
        requestId: null,
        emit: async () => undefined,
      },
      city.branch.no,
    ),
  )
  expect(
    await readAs(platform.database, line.first.actor, (db) =>
      clueAsked(db, id, { actor: line.first.actor, today: '2026-11-23', crypto: platform.crypto }),
    ),
  ).toMatchObject({
    handledBy: { id: city.committee.id },
    steps: [{}, { actionName: '原办理组织撤销，交上级' }],
  })
})
