import { createHash } from 'node:crypto'
import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import type { RulebookFile } from '../documents/rulebook-file.contract.ts'
import { checkMeasures } from '../documents/rulebook-measures.queries.ts'
import { requirementChanged } from '../engine/requirement-change.actions.ts'
import { fileOf, plainBody } from './body.rules.ts'
import {
  type Compiled,
  compiled,
  type Edition,
  insertDocument,
  insertEdition,
  movedRows,
  publishAlone,
  storeRows,
  storeText,
} from './compiled.store.ts'
import { mistakesOfOthers } from './draft-mistakes.rules.ts'
import { atTheTop, openDraft } from './drafts.actions.ts'
import './drafts.policy.ts'
import { besides, draftOf, mistakesNow } from './drafts.queries.ts'
import { closeDraft, type StoredDraft } from './drafts.store.ts'
import { lastVersions, type Published, publishedDocuments } from './editions.queries.ts'
import { type changeKinds, publishRulebook } from './publishing.contract.ts'
import { askGates, frozenUntil } from './publishing-gates.queries.ts'
import { rulebookText } from './rulebook-text.rules.ts'
import { contentOf, succession } from './succession.rules.ts'

/** Refuses a day whose figures are frozen. */
export async function checkNotFrozen(work: Work, field: string, on: CivilDate): Promise<void> {
  const until = await frozenUntil(work.tx)
  if (until === null || on > until) return
  const message = `${inChinese(until)}以前的数已经封存，请选以后的日期。`
  throw new Problem('rulebook.figures_frozen', { detail: message, errors: [{ field, message }] })
}

/** A document takes another text: rows, clauses, edition and what is computed from them. */
export async function takeText(
  work: Work,
  change: { published: readonly Published[]; document: Published; edition: Pick<Edition, 'begins' | 'what' | 'reason'> },
): Promise<{ rows: ReturnType<typeof movedRows>; job: string | null }> {
  const { document, published, edition } = change
  const others = published.filter(({ no }) => no !== document.no)
  const rows = movedRows(compiled(published), compiled([...others, document]))
  await storeText(work.tx, document.no, document.rulebook)
  const touched = await storeRows(work.tx, rows)
  await insertEdition(work.tx, {
    documentNo: document.no,
    edition: document.edition,
    file: document.rulebook,
    by: work.actor.accountNo,
    at: work.now,
    ...edition,
  })
  return { rows, job: await requirementChanged(work, touched) }
}

function checkDraft(draft: StoredDraft, published: readonly Published[]): RulebookFile {
  const mistakes = mistakesNow(draft, published)
  const circles = mistakes.filter(({ message }) => message.includes('成了循环'))
  const errors = (circles.length > 0 ? circles : mistakes).map(({ path, message }) => ({ field: path, message }))
  if (circles.length > 0) throw new Problem('rulebook.cycle', { errors })
  if (mistakes.length > 0) throw new Problem('rulebook.draft_has_mistakes', { errors })
  if (draft.baseEdition !== null && draft.edition !== null && draft.edition > draft.baseEdition)
    throw new Problem('rulebook.draft_behind')
  return fileOf(draft.body)
}

function checkOthers(next: RulebookFile, now: RulebookFile | null, others: readonly Published[]): void {
  const already = new Set(now ? mistakesOfOthers(now, others, checkMeasures) : [])
  const broken = mistakesOfOthers(next, others, checkMeasures).filter((sentence) => !already.has(sentence))
  if (broken.length === 0) return
  throw new Problem('rulebook.draft_has_mistakes', {
    detail: '这样发布，别的文件就引用不到所依据的内容。请先改那些文件，或在草稿里保留。',
    errors: broken.map((message) => ({ field: '', message })),
  })
}

interface Next {
  readonly base: Published | null
  readonly file: RulebookFile
}

