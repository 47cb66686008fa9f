import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Work } from '../../../kernel/actions/action.ts'
import type { CryptoProvider, Place } from '../../../kernel/crypto/provider.ts'
import { asEngine, type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { readableClue } from './clue-line.queries.ts'
import type { ClueSource, ClueState } from './clues.lifecycle.ts'

/** A clue as the acts need it; its texts stay sealed. */
export interface StoredClue {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: ClueState
  readonly organizationNo: number
  readonly handledByNo: number
}

/** One clue that the actor may handle; what is not theirs is not there. */
export async function findClue(read: Read, id: string, actor: Actor): Promise<StoredClue | null> {
  const { rows } = await sql<StoredClue>`select c.no, c.id, c.revision, c.state, c.organization_no as "organizationNo",
      c.handled_by_no as "handledByNo"
    from supervision.clues c where c.id = ${id} and ${readableClue(actor)}`.execute(reading<'supervision' | 'directory'>(read))
  return rows[0] ?? null
}

type Text = 'title' | 'matter' | 'informant' | 'outcome'
const placeOf = (text: Text, id: string): Place => ({ column: `supervision.clues.${text}_cipher`, row: id })
const stepPlace = (id: string, revision: number): Place => ({
  column: 'supervision.clue_steps.words_cipher',
  row: `${id}/${revision}`,
})

export const sealText = (crypto: CryptoProvider, text: Text, of: { id: string; value: string }) =>
  crypto.seal(of.value, placeOf(text, of.id))
export const openText = (crypto: CryptoProvider, text: Text, of: { id: string; sealed: string | null }) =>
  of.sealed === null ? null : crypto.open(of.sealed, placeOf(text, of.id))

/** What a step says: sealed as one text, bound to the clue and the revision. */
export interface StepWords {
  readonly reason: string | null
  readonly body: Readonly<Record<string, unknown>>
}
export const openWords = (crypto: CryptoProvider, of: { id: string; revision: number; sealed: string }): StepWords =>
  JSON.parse(crypto.open(of.sealed, stepPlace(of.id, of.revision))) as StepWords

export interface ClueStep extends StepWords {
  readonly action: string
  readonly state: ClueState
  readonly signedAs: string
}

/** The sealed texts of a clue that is written in bulk: its title, its matter and its first step. */
export const sealClue = (crypto: CryptoProvider, id: string, said: { title: string; matter: string }) => ({
  title: sealText(crypto, 'title', { id, value: said.title }),
  matter: sealText(crypto, 'matter', { id, value: said.matter }),
  firstStep: crypto.seal(JSON.stringify({ reason: null, body: {} }), stepPlace(id, 1)),
})

async function writeStep(work: Work, at: { no: number; id: string; revision: number }, step: ClueStep): Promise<void> {
  const { reason, body } = step
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.clue_steps')
    .values({
      clue_no: at.no,
      revision: at.revision,
      action: step.action,
      state: step.state,
      words_cipher: work.platform.crypto.seal(JSON.stringify({ reason, body }), stepPlace(at.id, at.revision)),
      signed_as: step.signedAs,
      acted_at: work.now,
      acted_by: work.actor.accountNo,
    })
    .execute()
}

export interface ReceivedClue {
  readonly organizationNo: number
  readonly handledByNo: number
  readonly source: ClueSource
  readonly findingNo: number | null
  readonly problemNo: number | null
  readonly keyProjectNo: number | null
  readonly title: string
  readonly matter: string
  readonly informant: string | null
  readonly persons: readonly number[]
  readonly assessBy: CivilDate
  readonly signedAs: string
}

async function insertPersons(work: Work, clueNo: number, persons: readonly number[]): Promise<void> {
  if (persons.length === 0) return
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.clue_persons')
    .values([...new Set(persons)].map((person_no) => ({ clue_no: clueNo, person_no, named_at: work.now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Keeps a clue. As the engine, because it may go where whoever receives it does not see it. */
export async function insertClue(work: Work, received: ReceivedClue): Promise<{ no: number; id: string }> {
  const { crypto } = work.platform
  const id = newId('clu')
  return asEngine(work.tx, async () => {
    const { no } = await writing<'supervision'>(work.tx)
      .insertInto('supervision.clues')
      .values({
        id,
        revision: 1,
        state: 'received',
        organization_no: received.organizationNo,
        handled_by_no: received.handledByNo,
        source: received.source,
        finding_no: received.findingNo,
        problem_no: received.problemNo,
        key_project_no: received.keyProjectNo,
        title_cipher: sealText(crypto, 'title', { id, value: received.title }),
        matter_cipher: sealText(crypto, 'matter', { id, value: received.matter }),
        informant_cipher: received.informant === null ? null : sealText(crypto, 'informant', { id, value: received.informant }),
        received_on: work.today,
        received_by: work.actor.accountNo,
        assess_by: received.assessBy,
      })
      .returning('no')
      .executeTakeFirstOrThrow()
    await insertPersons(work, no, received.persons)
    const { signedAs } = received
    await writeStep(work, { no, id, revision: 1 }, { action: 'receive', state: 'received', reason: null, body: {}, signedAs })
    return { no, id }
  })
}

export interface ClueChange extends ClueStep {
  readonly set: Readonly<Partial<Record<'outcome_cipher' | 'due_on' | 'concluded_on', string | null>>>
}

async function move(tx: Tx, stored: StoredClue, set: Readonly<Record<string, string | number | null>>): Promise<boolean> {
  const sets = Object.entries({ ...set, revision: stored.revision + 1 }).map(
    ([column, value]) => sql`${sql.ref(column)} = ${value}`,
  )
  const { rows } = await sql<{ no: number }>`update supervision.clues set ${sql.join(sets)}
    where no = ${stored.no} and state = ${stored.state} and revision = ${stored.revision} returning no`.execute(
    writing<'supervision'>(tx),
  )
  return rows.length > 0
}

/** Moves a clue on if it still stands where it was read, and writes the step. False when somebody was faster. */
export async function moveClue(work: Work, stored: StoredClue, change: ClueChange): Promise<boolean> {
  if (!(await move(work.tx, stored, { ...change.set, state: change.state }))) return false
  await writeStep(work, { ...stored, revision: stored.revision + 1 }, change)
  return true
}

/** Names further persons in a clue and gives it to whoever handles it then. As the engine: it may leave the actor's sight by that. */
export async function nameInClue(
  work: Work,
  stored: StoredClue,
  change: ClueStep & { persons: readonly number[]; handledByNo: number },
): Promise<boolean> {
  return asEngine(work.tx, async () => {
    if (!(await move(work.tx, stored, { handled_by_no: change.handledByNo }))) return false
    await insertPersons(work, stored.no, change.persons)
    await writeStep(work, { ...stored, revision: stored.revision + 1 }, change)
    return true
  })
}

/** Inner numbers of everybody named in a clue. */
export async function personsNamed(read: Read, clueNo: number): Promise<number[]> {
  const rows = await reading<'supervision'>(read)
    .selectFrom('supervision.clue_persons')
    .select('person_no')
    .where('clue_no', '=', clueNo)
    .orderBy('person_no')
    .execute()
  return rows.map((row) => row.person_no)
}

/**
 * Clues handled by an organization that ends go to the one above it, closed ones too, so that somebody can still read them; never to the
 * successor, whose heads may be named in them. What they are about stays what it was.
 */
export async function handOverClues(work: Work, endedNo: number): Promise<void> {
  await asEngine(work.tx, async () => {
    const { rows } = await sql<StoredClue>`update supervision.clues c set handled_by_no = e.parent_no, revision = c.revision + 1
      from (select parent_no from directory.organization_edges where organization_no = ${endedNo} order by valid desc limit 1) e
      where c.handled_by_no = ${endedNo}
      returning c.no, c.id, c.revision, c.state, c.organization_no as "organizationNo", c.handled_by_no as "handledByNo"`.execute(
      writing<'supervision'>(work.tx),
    )
    for (const clue of rows)
      await writeStep(work, clue, { action: 'hand_over', state: clue.state, reason: null, body: {}, signedAs: '系统' })
  })
}
