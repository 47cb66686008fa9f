import { type RulebookFile, rulebookFile } from '../documents/rulebook-file.contract.ts'
import type { DraftBody } from './drafts.contract.ts'

/** One entry of a draft, right or wrong. */
export type Part = Readonly<Record<string, unknown>>
/** The lists of a draft whose entries have a code of their own. */
export type Coded = 'clauses' | 'requirements'

export const codeOf = (part: Part): string | null => (typeof part['code'] === 'string' ? part['code'] : null)

/** What stands under a name; empty when it is no text. */
export function textAt(part: Part, name: string): string {
  const value = part[name]
  return typeof value === 'string' ? value : ''
}

/** What stands in the head under a name; empty when it is no text. */
export const headText = (body: DraftBody, name: string): string => textAt(body.document, name)

/** Where the last entry with that code stands; -1 when none does. Versions of a requirement share a code: the last is meant. */
function placeOf(parts: readonly Part[], code: string): number {
  return parts.findLastIndex((part) => codeOf(part) === code)
}

export function holdsCode(body: DraftBody, section: Coded, code: string): boolean {
  return placeOf(body[section], code) >= 0
}

/** The body with an entry put in place of the one with that code, or at the end when there is none. */
export function withPart(
  body: DraftBody,
  section: Coded,
  given: { code: string; part: Part; position?: number | undefined },
): DraftBody {
  const place = placeOf(body[section], given.code)
  const part = { ...given.part }
  const kept = place < 0 ? [...body[section], part] : body[section].with(place, part)
  const parts = given.position === undefined ? kept : kept.filter((one) => one !== part).toSpliced(given.position - 1, 0, part)
  const renamed = codeOf(part)
  const changed = { ...body, [section]: parts }
  const moved = section === 'clauses' && place >= 0 && renamed !== null && renamed !== given.code
  return moved ? withClauseRenamed(changed, given.code, renamed) : changed
}

/** The body without an entry; an ended version of a requirement goes with the last one only when none was before it. */
export function withoutPart(body: DraftBody, section: Coded, code: string): DraftBody {
  return { ...body, [section]: body[section].filter((part) => codeOf(part) !== code) }
}

function withClauseRenamed(body: DraftBody, from: string, to: string): DraftBody {
  const renamed = (part: Part): Part =>
    Array.isArray(part['clauses'])
      ? { ...part, clauses: part['clauses'].map((clause: unknown) => (clause === from ? to : clause)) }
      : part
  return { ...body, requirements: body.requirements.map(renamed), tightens: body.tightens.map(renamed) }
}

/** A body as it is kept: plain data, without keys that say nothing. */
export function plainBody(file: unknown): DraftBody {
  const {
    document = {},
    clauses = [],
    requirements = [],
    tightens = [],
    tags = [],
  } = JSON.parse(JSON.stringify(file)) as Partial<DraftBody>
  return { document, clauses, requirements, tightens, tags }
}

/** A published body; what later versions of the format added gets its default. Throws when it is none. */
export function fileOf(body: unknown): RulebookFile {
  return rulebookFile.parse(body)
}

/** Another document after the pattern of one: its own code and title, and codes of requirements that are nobody's yet. */
export function copiedBody(body: DraftBody, as: { code: string; title: string; prefix: string | undefined }): DraftBody {
  const { prefix } = as
  const renamed = (code: string) => (prefix === undefined ? code : code.replace(/^[A-Z]+/, prefix))
  const own = new Map(body.requirements.flatMap((one) => codeOf(one) ?? []).map((code) => [code, renamed(code)]))
  const newest = body.requirements.filter((one, index) => placeOf(body.requirements, codeOf(one) ?? '') === index)
  return {
    ...body,
    document: { ...body.document, code: as.code, title: as.title },
    requirements: newest.map((one) => {
      const { valid_to: _ended, ...kept } = one
      const code = codeOf(one)
      return { ...kept, version: 1, ...(code !== null && { code: own.get(code) ?? code }) }
    }),
    tightens: [],
    tags: [],
  }
}

/** A document that is only begun. */
export function emptyBody(code: string, title: string): DraftBody {
  return { document: { code, title, kind: 'local_document' }, clauses: [], requirements: [], tightens: [], tags: [] }
}
