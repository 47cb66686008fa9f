import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'

/** A tag of work records as the documents in force define it. */
export interface DefinedTag {
  readonly code: string
  readonly title: string
  readonly hint: string
  /** The document's title. */
  readonly document: string
  readonly fields: ('hours' | 'persons' | 'quantity' | 'place')[]
  readonly unit: string | null
  readonly categories: { code: string; title: string }[]
  readonly grades: { code: string; title: string }[]
  readonly kinds: string[]
}

/** All tags that loaded documents define, in the documents' order. */
export async function tagsDefined(read: Read): Promise<DefinedTag[]> {
  const rows =
    await sql<DefinedTag>`select t.code, t.title, t.hint, d.title as document, t.fields, t.unit, t.categories, t.grades, t.kinds
    from rulebook.tags t join rulebook.documents d on d.no = t.document_no order by d.no, t.position, t.code`.execute(
      reading<'rulebook'>(read),
    )
  return rows.rows
}
