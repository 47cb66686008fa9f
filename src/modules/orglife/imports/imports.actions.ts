import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import type { Read } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { factsChanged, servedBy, type TouchedFacts } from '../../rulebook/index.ts'
import { type ChosenOrganization, chosenOrganizations } from '../meetings/meeting-body.queries.ts'
import { satisfiedOf } from '../meetings/served-duties.rules.ts'
import type { ImportFault, Sheet } from './imports.contract.ts'
import { refuseKnownSheet } from './imports.queries.ts'
import { findImport, importedRecords, insertImport, markUndone, type StoredImport } from './imports.store.ts'
import type { SheetColumn, SheetRow } from './sheet.rules.ts'

/** A record as it stands after it was entered. */
export interface EnteredRecord {
  readonly no: number
  readonly id: string
  readonly heldOn: string
  readonly revision: number
  /** What it bears on. */
  readonly touched: TouchedFacts
}

export interface Asked {
  readonly organization: ChosenOrganization
  readonly today: string
}

/** All that is particular about a kind of sheet; the rest of bringing in old records is the same for all. */
export interface SheetRecords<Entered> {
  readonly sheet: Sheet
  /** The stem of the permissions `….import` and `….undo_import`. */
  readonly permission: string
  /** What the ledger and the engine call such a record. */
  readonly object: string
  readonly served: string
  readonly columns: readonly SheetColumn[]
  /** What may be chosen in a column of the template. */
  readonly choices: (read: Read) => Promise<Readonly<Record<string, readonly string[]>>>
  readonly record: z.ZodType<Entered>
  /** Rows as records ready to be entered; what is wrong with the others is said in the cells of their rows. */
  readonly checked: (
    read: Read,
    asked: Asked & { rows: readonly SheetRow[]; faults: ImportFault[] },
  ) => Promise<{ row: number; label: string; record: Entered }[]>
  /** Names of records that stand already, of those that are meant; `keyOf` names one. */
  readonly standing: (read: Read, organizationNo: number, records: readonly Entered[]) => Promise<Set<string>>
  readonly keyOf: (record: Entered) => string
  readonly enter: (work: Work, asked: Asked & { record: Entered; lateReason: string }) => Promise<EnteredRecord>
  /** Takes one back that stands in this revision; null when somebody has touched it since. */
  readonly takeBack: (
    work: Work,
    asked: { no: number; revision: number; reason: string },
  ) => Promise<{ id: string; touched: TouchedFacts } | null>
}

async function oneOrganization(work: Work, id: string): Promise<ChosenOrganization> {
  const [organization] = await chosenOrganizations(work.tx, [id])
  if (!organization) throw new Problem('directory.organization_not_found')
  return organization
}

const union = (parts: readonly (readonly string[] | undefined)[]) => [...new Set(parts.flatMap((part) => part ?? []))]

/** Many facts of one kind as one change, so that every figure is computed once. */
function together(touched: readonly TouchedFacts[]): TouchedFacts {
  const names = union(touched.map(({ about }) => Object.keys(about ?? {})))
  return {
    organizations: [...new Set(touched.flatMap(({ organizations }) => organizations))],
    persons: [...new Set(touched.flatMap(({ persons }) => persons ?? []))],
    dates: union(touched.map(({ dates }) => dates)),
    of: union(touched.map(({ of }) => of)),
    about: Object.fromEntries(names.map((name) => [name, union(touched.map(({ about }) => about?.[name]))])),
  }
}

/** What the records now count for, and which came after the last day. */
async function effectOf(work: Work, served: string, entered: readonly EnteredRecord[]) {
  const all = []
  const lateAt: number[] = []
  for (const [at, { no, heldOn }] of entered.entries()) {
    const of = await servedBy(work.tx, { kind: served, no, heldOn })
    if (of.some((one) => one.late)) lateAt.push(at)
    all.push(...of)
  }
  return { records: entered.length, late: lateAt.length, lateAt, satisfied: satisfiedOf(all) }
}

