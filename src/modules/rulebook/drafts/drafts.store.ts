import { sql } from 'kysely'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { plainBody } from './body.rules.ts'
import type { draftOrigins, draftStates, DraftBody } from './drafts.contract.ts'

/** A draft as it is kept. */
export interface StoredDraft {
  readonly no: number
  readonly id: string
  readonly documentNo: number | null
  readonly document: { readonly id: string; readonly code: string; readonly title: string } | null
  readonly baseEdition: number | null
  /** The document's last edition today. */
  readonly edition: number | null
  readonly origin: keyof typeof draftOrigins
  readonly state: keyof typeof draftStates
  readonly version: number
  readonly body: DraftBody
  readonly changedBy: string | null
  readonly changedAt: Date
}

interface DraftRow extends Omit<StoredDraft, 'body' | 'document'> {
  readonly body: unknown
  readonly documentId: string | null
  readonly documentCode: string | null
  readonly documentTitle: string | null
}

const columns = sql`f.no, f.id, f.document_no as "documentNo", f.base_edition as "baseEdition", f.origin, f.state, f.version, f.body,
  d.id as "documentId", d.code as "documentCode", d.title as "documentTitle",
  (select max(e.edition) from rulebook.editions e where e.document_no = f.document_no) as edition,
  directory.account_name(f.changed_by) as "changedBy", f.changed_at as "changedAt"`

const db = (read: Read) => reading<'rulebook' | 'directory'>(read)

function storedOf({ documentId, documentCode, documentTitle, body, ...row }: DraftRow): StoredDraft {
  const document = documentId === null ? null : { id: documentId, code: documentCode ?? '', title: documentTitle ?? '' }
  return { ...row, document, body: plainBody(body) }
}

/** All drafts, those being written first, the last changed first. */
export async function allDrafts(read: Read, state: string | undefined): Promise<StoredDraft[]> {
  const rows = await sql<DraftRow>`select ${columns} from rulebook.drafts f left join rulebook.documents d on d.no = f.document_no
    where ${state === undefined ? sql`true` : sql`f.state = ${state}`}
    order by (f.state <> 'open'), f.changed_at desc, f.no desc limit 200`.execute(db(read))
  return rows.rows.map(storedOf)
}

/** One draft by its id; the open draft of a document when its id or code is given and there is just one. */
export async function findDraft(read: Read, id: string): Promise<StoredDraft | undefined> {
  const rows = await sql<DraftRow>`select ${columns} from rulebook.drafts f left join rulebook.documents d on d.no = f.document_no
    where f.id = ${id} or (f.state = 'open' and (d.id = ${id} or d.code = ${id})) order by (f.id = ${id}) desc limit 2`.execute(
    db(read),
  )
  const [first, second] = rows.rows
  if (!first || (second && first.id !== id)) return undefined
  return storedOf(first)
}

/** Who changes a draft, when. */
interface Change {
  readonly by: number | null
  readonly at: Date
}

/** Begins a draft with its first revision; answers its id. */
export async function insertDraft(
  tx: Tx,
  draft: Pick<StoredDraft, 'documentNo' | 'baseEdition' | 'origin' | 'body'> & { contentHash?: string },
  change: Change,
): Promise<string> {
  const id = newId('drf')
  const body = JSON.stringify(draft.body)
  const { no } = await writing<'rulebook'>(tx)
    .insertInto('rulebook.drafts')
    .values({
      id,
      document_no: draft.documentNo,
      base_edition: draft.baseEdition,
      origin: draft.origin,
      version: 1,
      body,
      content_hash: draft.contentHash ?? null,
      changed_by: change.by,
      changed_at: change.at,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
  await keepRevision(tx, { no, version: 1, body, what: '起草' }, change)
  return id
}

async function keepRevision(
  tx: Tx,
  revision: { no: number; version: number; body: string; what: string },
  change: Change,
): Promise<void> {
  await writing<'rulebook'>(tx)
    .insertInto('rulebook.draft_revisions')
    .values({
      draft_no: revision.no,
      version: revision.version,
      body: revision.body,
      what: revision.what,
      changed_by: change.by,
      changed_at: change.at,
    })
    .execute()
}

/** Changes a draft that is still open and still has that number; false when it has moved on. */
export async function saveDraft(
  tx: Tx,
  draft: { no: number; version: number; body: DraftBody; what: string },
  change: Change,
): Promise<boolean> {
  const version = draft.version + 1
  const body = JSON.stringify(draft.body)
  const saved = await writing<'rulebook'>(tx)
    .updateTable('rulebook.drafts')
    .set({ version, body, changed_by: change.by, changed_at: change.at })
    .where('no', '=', draft.no)
    .where('version', '=', draft.version)
    .where('state', '=', 'open')
    .returning('no')
    .executeTakeFirst()
  if (!saved) return false
  await keepRevision(tx, { no: draft.no, version, body, what: draft.what }, change)
  return true
}

/** Closes an open draft that still has that number; false when it has moved on. */
export async function closeDraft(
  tx: Tx,
  draft: { no: number; version: number; state: 'published' | 'discarded'; documentNo?: number; edition?: number },
  change: Change,
): Promise<boolean> {
  const closed = await writing<'rulebook'>(tx)
    .updateTable('rulebook.drafts')
    .set({
      state: draft.state,
      changed_by: change.by,
      changed_at: change.at,
      ...(draft.documentNo !== undefined && { document_no: draft.documentNo }),
      ...(draft.edition !== undefined && { published_edition: draft.edition }),
    })
    .where('no', '=', draft.no)
    .where('version', '=', draft.version)
    .where('state', '=', 'open')
    .returning('no')
    .executeTakeFirst()
  return closed !== undefined
}

export interface Revision {
  readonly version: number
  readonly what: string
  readonly by: string | null
  readonly at: Date
}

/** Who changed a draft when, the last first. */
export async function revisionsOf(read: Read, draftNo: number): Promise<Revision[]> {
  const rows = await sql<Revision>`select version, what, directory.account_name(changed_by) as by, changed_at as at
    from rulebook.draft_revisions where draft_no = ${draftNo} order by version desc limit 200`.execute(db(read))
  return rows.rows
}

/** A draft's body under one of its numbers. */
export async function revisionBody(read: Read, draftNo: number, version: number): Promise<DraftBody | undefined> {
  const row = await db(read)
    .selectFrom('rulebook.draft_revisions')
    .select('body')
    .where('draft_no', '=', draftNo)
    .where('version', '=', version)
    .executeTakeFirst()
  return row && plainBody(row.body)
}
