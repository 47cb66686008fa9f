import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'

export interface StoredList {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: 'recommended' | 'withdrawn'
  readonly organizationNo: number
  readonly issuedOn: CivilDate
}
export interface ListBody {
  readonly title: string
  readonly issuedOn: CivilDate
  readonly note: string | null
  readonly books: readonly { category: string; title: string; author?: string | undefined; remark?: string | undefined }[]
}

/** One instalment as far as the reader may see it. */
export async function findList(read: Read, id: string): Promise<StoredList | undefined> {
  const { rows } =
    await sql<StoredList>`select no, id, revision, state, organization_no as "organizationNo", issued_on as "issuedOn"
    from learning.reading_lists where id = ${id}`.execute(reading<'learning'>(read))
  return rows[0]
}

const columns = (body: ListBody) => ({ title: body.title, issued_on: body.issuedOn, note: body.note })

async function writeBooks(work: Work, no: number, books: ListBody['books']): Promise<void> {
  const db = writing<'learning'>(work.tx)
  await db.deleteFrom('learning.reading_books').where('list_no', '=', no).execute()
  await db
    .insertInto('learning.reading_books')
    .values(
      books.map(({ category, title, author, remark }, index) => ({
        list_no: no,
        position: index + 1,
        category,
        title,
        author: author || null,
        remark: remark || null,
      })),
    )
    .execute()
}

export async function insertList(work: Work, body: ListBody, organizationNo: number): Promise<string> {
  const id = newId('rdl')
  const { no } = await writing<'learning'>(work.tx)
    .insertInto('learning.reading_lists')
    .values({
      id,
      revision: 1,
      state: 'recommended',
      organization_no: organizationNo,
      ...columns(body),
      recorded_on: work.today,
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
  await writeBooks(work, no, body.books)
  await keep(work, { no, revision: 1, state: 'recommended', body, reason: null })
  return id
}

/** Puts a new revision in the place of the last; false when somebody else was faster. */
export async function replaceList(
  work: Work,
  held: StoredList,
  next: { state: StoredList['state']; body?: ListBody; reason: string },
): Promise<boolean> {
  const revision = held.revision + 1
  const changed = await writing<'learning'>(work.tx)
    .updateTable('learning.reading_lists')
    .set({
      revision,
      state: next.state,
      ...(next.body && columns(next.body)),
      ...(next.state === 'withdrawn' && { state_reason: next.reason }),
    })
    .where('no', '=', held.no)
    .where('revision', '=', held.revision)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  if (next.body) await writeBooks(work, held.no, next.body.books)
  await keep(work, { no: held.no, revision, state: next.state, body: next.body ?? {}, reason: next.reason })
  return true
}

async function keep(
  work: Work,
  kept: { no: number; revision: number; state: string; body: unknown; reason: string | null },
): Promise<void> {
  await writing<'learning'>(work.tx)
    .insertInto('learning.reading_list_revisions')
    .values({
      list_no: kept.no,
      revision: kept.revision,
      state: kept.state,
      body: JSON.stringify(kept.body),
      reason: kept.reason,
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
    })
    .execute()
}

/** The organizations to which a recommendation is given: the one that gives it and those under it. */
export async function givenTo(read: Read, organizationNo: number): Promise<number[]> {
  const { rows } = await sql<{ no: number }>`select a.organization_no as no from directory.organization_ancestry a
    join directory.organizations o on o.no = a.organization_no and o.kind <> 'group'
    where a.ancestor_no = ${organizationNo} and upper_inf(a.valid) order by 1`.execute(reading<'directory'>(read))
  return rows.map(({ no }) => no)
}