/** A fault of one record names its place in what was sent. */
async function inItsPlace<Reply>(at: number, entering: () => Promise<Reply>): Promise<Reply> {
  try {
    return await entering()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new Problem(error.code, {
      detail: `第 ${at + 1} 条：${error.detail}`,
      errors: error.errors.map(({ field, message }) => ({ field: `records.${at}.${field}`, message })),
    })
  }
}

const enterBody = z.strictObject({
  organizationId: z.string(),
  lateReason: z.string(),
  fingerprint: z.string().optional(),
  records: z.array(z.unknown()),
})

/** Enters old records as what they are: held then, recorded today, late where they are late. All of them or none. */
function enterActionOf<Entered>(kind: SheetRecords<Entered>) {
  return action({
    name: `${kind.permission}.import`,
    input: enterBody,
    touches: async (work, { organizationId }) => [(await oneOrganization(work, organizationId)).no],
    run: async (work, { organizationId, lateReason, fingerprint, records: sent }) => {
      const organization = await oneOrganization(work, organizationId)
      const { path } = kind.sheet
      await refuseKnownSheet(work.tx, { kind: path, organizationNo: organization.no, fingerprint })
      const records = z.array(kind.record).parse(sent)
      const seen = await kind.standing(work.tx, organization.no, records)
      const entered: EnteredRecord[] = []
      for (const [at, record] of records.entries()) {
        const key = kind.keyOf(record)
        if (seen.has(key))
          throw new Problem('orglife.import_twice', { errors: [{ field: `records.${at}`, message: `“${key}”已经记过。` }] })
        seen.add(key)
        const asked = { organization, today: work.today, record, lateReason }
        entered.push(await inItsPlace(at, () => kind.enter(work, asked)))
      }
      await factsChanged(work, together(entered.map(({ touched }) => touched)))
      const effect = await effectOf(work, kind.served, entered)
      const made = { kind: path, organizationNo: organization.no, lateReason, fingerprint: fingerprint ?? null, records: entered }
      const id = await insertImport(work, made)
      return {
        reply: { id, ...effect },
        objects: [{ kind: `${kind.object}_import`, id }, ...entered.map((one) => ({ kind: kind.object, id: one.id }))],
        fields: { records: effect.records, late: effect.late, lateReason },
      }
    },
  })
}

function undoActionOf<Entered>(kind: SheetRecords<Entered>) {
  const importOf = async (work: Work, id: string): Promise<StoredImport> => {
    const found = await findImport(work.tx, kind.sheet.path, id)
    if (!found) throw new Problem('orglife.import_not_found')
    return found
  }
  return action({
    name: `${kind.permission}.undo_import`,
    input: z.strictObject({ id: z.string(), reason: z.string() }),
    touches: async (work, { id }) => [(await importOf(work, id)).organizationNo],
    run: async (work, { id, reason }) => {
      const stored = await importOf(work, id)
      if (stored.undone || !(await markUndone(work, stored.no, reason))) throw new Problem('orglife.import_undone')
      const records = await importedRecords(work.tx, stored.no)
      const back = []
      for (const record of records) {
        const taken = await kind.takeBack(work, { ...record, reason })
        if (taken) back.push(taken)
      }
      if (back.length > 0) await factsChanged(work, together(back.map(({ touched }) => touched)))
      const kept = records.length - back.length
      return {
        reply: { id, withdrawn: back.length, kept },
        objects: [{ kind: `${kind.object}_import`, id }, ...back.map((one) => ({ kind: kind.object, id: one.id }))],
        fields: { reason, withdrawn: back.length, kept },
      }
    },
  })
}

export interface ImportActions {
  readonly enter: ReturnType<typeof enterActionOf>
  readonly undo: ReturnType<typeof undoActionOf>
}

/** The two acts on sheets of a kind. */
export const importActionsOf = <Entered>(kind: SheetRecords<Entered>): ImportActions => ({
  enter: enterActionOf(kind),
  undo: undoActionOf(kind),
})
