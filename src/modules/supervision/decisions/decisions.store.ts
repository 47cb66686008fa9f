import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { DecisionState } from './decisions.lifecycle.ts'

export interface StoredDecision {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: DecisionState
  readonly organizationNo: number
}
export interface StoredMatter {
  readonly no: number
  readonly id: string
  readonly text: string
  readonly dueOn: CivilDate
}

/** What a decision says. */
export interface DecisionWords {
  readonly documentNumber: string
  readonly title: string
  readonly issuer: string
  readonly issuedOn: CivilDate
}
export interface MatterWords {
  readonly id?: string | undefined
  readonly text: string
  readonly dueOn: CivilDate
}

/** One decision in the reader's scope; null where there is none to see. */
export async function findDecision(read: Read, id: string): Promise<StoredDecision | null> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.decisions')
    .select(['no', 'id', 'revision', 'state', 'organization_no as organizationNo'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, state: row.state as DecisionState } : null
}

export async function mattersOf(read: Read, decisionNo: number): Promise<StoredMatter[]> {
  return reading<'supervision'>(read)
    .selectFrom('supervision.decision_matters')
    .select(['no', 'id', 'text', 'due_on as dueOn'])
    .where('decision_no', '=', decisionNo)
    .where('dropped', '=', false)
    .orderBy('position')
    .execute()
}

const columnsOf = ({ documentNumber, title, issuer, issuedOn }: DecisionWords) => ({
  document_number: documentNumber,
  title,
  issuer,
  issued_on: issuedOn,
})

interface Step {
  readonly action: string
  readonly state: DecisionState
  readonly reason: string | null
  readonly body: Readonly<Record<string, unknown>>
}

async function writeStep(work: Work, at: { decisionNo: number; revision: number }, step: Step): Promise<void> {
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.decision_steps')
    .values({
      decision_no: at.decisionNo,
      revision: at.revision,
      action: step.action,
      state: step.state,
      body: JSON.stringify(step.body),
      reason: step.reason,
      acted_at: work.now,
      acted_by: work.actor.accountNo,
    })
    .execute()
}

async function insertMatters(
  work: Work,
  decisionNo: number,
  matters: readonly (MatterWords & { position: number })[],
): Promise<void> {
  if (matters.length === 0) return
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.decision_matters')
    .values(
      matters.map(({ position, text, dueOn }) => ({ id: newId('pnt'), decision_no: decisionNo, position, text, due_on: dueOn })),
    )
    .execute()
}

/** Writes a decision with its matters and its first step; answers its id. */
export async function insertDecision(
  work: Work,
  decision: { organizationNo: number; words: DecisionWords; matters: readonly MatterWords[] },
): Promise<string> {
  const { no, id } = await writing<'supervision'>(work.tx)
    .insertInto('supervision.decisions')
    .values({
      id: newId('dcn'),
      revision: 1,
      state: 'recorded',
      organization_no: decision.organizationNo,
      ...columnsOf(decision.words),
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
    })
    .returning(['no', 'id'])
    .executeTakeFirstOrThrow()
  await insertMatters(
    work,
    no,
    decision.matters.map((matter, at) => ({ ...matter, position: at + 1 })),
  )
  const body = { ...decision.words, matters: decision.matters }
  await writeStep(work, { decisionNo: no, revision: 1 }, { action: 'record', state: 'recorded', reason: null, body })
  return id
}

/** Moves a decision on if it still stands where it was read, and writes the step. False when somebody was faster. */
export async function changeDecision(
  work: Work,
  decision: StoredDecision,
  step: Step & { words?: DecisionWords },
): Promise<boolean> {
  const revision = decision.revision + 1
  const moved = await writing<'supervision'>(work.tx)
    .updateTable('supervision.decisions')
    .set({ ...(step.words && columnsOf(step.words)), state: step.state, state_reason: step.reason, revision })
    .where('no', '=', decision.no)
    .where('state', '=', decision.state)
    .where('revision', '=', decision.revision)
    .returning('no')
    .executeTakeFirst()
  if (!moved) return false
  await writeStep(work, { decisionNo: decision.no, revision }, step)
  return true
}

/** Brings the matters to what is said now: known ones in their new words and places, new ones added, the others dropped. */
export async function replaceMatters(
  work: Work,
  decisionNo: number,
  is: { before: readonly StoredMatter[]; after: readonly MatterWords[] },
): Promise<void> {
  const db = writing<'supervision'>(work.tx)
  for (const matter of is.before) {
    const at = is.after.findIndex((one) => one.id === matter.id)
    const said = is.after[at]
    const set = said ? { text: said.text, due_on: said.dueOn, position: at + 1 } : { dropped: true }
    await db.updateTable('supervision.decision_matters').set(set).where('no', '=', matter.no).execute()
  }
  const added = is.after.map((matter, at) => ({ ...matter, position: at + 1 })).filter((matter) => matter.id === undefined)
  await insertMatters(work, decisionNo, added)
}
