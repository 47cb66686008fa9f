import { incoherences } from '../documents/rulebook-coherence.rules.ts'
import { type RulebookFile, rulebookFile } from '../documents/rulebook-file.contract.ts'
import type { ParsedRulebook } from '../documents/rulebook-file.rules.ts'
import { mistakesOf } from '../documents/rulebook-remedies.rules.ts'
import { checkRulebookSet } from '../documents/rulebook-set.rules.ts'
import type { Locate, RulebookMistake } from '../documents/rulebook-source.rules.ts'
import type { DraftBody, DraftMistake, Section } from './drafts.contract.ts'

const nowhere: Locate = () => ({ line: 0, column: 0 })
/** No document can have this name, so that a draft is told apart from what it stands beside. */
export const draftName = '本草稿'

/** A document of the database beside a draft. */
export interface Beside {
  readonly title: string
  readonly rulebook: RulebookFile
}

/** What the program alone knows: measures, events, circles. */
type CheckMeasures = (files: readonly ParsedRulebook[]) => readonly (RulebookMistake & { readonly fileName: string })[]

const asFile = (fileName: string, rulebook: RulebookFile, locate = nowhere): ParsedRulebook => ({
  ok: true,
  fileName,
  rulebook,
  locate,
})

/** What is wrong with a document that reads well by itself, beside all others. */
export function mistakesBeside(
  draft: { rulebook: RulebookFile; locate?: Locate },
  others: readonly Beside[],
  check: CheckMeasures,
): RulebookMistake[] {
  const files = [...others.map((one) => asFile(one.title, one.rulebook)), asFile(draftName, draft.rulebook, draft.locate)]
  return [...checkRulebookSet(files), ...check(files)].filter(({ fileName }) => fileName === draftName)
}

/** What would be wrong with the other documents if this one stood beside them: what they cite, tighten or count is gone. */
export function mistakesOfOthers(draft: RulebookFile, others: readonly Beside[], check: CheckMeasures): string[] {
  const files = [...others.map((one) => asFile(one.title, one.rulebook)), asFile(draftName, draft)]
  return [...checkRulebookSet(files), ...check(files)]
    .filter(({ fileName }) => fileName !== draftName)
    .map(({ fileName, message }) => `《${fileName}》：${message}`)
}

const sectionOf = (path: string): Section => {
  const [head = 'document'] = path.split('.')
  return head === 'clauses' || head === 'requirements' || head === 'tightens' || head === 'tags' ? head : 'document'
}

/** Says of a mistake which entry it belongs to, as forms show entries and not places in a file. */
export function placed({ path, message }: Pick<RulebookMistake, 'path' | 'message'>, body: DraftBody): DraftMistake {
  const section = sectionOf(path)
  const [, index = '', ...inner] = path.split('.')
  if (section === 'document') return { section, code: null, field: path.replace(/^document\.?/, ''), path, message }
  const part = body[section][Number(index)]
  const code = part?.[section === 'tightens' ? 'requirement' : 'code']
  return { section, code: typeof code === 'string' ? code : null, field: inner.join('.'), path, message }
}

/** Everything that is wrong with a draft, as it is and beside the other documents. */
export function mistakesOfDraft(body: DraftBody, others: readonly Beside[], check: CheckMeasures): DraftMistake[] {
  const checked = rulebookFile.safeParse(body, { reportInput: false })
  const own = [
    ...(checked.error?.issues.flatMap((issue) => mistakesOf(issue, body, nowhere)) ?? []),
    ...incoherences(body, nowhere),
  ]
  const beside = checked.success && own.length === 0 ? mistakesBeside({ rulebook: checked.data }, others, check) : []
  const seen = new Set<string>()
  return [...own, ...beside]
    .filter(({ path, message }) => !seen.has(`${path}:${message}`) && seen.add(`${path}:${message}`))
    .map((mistake) => placed(mistake, body))
}
