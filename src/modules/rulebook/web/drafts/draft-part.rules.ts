import { incoherences } from '../../documents/rulebook-coherence.rules.ts'
import { rulebookFile } from '../../documents/rulebook-file.contract.ts'
import { mistakesOf } from '../../documents/rulebook-remedies.rules.ts'
import { fieldDifferences } from '../../drafts/compare.rules.ts'
import { placed } from '../../drafts/draft-mistakes.rules.ts'
import type { DraftBody, DraftMistake, Section } from '../../drafts/drafts.contract.ts'
import { titleOfField } from '../../drafts/field-words.rules.ts'
import { type Content, same, valueAt, withValue } from './draft-content.rules.ts'

/** Which entry of a draft is open in the form. Lists without a form for each entry (`tightens`, `tags`) are edited whole. */
export interface Place {
  readonly section: Section
  /** Code of the clause or requirement as it stands on the server; null for a new one and for what has no code. */
  readonly code: string | null
}

/** `requirements:ZB6`, as the address says it. */
export const placeName = ({ section, code }: Place): string => (code === null ? section : `${section}:${code}`)

const known: readonly string[] = ['document', 'clauses', 'requirements', 'tightens', 'tags'] satisfies Section[]

export function placeNamed(name: string | undefined): Place {
  const [section = '', code] = (name ?? '').split(':')
  return known.includes(section) ? { section: section as Section, code: code ?? null } : { section: 'document', code: null }
}

export const isCoded = (section: Section): section is 'clauses' | 'requirements' =>
  section === 'clauses' || section === 'requirements'

export function partAt(body: DraftBody, place: Place): Content | readonly Content[] | undefined {
  const { section, code } = place
  if (!isCoded(section)) return body[section]
  return body[section].findLast((part) => part['code'] === code)
}

/** The body with the open entry in its present state, to see at once what is wrong with it. */
export function bodyWith(body: DraftBody, place: Place, value: unknown): DraftBody {
  const { section, code } = place
  if (!isCoded(section)) return { ...body, [section]: value }
  const index = body[section].findLastIndex((part) => part['code'] === code)
  const parts = index < 0 ? [...body[section], value as Content] : body[section].with(index, value as Content)
  return { ...body, [section]: parts }
}

const nowhere = () => ({ line: 0, column: 0 })

/** What shows without asking the server; what stands in other documents and in the measures it alone knows. */
export function mistakesAtOnce(body: DraftBody): DraftMistake[] {
  const checked = rulebookFile.safeParse(body, { reportInput: false })
  const own = [
    ...(checked.error?.issues.flatMap((issue) => mistakesOf(issue, body, nowhere)) ?? []),
    ...incoherences(body, nowhere),
  ]
  return own.map((mistake) => placed(mistake, body))
}

/** The mistakes of one place. */
export const mistakesIn = (mistakes: readonly DraftMistake[], { section, code }: Place): DraftMistake[] =>
  mistakes.filter((one) => one.section === section && (!isCoded(section) || one.code === code))

/** Path of a mistake inside the open entry: of a list edited whole, with the entry's number. */
export function fieldOf({ section, field, path }: DraftMistake): string {
  return section === 'tightens' || section === 'tags' ? path.replace(/^\w+\.?/, '') : field
}

const titles: ReadonlyMap<string, string> = new Map(
  (
    [
      ['requirements', 'valid_from', 'valid_to', 'reason_off', 'reason_on', 'usual_months', 'enabled', 'awaits', 'by', 'event'],
      ['requirements', 'strength', 'confidence', 'grace_days', 'notice_days', 'measure', 'cadence', 'late'],
      ['document', 'in_force_from', 'in_force_to', 'issued_on'],
    ] as const
  ).flatMap(([section, ...fields]) => fields.map((field) => [field, titleOfField(section, [field])] as const)),
)
const within: ReadonlyMap<string, string> = new Map([
  ['kinds', '组织种类'],
  ['post', '职务'],
  ['members', '党员和其他人员'],
  ['at_least', '不少于几次'],
  ['sum_at_least', '合计不少于'],
  ['ratio_at_least', '比率不低于'],
  ['months', '几个月内'],
  ['days', '几天内'],
  ['clauses', '条款'],
  ['tightens', '从严'],
])
const wordOf = (name: string): string | undefined => titles.get(name) ?? within.get(name)

/** A mistake as a form says it: names of fields in the file and coded values give way to the words that stand on the screen. */
export function inFormWords(message: string): string {
  return message
    .replace(/(“[^”]+”)（[a-z_]+）/g, '$1')
    .replace(/\b([a-z_]+)（([^）]*\p{Script=Han}[^）]*)）/gu, (whole, name: string, title: string) =>
      wordOf(name) ? `“${title}”` : whole,
    )
    .replace(/，请补上，可以写：[^。]*。/g, '，请选一项。')
    .replace(/可以写：[^。]*。/g, '请从所列各项中选择。')
    .replace(/\b[a-z]+(?:_[a-z]+)*\b/g, (name) => coded[name] ?? (wordOf(name) ? `“${wordOf(name) ?? ''}”` : name))
    .replaceAll('” 和 “', '”和“')
}

const coded: Readonly<Record<string, string>> = {
  conflict: '“来源互相冲突”',
  false: '“不启用”',
  true: '“启用”',
  soft: '“软”',
  hard: '“硬”',
  once: '“一次”',
}

export interface FieldClash {
  readonly field: string
  readonly title: string
  readonly before: string
  readonly mine: string
  readonly theirs: string
}

export interface Merge {
  /** Both changes together; where both touched a field, mine. */
  readonly merged: unknown
  readonly clashes: readonly FieldClash[]
  /** What the other one alone changed, and is taken over. */
  readonly taken: readonly { readonly title: string; readonly before: string; readonly after: string }[]
}

/** Puts two changes of one entry together, field by field. */
export function mergeParts(section: Section, base: Content, both: { mine: Content; theirs: Content }): Merge {
  const { mine, theirs } = both
  const own = new Map(fieldDifferences(section, base, mine).map((one) => [one.field, one]))
  const others = fieldDifferences(section, base, theirs)
  const clashes = others.flatMap((other): FieldClash[] => {
    const at = other.field.split('.')
    const ours = own.get(other.field)
    if (!ours || same(valueAt(mine, at), valueAt(theirs, at))) return []
    return [{ field: other.field, title: other.title, before: ours.before, mine: ours.after, theirs: other.after }]
  })
  const free = others.filter(({ field }) => !own.has(field))
  const merged = free.reduce<unknown>((so, { field }) => taking(so, theirs, field), mine)
  return { merged, clashes, taken: free }
}

/** The content with one field as the other one has it. */
export const taking = (mine: unknown, theirs: unknown, field: string): unknown =>
  withValue(mine, field.split('.'), valueAt(theirs, field.split('.')))
