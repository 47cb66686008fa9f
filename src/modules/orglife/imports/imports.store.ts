import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import type { Work } from '../../../kernel/actions/action.ts'
import { newId } from '../../../kernel/identity/ids.ts'

export interface StoredImport {
  readonly no: number
  readonly id: string
  readonly kind: string
  readonly organizationNo: number
  readonly undone: boolean
}

/** One import as far as the reader may see it. */
export async function findImport(read: Read, kind: string, id: string): Promise<StoredImport | undefined> {
  const row = await reading<'orglife'>(read)
    .selectFrom('orglife.sheet_imports')
    .select(['no', 'id', 'kind', 'organization_no', 'undone_at'])
    .where('id', '=', id)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return row && { no: row.no, id: row.id, kind: row.kind, organizationNo: row.organization_no, undone: row.undone_at !== null }
}

/** A record as an import left it. */
export interface ImportedRecord {
  readonly no: number
  readonly revision: number
}

export interface MadeImport {
  readonly kind: string
  readonly organizationNo: number
  readonly lateReason: string
  readonly fingerprint: string | null
  readonly records: readonly (ImportedRecord & { readonly heldOn: string })[]
}

export async function insertImport(work: Work, made: MadeImport): Promise<string> {
  const db = writing<'orglife'>(work.tx)
  const id = newId('mim')
  const days = made.records.map(({ heldOn }) => heldOn).sort()
  const row = await db
    .insertInto('orglife.sheet_imports')
    .values({
      id,
      kind: made.kind,
      organization_no: made.organizationNo,
      records: made.records.length,
      first_on: days[0] ?? work.today,
      last_on: days.at(-1) ?? work.today,
      fingerprint: made.fingerprint,
      late_reason: made.lateReason,
      imported_at: work.now,
      imported_by: work.actor.accountNo,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('orglife.imported_records')
    .values(made.records.map(({ no, revision }) => ({ import_no: row.no, record_no: no, revision })))
    .execute()
  return id
}

/** The records of an import as it left them. */
export async function importedRecords(read: Read, importNo: number): Promise<ImportedRecord[]> {
  const rows = await reading<'orglife'>(read)
    .selectFrom('orglife.imported_records')
    .select(['record_no as no', 'revision'])
    .where('import_no', '=', importNo)
    .orderBy('record_no')
    .execute()
  return rows
}

/** Marks an import as undone; false when somebody else was faster. */
export async function markUndone(work: Work, importNo: number, reason: string): Promise<boolean> {
  const done = await writing<'orglife'>(work.tx)
    .updateTable('orglife.sheet_imports')
    .set({ undone_at: work.now, undone_by: work.actor.accountNo, undo_reason: reason })
    .where('no', '=', importNo)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}
