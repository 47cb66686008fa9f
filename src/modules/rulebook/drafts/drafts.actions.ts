import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { topCommittees } from './at-the-top.queries.ts'
import { copiedBody, emptyBody, headText, holdsCode, plainBody, withoutPart, withPart } from './body.rules.ts'
import { differences, inSentence } from './compare.rules.ts'
import { discardDraft, type DraftBody, startDraft } from './drafts.contract.ts'
import './drafts.policy.ts'
import { draftOf, savedNow } from './drafts.queries.ts'
import { closeDraft, insertDraft, revisionBody, saveDraft, type StoredDraft } from './drafts.store.ts'
import { type Published, publishedDocument } from './editions.queries.ts'

export const atTheTop = ({ tx }: Work) => topCommittees(tx)
const changeOf = (work: Work) => ({ by: work.actor.accountNo, at: work.now })
const objectOf = (id: string) => [{ kind: 'rulebook_draft', id }]

type Begin = z.output<typeof startDraft.body>

type Begun = Pick<StoredDraft, 'documentNo' | 'baseEdition' | 'origin' | 'body'>

async function begun(work: Work, input: Begin): Promise<Begun> {
  const source = await sourceOf(work, input.from)
  if (source && input.code === undefined) {
    return { documentNo: source.no, baseEdition: source.edition, origin: 'clone', body: plainBody(source.rulebook) }
  }
  return apart(work, input, source)
}

async function sourceOf(work: Work, from: string | undefined): Promise<Published | null> {
  if (from === undefined) return null
  const source = await publishedDocument(work.tx, from)
  if (!source) throw new Problem('rulebook.rulebook_not_found')
  return source
}

/** A document of its own, empty or after the pattern of one. */
async function apart(work: Work, { code, title, prefix }: Begin, source: Published | null): Promise<Begun> {
  if (!code || !title) {
    const field = code ? 'title' : 'code'
    throw new Problem('rulebook.code_missing', { errors: [{ field, message: '请填写。' }] })
  }
  if (await publishedDocument(work.tx, code))
    throw new Problem('rulebook.code_taken', { errors: [{ field: 'code', message: `已有代号为“${code}”的文件，请换一个。` }] })
  const body = source ? copiedBody(plainBody(source.rulebook), { code, title, prefix }) : emptyBody(code, title)
  return { documentNo: null, baseEdition: null, origin: source ? 'copy' : 'new', body }
}

/** Begins a draft: empty, to revise a document, or after the pattern of one. */
export const startDraftAction = action({
  name: 'rulebook.rule.edit',
  input: startDraft.body,
  touches: atTheTop,
  run: async (work, input) => {
    const draft = await begun(work, input)
    const id = await insertDraft(work.tx, draft, changeOf(work))
    return {
      reply: await savedNow(work.tx, id),
      objects: objectOf(id),
      fields: { origin: draft.origin, code: headText(draft.body, 'code') },
    }
  },
})

const part = z.record(z.string(), z.unknown())
const coded = z.enum(['clauses', 'requirements'])
const change = z.discriminatedUnion('what', [
  z.object({ what: z.literal('head'), head: part }),
  z.object({ what: z.literal('part'), section: coded, code: z.string(), part, position: z.int().optional() }),
  z.object({ what: z.literal('removed'), section: coded, code: z.string() }),
  z.object({ what: z.literal('list'), section: z.enum(['tightens', 'tags']), list: z.array(part) }),
])
type Change = z.output<typeof change>

function changed(body: DraftBody, given: Change): DraftBody {
  switch (given.what) {
    case 'head':
      return { ...body, document: given.head }
    case 'part':
      return withPart(body, given.section, { code: given.code, part: given.part, position: given.position })
    case 'removed':
      if (!holdsCode(body, given.section, given.code))
        throw new Problem('rulebook.rulebook_not_found', { detail: '草稿里没有这一项，可能已被删去。' })
      return withoutPart(body, given.section, given.code)
    case 'list':
      return { ...body, [given.section]: given.list }
  }
}

/** Renaming onto a code that another entry holds would make one of them vanish from the forms. */
function checkRename(body: DraftBody, given: Change): void {
  if (given.what !== 'part') return
  const { code } = given.part
  if (typeof code !== 'string' || code === given.code || !holdsCode(body, given.section, code)) return
  throw new Problem('rulebook.code_taken', { errors: [{ field: 'code', message: `草稿里已有“${code}”，请换一个代号。` }] })
}

const inWords: Record<Change['what'], string> = {
  head: '改文件信息',
  part: '改',
  removed: '删去',
  list: '改',
}
const sectionWords = { clauses: '条款', requirements: '要求', tightens: '从严', tags: '标签' } as const

function whatDone(given: Change): string {
  if (given.what === 'head') return inWords[given.what]
  const code = given.what === 'list' ? '' : ` ${given.code}`
  return `${inWords[given.what]}${sectionWords[given.section]}${code}`.slice(0, 100)
}

const largestBody = 1_000_000

/** Refuses what was written against an older number, and says what was changed in between. */
async function changedMeanwhile(work: Work, draft: StoredDraft, version: number): Promise<Problem> {
  const seen = await revisionBody(work.tx, draft.no, version)
  const found = seen ? differences(seen, draft.body) : []
  return new Problem('rulebook.draft_changed', {
    errors: found.slice(0, 50).map((one) => ({
      field: [one.section, one.code].filter((word) => word !== null).join('.'),
      message: `${draft.changedBy ?? '系统'}：${inSentence(one)}`,
    })),
  })
}

/** An open draft that still has the number it was read under. */
export async function openDraft(work: Work, id: string, version: number | undefined): Promise<StoredDraft> {
  const draft = await draftOf(work.tx, id)
  if (draft.state !== 'open') throw new Problem('rulebook.draft_not_open')
  if (version !== undefined && draft.version !== version) throw await changedMeanwhile(work, draft, version)
  return draft
}

/** Keeps a changed body as the draft's next revision; refused when somebody was faster. */
export async function keepDraft(work: Work, draft: StoredDraft, next: { body: DraftBody; what: string }) {
  if (JSON.stringify(next.body).length > largestBody) throw new Problem('kernel.too_large')
  const saved = await saveDraft(work.tx, { no: draft.no, version: draft.version, ...next }, changeOf(work))
  if (!saved) throw await changedMeanwhile(work, await draftOf(work.tx, draft.id), draft.version)
  return { reply: await savedNow(work.tx, draft.id), objects: objectOf(draft.id), fields: { what: next.what } }
}

/** Changes one part of a draft, right or wrong; what is still wrong is answered. */
export const changeDraftAction = action({
  name: 'rulebook.rule.edit',
  input: z.object({ id: z.string(), version: z.number(), change }),
  touches: atTheTop,
  run: async (work, input) => {
    const draft = await openDraft(work, input.id, input.version)
    checkRename(draft.body, input.change)
    return keepDraft(work, draft, { body: changed(draft.body, input.change), what: whatDone(input.change) })
  },
})

/** Gives a draft up; it stays readable. */
export const discardDraftAction = action({
  name: 'rulebook.rule.discard',
  input: discardDraft.body.extend({ id: z.string() }),
  touches: atTheTop,
  run: async (work, input) => {
    const draft = await openDraft(work, input.id, input.version)
    const closed = await closeDraft(work.tx, { no: draft.no, version: draft.version, state: 'discarded' }, changeOf(work))
    if (!closed) throw new Problem('rulebook.draft_changed')
    return { reply: { id: draft.id, state: 'discarded' as const }, objects: objectOf(draft.id), fields: { reason: input.reason } }
  },
})