async function nextText(work: Work, draft: StoredDraft, on: CivilDate): Promise<Next & { published: Published[] }> {
  const published = await publishedDocuments(work.tx)
  const written = checkDraft(draft, published)
  const base = published.find(({ no }) => no === draft.documentNo) ?? null
  if (base && contentOf(plainBody(base.rulebook)) === contentOf(plainBody(written))) throw new Problem('rulebook.draft_unchanged')
  const file = succession(base?.rulebook ?? null, written, { on, lastUsed: await lastVersions(work.tx) })
  checkOthers(file, base?.rulebook ?? null, besides(draft, published))
  await askGates(work.tx, { document: file.document.code, on, requirements: freshIn(base?.rulebook ?? null, file) })
  return { published, base, file }
}

function freshIn(before: RulebookFile | null, after: RulebookFile) {
  const known = new Set((before?.requirements ?? []).map(contentOf))
  return after.requirements.filter((one) => !known.has(contentOf(one)))
}

/** The document that the draft becomes: the next edition of one, or a new one. */
async function documentOf(work: Work, { base, file }: Next): Promise<Published> {
  const { code, title } = file.document
  if (base) return { ...base, title, rulebook: file, edition: base.edition + 1 }
  const hash = createHash('sha256').update(rulebookText(file)).digest('hex')
  const { no, id } = await insertDocument(work.tx, file, { hash, at: work.now })
  return { no, id, code, title, rulebook: file, edition: 1 }
}

type Kind = keyof typeof changeKinds

/** What happened to each requirement: the row that begins says what is new, a row that only ends says so. */
export function changesOf(
  before: readonly Compiled[],
  rows: ReturnType<typeof movedRows>,
): { code: string; version: number; change: Kind }[] {
  const known = new Set(before.map(({ code }) => code))
  const keys = new Set(before.map(({ code, version }) => `${code}#${version}`))
  return [...new Set(rows.changed.map(({ code }) => code))].map((code) => {
    const own = rows.changed.filter((one) => one.code === code)
    const last = own.at(-1)
    const version = last?.version ?? 0
    const begins = own.some((one) => !keys.has(`${code}#${one.version}`))
    const change: Kind = !known.has(code) ? 'added' : begins || last?.stretch.to === null ? 'changed' : 'ended'
    return { code, version, change }
  })
}

/** Publishes a draft from a day on: what changed begins a new version, what did not is not touched. */
export const publishRulebookAction = action({
  name: 'rulebook.rule.publish',
  input: publishRulebook.body.extend({ id: z.string() }),
  touches: atTheTop,
  run: async (work, input) => {
    await publishAlone(work.tx)
    const draft = await openDraft(work, input.id, input.version)
    await checkNotFrozen(work, 'from', input.from)
    const next = await nextText(work, draft, input.from)
    const before = compiled(next.published)
    const document = await documentOf(work, next)
    const { rows, job } = await takeText(work, {
      published: next.published,
      document,
      edition: { begins: input.from, what: 'published', reason: input.reason ?? null },
    })
    const closed = await closeDraft(
      work.tx,
      { no: draft.no, version: draft.version, state: 'published', documentNo: document.no, edition: document.edition },
      { by: work.actor.accountNo, at: work.now },
    )
    if (!closed) throw new Problem('rulebook.draft_changed')
    const requirements = changesOf(before, rows)
    return {
      reply: { id: document.id, edition: document.edition, requirements, job },
      objects: [
        { kind: 'rulebook', id: document.id },
        { kind: 'rulebook_draft', id: draft.id },
      ],
      fields: {
        code: document.code,
        edition: document.edition,
        from: input.from,
        reason: input.reason ?? null,
        requirements: requirements.map(({ code, version, change }) => `${code} ${version} ${change}`),
      },
    }
  },
})

/** The draft as it now stands, for those who rehearse it. */
export async function draftText(work: Work, id: string): Promise<Next & { draft: StoredDraft }> {
  const draft = await draftOf(work.tx, id)
  if (draft.state !== 'open') throw new Problem('rulebook.draft_not_open')
  const published = await publishedDocuments(work.tx)
  const mistakes = mistakesNow(draft, published)
  if (mistakes.length > 0) {
    throw new Problem('rulebook.draft_has_mistakes', { errors: mistakes.map(({ path, message }) => ({ field: path, message })) })
  }
  return { draft, base: published.find(({ no }) => no === draft.documentNo) ?? null, file: fileOf(draft.body) }
}
