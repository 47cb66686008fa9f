import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'

/** What somebody's own entry of the ledger hangs on: the class or the record, and the organization that entered it. */
export interface OwnEntry {
  readonly classNo: number | null
  readonly recordNo: number | null
  readonly organizationNo: number
  readonly title: string
}

export async function ownEntry(read: Read, personNo: number, id: string): Promise<OwnEntry | undefined> {
  const { rows } = await sql<OwnEntry>`
    select c.no as "classNo", null::bigint as "recordNo", c.organization_no as "organizationNo", c.title from learning.classes c
      join learning.participants x on x.class_no = c.no and x.person_no = ${personNo} where c.id = ${id}
    union all
    select null, s.no, s.organization_no, s.title from learning.study_records s where s.id = ${id} and s.person_no = ${personNo}`.execute(
    reading<'learning'>(read),
  )
  return rows[0]
}

export async function insertRequest(work: Work, entry: OwnEntry, asked: { personNo: number; text: string }): Promise<string> {
  const id = newId('hcr')
  await writing<'learning'>(work.tx)
    .insertInto('learning.correction_requests')
    .values({
      id,
      state: 'asked',
      person_no: asked.personNo,
      organization_no: entry.organizationNo,
      class_no: entry.classNo,
      record_no: entry.recordNo,
      text: asked.text,
      asked_at: work.now,
      asked_by: work.actor.accountNo,
    })
    .execute()
  return id
}

export interface StoredRequest {
  readonly no: number
  readonly state: 'asked' | 'answered'
  readonly personNo: number
  readonly organizationNo: number
}

export async function findRequest(read: Read, id: string): Promise<StoredRequest | undefined> {
  const { rows } = await sql<StoredRequest>`select no, state, person_no as "personNo", organization_no as "organizationNo"
    from learning.correction_requests where id = ${id}`.execute(reading<'learning'>(read))
  return rows[0]
}

export async function answerRequest(work: Work, no: number, answer: string): Promise<boolean> {
  const changed = await writing<'learning'>(work.tx)
    .updateTable('learning.correction_requests')
    .set({ state: 'answered', answer, answered_at: work.now, answered_by: work.actor.accountNo })
    .where('no', '=', no)
    .where('state', '=', 'asked')
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}
