import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { factsChanged, servedBy, type TouchedFacts } from '../../rulebook/index.ts'
import { chosenOrganizations } from '../meetings/meeting-body.queries.ts'
import { checkLateness, satisfiedOf } from '../meetings/served-duties.rules.ts'
import { entryBodyOf } from './entry-body.queries.ts'
import { ofEntry } from './entry-endpoints.contract.ts'
import type { EntryKind } from './entry-kind.contract.ts'
import { entryRecorded } from './entries.events.ts'
import { type EntryAction, entryActions as verbs, entryLifecycle, entryStates } from './entries.lifecycle.ts'
import { type EntryBody, findEntry, insertEntry, replaceEntry, type StoredEntry, withdrawStored } from './entries.store.ts'
import { entryKinds } from './kinds.contract.ts'

const numbersOf = async (work: Work, ids: readonly string[]) => (await chosenOrganizations(work.tx, ids)).map(({ no }) => no)

async function entryOf(work: Work, kind: EntryKind, id: string): Promise<StoredEntry> {
  const entry = await findEntry(work.tx, kind, id)
  if (!entry) throw new Problem('orglife.entry_not_found')
  return entry
}

function allowed(entry: StoredEntry, verb: EntryAction): void {
  if (entryLifecycle[entry.state][verb]) return
  throw new Problem('kernel.not_allowed_now', {
    detail: `这条记录${entryStates[entry.state]}，不能${verbs[verb]}。它已经办结。`,
  })
}

type Counted = Pick<StoredEntry, 'organizationNos' | 'personNos' | 'heldOn' | 'labels'>
const countedOf = (body: EntryBody): Counted => ({ ...body, personNos: body.people.map(({ personNo }) => personNo) })

/** What entries of a kind bear on, old and new alike. */
function touchedBy(kind: EntryKind, ...entries: readonly Counted[]): TouchedFacts {
  return {
    organizations: entries.flatMap(({ organizationNos }) => organizationNos),
    persons: entries.flatMap(({ personNos }) => personNos),
    dates: entries.map(({ heldOn }) => heldOn),
    of: ['entries_made', 'entry_coverage', 'pairs_covered'].map((name) => `orglife.${name}`),
    about: { entries: [kind.code] },
  }
}

function actionsOf(kind: EntryKind) {
  const { permission } = kind
  const about = (id: string) => [{ kind: kind.code.replaceAll('-', '_'), id }]
  const served = (work: Work, entry: { no: number; heldOn: string }) =>
    servedBy(work.tx, { kind: kind.code, no: entry.no, heldOn: entry.heldOn })
  // What a confined entry is called may say what it was about, so the ledger keeps the day alone.
  const ledgerFields = (body: EntryBody) => ({ ...(!kind.confined && { title: body.title }), heldOn: body.heldOn })
  return {
    record: action({
      name: `${permission}.record`,
      input: kind.recordBody,
      touches: (work, input) => numbersOf(work, input.organizationIds),
      run: async (work, input) => {
        const body = await entryBodyOf(work, kind, input)
        const { no, id } = await insertEntry(work, kind, { body, lateReason: input.lateReason ?? null })
        await factsChanged(work, touchedBy(kind, countedOf(body)))
        const serves = await served(work, { no, heldOn: body.heldOn })
        checkLateness(serves, input.lateReason, '做的日期')
        await work.emit(entryRecorded.of({ kind: kind.code, entryNo: no, heldOn: body.heldOn }))
        const fields = { ...ledgerFields(body), lateReason: input.lateReason }
        return { reply: { id, satisfied: satisfiedOf(serves) }, objects: about(id), fields }
      },
    }),
    correct: action({
      name: `${permission}.correct`,
      input: kind.correctBody.extend(ofEntry.shape),
      touches: async (work, input) => [
        ...(await entryOf(work, kind, input.id)).organizationNos,
        ...(await numbersOf(work, input.organizationIds)),
      ],
      run: async (work, input) => {
        const { id, revision, reason } = input
        const entry = await entryOf(work, kind, id)
        allowed(entry, 'correct')
        if (entry.revision !== revision) throw new Problem('kernel.changed_meanwhile')
        const body = await entryBodyOf(work, kind, input)
        if (!(await replaceEntry(work, kind, { entry, body, reason }))) throw new Problem('kernel.changed_meanwhile')
        await factsChanged(work, touchedBy(kind, entry, countedOf(body)))
        const serves = await served(work, { no: entry.no, heldOn: body.heldOn })
        const reply = { id, revision: revision + 1, satisfied: satisfiedOf(serves) }
        return { reply, objects: about(id), fields: { reason, ...ledgerFields(body) } }
      },
    }),
    withdraw: action({
      name: `${permission}.withdraw`,
      input: ofEntry.extend(kind.endpoints.withdraw.body.shape),
      touches: async (work, { id }) => (await entryOf(work, kind, id)).organizationNos,
      run: async (work, { id, reason }) => {
        const entry = await entryOf(work, kind, id)
        allowed(entry, 'withdraw')
        if (!(await withdrawStored(work, entry, reason))) throw new Problem('kernel.changed_meanwhile')
        await factsChanged(work, touchedBy(kind, entry))
        return { reply: { id }, objects: about(id), fields: { reason } }
      },
    }),
  }
}

const held = new Map(entryKinds.map((kind) => [kind.code, actionsOf(kind)]))

/** The three acts on entries of a kind. */
export function entryActionsOf(kind: EntryKind): ReturnType<typeof actionsOf> {
  const found = held.get(kind.code)
  if (!found) throw new Error(`the register of kinds has no ${kind.code}`)
  return found
}
