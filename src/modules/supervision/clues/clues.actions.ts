import { sql } from 'kysely'
import { z } from 'zod'
import { type Action, action, type Work } from '../../../kernel/actions/action.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { checkDueOn } from '../records/records.actions.ts'
import { refusalOf } from '../records/records.rules.ts'
import { signedAs } from '../records/signature.rules.ts'
import * as contract from './clues.contract.ts'
import { clueLife, type ClueState, type ClueVerb } from './clues.lifecycle.ts'
import { type ClueChange, findClue, moveClue, nameInClue, personsNamed, sealText, type StoredClue } from './clues.store.ts'
import { giveToLine, namedOf } from './receiving.actions.ts'

const ofClue = z.object({ id: z.string() })

interface ClueMoved {
  readonly id: string
  readonly state: ClueState
  readonly revision: number
}

async function clueOf(work: Work, id: string): Promise<StoredClue> {
  const stored = await findClue(work.tx, id, work.actor)
  if (!stored) throw new Problem('supervision.clue_not_found')
  return stored
}

const notNow = (state: ClueState, verb: ClueVerb) =>
  new Problem('supervision.clue_not_allowed_now', { detail: refusalOf(clueLife, state, verb) })

type Take<Input> = (
  work: Work,
  stored: StoredClue,
  given: { input: Input; step: { action: string; state: ClueState; signedAs: string } },
) => Promise<boolean>

/** A step of a clue's life. The ledger keeps who, when and which clue: no place, no field, no word of it. */
function clueAction<Input extends z.ZodType<{ id: string }>>(
  verb: ClueVerb,
  input: Input,
  take: Take<z.output<Input>>,
): Action<Input, ClueMoved> {
  const name = `supervision.clue.${verb}`
  return action({
    name,
    input,
    touches: () => [],
    run: async (work, asked) => {
      const stored = await clueOf(work, asked.id)
      const state = clueLife.table[stored.state][verb]
      if (!state) throw notNow(stored.state, verb)
      const step = { action: verb, state, signedAs: signedAs(work.actor, name) }
      if (!(await take(work, stored, { input: asked, step }))) throw notNow((await clueOf(work, asked.id)).state, verb)
      const reply = { id: stored.id, state, revision: stored.revision + 1 }
      return { reply, objects: [{ kind: 'clue', id: stored.id }] }
    },
  })
}

type Said = Pick<ClueChange, 'reason' | 'body' | 'set'>

const clueStep = <Input extends z.ZodType<{ id: string }>>(
  verb: ClueVerb,
  input: Input,
  said: (work: Work, stored: StoredClue, asked: z.output<Input>) => Said,
) =>
  clueAction(verb, input, (work, stored, { input: asked, step }) =>
    moveClue(work, stored, { ...step, ...said(work, stored, asked) }),
  )

export const assessClueAction = clueStep(
  'assess',
  ofClue.extend(contract.assessClue.body.shape),
  (_work, _stored, { opinion }) => ({
    set: {},
    reason: null,
    body: { opinion },
  }),
)

export const verifyClueAction = clueStep(
  'verify',
  ofClue.extend(contract.verifyClue.body.shape),
  (work, _stored, { plan, dueOn }) => {
    checkDueOn(work, dueOn)
    return { set: { due_on: dueOn }, reason: null, body: { plan, dueOn } }
  },
)

export const extendClueAction = clueStep(
  'extend',
  ofClue.extend(contract.extendClue.body.shape),
  (work, _stored, { dueOn, reason }) => {
    checkDueOn(work, dueOn)
    return { set: { due_on: dueOn }, reason, body: { dueOn } }
  },
)

export const transferClueAction = clueStep(
  'transfer',
  ofClue.extend(contract.transferClue.body.shape),
  (_work, _stored, { to, reason }) => ({ set: { due_on: null }, reason, body: { to } }),
)

export const fileClueAction = clueStep('file', ofClue.extend(contract.fileClue.body.shape), (_work, _stored, { reason }) => ({
  set: {},
  reason,
  body: {},
}))

export const concludeClueAction = clueStep(
  'conclude',
  ofClue.extend(contract.concludeClue.body.shape),
  (work, { id }, { outcome }) => ({
    set: { outcome_cipher: sealText(work.platform.crypto, 'outcome', { id, value: outcome }), concluded_on: work.today },
    reason: null,
    body: { outcome },
  }),
)

export const reopenClueAction = clueStep(
  'reopen',
  ofClue.extend(contract.reopenClue.body.shape),
  (_work, _stored, { reason }) => ({
    set: { outcome_cipher: null, concluded_on: null, due_on: null },
    reason,
    body: {},
  }),
)

/** Names further persons. Whoever is named is out from this moment; where a head of the unit is among them, it goes above. */
export const nameInClueAction = clueAction(
  'name',
  ofClue.extend(contract.nameInClue.body.shape),
  async (work, stored, { input: { namedIds, above, reason }, step }) => {
    const added = await namedOf(work, namedIds)
    const persons = [...new Set([...(await personsNamed(work.tx, stored.no)), ...added])]
    const { handledByNo, tell } = await giveToLine(work, { organizationNo: stored.organizationNo, persons, above })
    const higher = await moreAbove(work, stored.handledByNo, handledByNo)
    const change = { ...step, reason, body: { added: added.length }, persons: added, handledByNo: higher }
    const kept = await nameInClue(work, stored, change)
    if (kept && higher !== stored.handledByNo) await tell(stored.id)
    return kept
  },
)

/** Naming never brings a clue further down: of two that could handle it the higher one does. */
async function moreAbove(work: Work, one: number, other: number): Promise<number> {
  if (one === other) return one
  const { rows } = await sql`select 1 from directory.organization_ancestry
    where organization_no = ${other} and ancestor_no = ${one} and upper_inf(valid)`.execute(reading<'directory'>(work.tx))
  return rows.length > 0 ? one : other
}
