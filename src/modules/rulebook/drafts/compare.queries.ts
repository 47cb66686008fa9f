import type { z } from 'zod'
import type { Read } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { emptyBody, headText, plainBody } from './body.rules.ts'
import { differences } from './compare.rules.ts'
import type { DraftBody } from './drafts.contract.ts'
import { findDraft, type StoredDraft } from './drafts.store.ts'
import { editionBody, type Published, publishedDocument } from './editions.queries.ts'
import type { compareRulebooks } from './publishing.contract.ts'

/** A text that can stand on one side of a comparison. */
export interface Text {
  readonly id: string
  readonly title: string
  readonly kind: 'draft' | 'edition'
  readonly number: number
  readonly body: DraftBody
  readonly draft: StoredDraft | null
  readonly document: Published | null
}

function draftAsText(draft: StoredDraft): Text {
  const title = headText(draft.body, 'title')
  return { id: draft.id, title, kind: 'draft', number: draft.version, body: draft.body, draft, document: null }
}

async function editionAsText(read: Read, document: Published, edition: number): Promise<Text | undefined> {
  const file = await editionBody(read, document.no, edition)
  if (!file) return undefined
  const { id, title } = document
  return { id, title, kind: 'edition', number: edition, body: plainBody(file), draft: null, document }
}

/** What stands behind the `@`; 0 for what is no number of an edition. */
const numberOf = (edition: string | undefined) =>
  edition === undefined ? undefined : /^\d{1,6}$/.test(edition) ? Number(edition) : 0

/** A draft by id, a document by id or code as it reads now, or one of its editions as `doc_x@2`; throws when there is none. */
export async function textOf(read: Read, asked: string): Promise<Text> {
  const [name = '', edition] = asked.split('@')
  const document = await publishedDocument(read, name)
  const found = document ? await editionAsText(read, document, numberOf(edition) ?? document.edition) : undefined
  if (found) return found
  const draft = edition === undefined && !document ? await findDraft(read, name) : undefined
  if (draft) return draftAsText(draft)
  throw new Problem('rulebook.rulebook_not_found')
}

/** What a text is compared with unless told: a draft with what it began from, an edition with the one before. */
async function baseOf(read: Read, { draft, document, number }: Text): Promise<Text | null> {
  if (draft) {
    const published = draft.document && (await publishedDocument(read, draft.document.id))
    return published && draft.baseEdition !== null ? ((await editionAsText(read, published, draft.baseEdition)) ?? null) : null
  }
  return document && number > 1 ? ((await editionAsText(read, document, number - 1)) ?? null) : null
}

const side = ({ id, title, kind, number }: Text) => ({ id, title, kind, number })

export async function compared(
  read: Read,
  asked: { id: string; with: string | undefined },
): Promise<z.input<(typeof compareRulebooks)['reply']>> {
  const after = await textOf(read, asked.id)
  const before = asked.with === undefined ? await baseOf(read, after) : await textOf(read, asked.with)
  const empty = emptyBody(headText(after.body, 'code'), after.title)
  return { before: before && side(before), after: side(after), items: differences(before?.body ?? empty, after.body) }
}
