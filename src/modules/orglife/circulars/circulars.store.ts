import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { CircularState } from './circulars.lifecycle.ts'

export interface StoredCircular {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: CircularState
  readonly organizationNo: number
}

/** One notice in the reader's scope; null where there is none to see. */
export async function findCircular(read: Read, id: string): Promise<StoredCircular | null> {
  const row = await reading<'orglife'>(read)
    .selectFrom('orglife.circulars')
    .select(['no', 'id', 'revision', 'state', 'organization_no as organizationNo'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, state: row.state as CircularState } : null
}

interface NewCircular {
  readonly organizationNo: number
  readonly toNos: readonly number[]
  readonly kind: string
  readonly title: string
  readonly content: string
  readonly validUntil: CivilDate
  readonly meetingNo: number | null
  readonly supersedesNo: number | null
  readonly fileNos: readonly number[]
}

export async function insertCircular(work: Work, circular: NewCircular): Promise<string> {
  const db = writing<'orglife'>(work.tx)
  const { no, id } = await db
    .insertInto('orglife.circulars')
    .values({
      id: newId('cir'),
      revision: 1,
      state: 'issued',
      organization_no: circular.organizationNo,
      kind: circular.kind,
      title: circular.title,
      content: circular.content,
      valid_from: work.today,
      valid_until: circular.validUntil,
      meeting_no: circular.meetingNo,
      supersedes_no: circular.supersedesNo,
      issued_at: work.now,
      issued_by: work.actor.accountNo,
    })
    .returning(['no', 'id'])
    .executeTakeFirstOrThrow()
  await db
    .insertInto('orglife.circular_addressees')
    .values(circular.toNos.map((organization_no) => ({ circular_no: no, organization_no, from_no: circular.organizationNo })))
    .execute()
  if (circular.fileNos.length > 0)
    await db
      .insertInto('orglife.circular_files')
      .values(circular.fileNos.map((file_no) => ({ circular_no: no, file_no })))
      .execute()
  return id
}

/** Ends a notice that still stands; false when somebody was faster. */
export async function endCircular(
  work: Work,
  circular: StoredCircular,
  end: { state: CircularState; reason: string },
): Promise<boolean> {
  const moved = await writing<'orglife'>(work.tx)
    .updateTable('orglife.circulars')
    .set({ state: end.state, revision: circular.revision + 1, ended_on: work.today, end_reason: end.reason })
    .where('no', '=', circular.no)
    .where('state', '=', 'issued')
    .executeTakeFirst()
  return moved.numUpdatedRows === 1n
}
