import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'

export async function insertNote(
  work: Work,
  note: { listNo: number; personNo: number; organizationNo: number; text: string },
): Promise<string> {
  const id = newId('rdn')
  await writing<'learning'>(work.tx)
    .insertInto('learning.reading_notes')
    .values({
      id,
      list_no: note.listNo,
      person_no: note.personNo,
      organization_no: note.organizationNo,
      state: 'shared',
      text: note.text,
      shared_at: work.now,
    })
    .execute()
  return id
}

/** Empties and closes one's own note; false when there is none to take back. */
export async function takeNoteBack(work: Work, no: number): Promise<boolean> {
  const changed = await writing<'learning'>(work.tx)
    .updateTable('learning.reading_notes')
    .set({ state: 'withdrawn', text: '', withdrawn_at: work.now })
    .where('no', '=', no)
    .where('state', '=', 'shared')
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

/** A note of the asker's own. */
export async function ownNote(read: Read, id: string, personNo: number | null): Promise<{ no: number } | undefined> {
  const { rows } = await sql<{
    no: number
  }>`select no from learning.reading_notes where id = ${id} and person_no = ${personNo}::bigint`.execute(
    reading<'learning'>(read),
  )
  return rows[0]
}
