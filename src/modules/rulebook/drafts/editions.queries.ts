import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { RulebookFile } from '../documents/rulebook-file.contract.ts'
import { fileOf } from './body.rules.ts'
import type { Beside } from './draft-mistakes.rules.ts'

/** A published document with its last edition. */
export interface Published extends Beside {
  readonly no: number
  readonly id: string
  readonly code: string
  readonly edition: number
}

const db = (read: Read) => reading<'rulebook'>(read)

interface EditionRow extends Omit<Published, 'rulebook'> {
  readonly editionNo: number
}

/** Editions never change, and their inner numbers are never given twice: the last one of each document is read once. */
const kept = new Map<string, { readonly editionNo: number; readonly rulebook: RulebookFile }>()

async function withText(read: Read, rows: readonly EditionRow[]): Promise<Published[]> {
  const missing = rows.filter(({ id, editionNo }) => kept.get(id)?.editionNo !== editionNo)
  const bodies =
    missing.length === 0
      ? []
      : await db(read)
          .selectFrom('rulebook.editions')
          .select(['no', 'body'])
          .where(
            'no',
            'in',
            missing.map(({ editionNo }) => editionNo),
          )
          .execute()
  const fresh = new Map(bodies.map(({ no, body }) => [no, fileOf(body)]))
  return rows.flatMap(({ editionNo, ...row }) => {
    const rulebook = fresh.get(editionNo) ?? kept.get(row.id)?.rulebook
    if (!rulebook) return []
    kept.set(row.id, { editionNo, rulebook })
    return [{ ...row, rulebook }]
  })
}

const lastEditions = sql`select distinct on (d.no) d.no, d.id, d.code, d.title, e.edition, e.no as "editionNo"
  from rulebook.documents d join rulebook.editions e on e.document_no = d.no`

/** All published documents, each as it reads now. */
export async function publishedDocuments(read: Read): Promise<Published[]> {
  const rows = await sql<EditionRow>`${lastEditions} order by d.no, e.edition desc`.execute(db(read))
  return withText(read, rows.rows)
}

/** One published document by id or code, as it reads now. */
export async function publishedDocument(read: Read, idOrCode: string): Promise<Published | undefined> {
  const rows = await sql<EditionRow>`${lastEditions} where d.id = ${idOrCode} or d.code = ${idOrCode}
    order by d.no, e.edition desc`.execute(db(read))
  return (await withText(read, rows.rows))[0]
}

/** One edition's body; undefined when there is none with that number. */
export async function editionBody(read: Read, documentNo: number, edition: number): Promise<RulebookFile | undefined> {
  const row = await db(read)
    .selectFrom('rulebook.editions')
    .select('body')
    .where('document_no', '=', documentNo)
    .where('edition', '=', edition)
    .executeTakeFirst()
  return row && fileOf(row.body)
}

/** The highest version number that was ever given to each requirement. */
export async function lastVersions(read: Read): Promise<Map<string, number>> {
  const rows = await sql<{ code: string; version: number }>`
    select code, max(version) as version from rulebook.requirements group by code`.execute(db(read))
  return new Map(rows.rows.map(({ code, version }) => [code, version]))
}
