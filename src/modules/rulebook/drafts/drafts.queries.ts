import type { z } from 'zod'
import type { Read } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { checkMeasures } from '../documents/rulebook-measures.queries.ts'
import { headText } from './body.rules.ts'
import { mistakesOfDraft } from './draft-mistakes.rules.ts'
import type { DraftDetail, DraftLine, DraftMistake, draftSaved, listDrafts } from './drafts.contract.ts'
import { allDrafts, findDraft, revisionsOf, type StoredDraft } from './drafts.store.ts'
import { type Published, publishedDocuments } from './editions.queries.ts'

/** One draft; throws `rulebook.rulebook_not_found`. */
export async function draftOf(read: Read, id: string): Promise<StoredDraft> {
  const draft = await findDraft(read, id)
  if (!draft) throw new Problem('rulebook.rulebook_not_found')
  return draft
}

/** Documents that a draft stands beside: all but the one that it would change. */
export const besides = (draft: Pick<StoredDraft, 'documentNo'>, published: readonly Published[]) =>
  published.filter(({ no }) => no !== draft.documentNo)

/** What is still wrong with a draft. */
export function mistakesNow(draft: StoredDraft, published: readonly Published[]): DraftMistake[] {
  const own = mistakesOfDraft(draft.body, besides(draft, published), checkMeasures)
  const code = draft.document?.code
  if (code === undefined || headText(draft.body, 'code') === code) return own
  const message = `修订现行文件，代号不能改，请写回“${code}”；要另立文件，请从它另起一份草稿。`
  return [{ section: 'document', code: null, field: 'code', path: 'document.code', message }, ...own]
}

function lineOf(draft: StoredDraft, mistakes: number): DraftLine {
  const { baseEdition, edition } = draft
  return {
    id: draft.id,
    code: headText(draft.body, 'code'),
    title: headText(draft.body, 'title'),
    state: draft.state,
    origin: draft.origin,
    rulebook: draft.document,
    baseEdition,
    behind: draft.state === 'open' && baseEdition !== null && edition !== null && edition > baseEdition,
    version: draft.version,
    mistakes,
    clauses: draft.body.clauses.length,
    requirements: new Set(draft.body.requirements.map(({ code }) => code)).size,
    changedBy: draft.changedBy,
    changedAt: draft.changedAt.toISOString(),
  }
}

export async function draftsAsked(
  read: Read,
  query: z.output<typeof listDrafts.query>,
): Promise<z.input<(typeof listDrafts)['reply']>> {
  const published = await publishedDocuments(read)
  const drafts = await allDrafts(read, query.state)
  const items = drafts.map((draft) => lineOf(draft, draft.state === 'open' ? mistakesNow(draft, published).length : 0))
  return { items, next: null }
}

export async function draftShown(read: Read, id: string): Promise<DraftDetail> {
  const draft = await draftOf(read, id)
  const mistakes = mistakesNow(draft, await publishedDocuments(read))
  const revisions = await revisionsOf(read, draft.no)
  return {
    ...lineOf(draft, mistakes.length),
    body: draft.body,
    mistakes,
    revisions: revisions.map((one) => ({ ...one, at: one.at.toISOString() })),
  }
}

/** What a change of a draft answers. */
export async function savedNow(read: Read, id: string): Promise<z.input<typeof draftSaved>> {
  const draft = await draftOf(read, id)
  return { id: draft.id, version: draft.version, mistakes: mistakesNow(draft, await publishedDocuments(read)) }
}
