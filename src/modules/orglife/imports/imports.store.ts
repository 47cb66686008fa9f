import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import type { Work } from '../../../kernel/actions/action.ts'
import { newId } from '../../../kernel/identity/ids.ts'

export interface StoredImport {
  readonly no: number
  readonly id: string
  readonly organizationNo: number
  readonly undone: boolean
}

/** One import as far as the reader may see it. */
export async function findImport(read: Read, id: string): Promise<StoredImport | undefined> {
  const row = await reading<'orglife'>(read)
    .selectFrom('orglife.meeting_imports')
    .select(['no', 'id', 'organization_no', 'undone_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { no: row.no, id: row.id, organizationNo: row.organization_no, undone: row.undone_at !== null }
}

export async function insertImport(
  work: Work,
  made: { organizationNo: number; lateReason: string; meetingNos: readonly number[] },
): Promise<string> {
  const db = writing<'orglife'>(work.tx)
  const id = newId('mim')
  const row = await db
    .insertInto('orglife.meeting_imports')
    .values({
      id,
      organization_no: made.organizationNo,
      meetings: made.meetingNos.length,
      late_reason: made.lateReason,
      imported_at: work.now,
      imported_by: work.actor.accountNo,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('orglife.imported_meetings')
    .values(made.meetingNos.map((no) => ({ import_no: row.no, meeting_no: no })))
    .execute()
  return id
}

/** Ids of an import's meetings that stand as they were imported, and how many have been touched since. */
export async function untouchedMeetings(read: Read, importNo: number): Promise<{ ids: string[]; touched: number }> {
  const rows = await reading<'orglife'>(read)
    .selectFrom('orglife.imported_meetings as i')
    .innerJoin('orglife.meetings as m', 'm.no', 'i.meeting_no')
    .select(['m.id', 'm.revision', 'm.state'])
    .where('i.import_no', '=', importNo)
    .orderBy('m.no')
    .execute()
  const ids = rows.filter(({ revision, state }) => revision === 1 && state === 'recorded').map(({ id }) => id)
  return { ids, touched: rows.length - ids.length }
}

/** Marks an import as undone; false when somebody else was faster. */
export async function markUndone(work: Work, importNo: number, reason: string): Promise<boolean> {
  const done = await writing<'orglife'>(work.tx)
    .updateTable('orglife.meeting_imports')
    .set({ undone_at: work.now, undone_by: work.actor.accountNo, undo_reason: reason })
    .where('no', '=', importNo)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}
