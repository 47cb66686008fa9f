import { codeOf, headText, type Part, textAt } from './body.rules.ts'
import type { DraftBody, Section } from './drafts.contract.ts'
import { titleOfField, valueInWords } from './field-words.rules.ts'
import type { Difference } from './publishing.contract.ts'
import { contentOf } from './succession.rules.ts'

type Field = Difference['fields'][number]

/** Values by path; lists of plain values are one value, an empty group is nothing. */
function leaves(value: unknown, path: readonly string[] = []): Map<string, { path: readonly string[]; value: unknown }> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value === undefined ? new Map() : new Map([[path.join('.'), { path, value }]])
  }
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, [...path, key])]))
}

interface Leaf {
  readonly path: readonly string[]
  readonly value: unknown
}

function fieldDifference(section: Section, was: Leaf | undefined, is: Leaf | undefined): Field[] {
  const [old, fresh] = [was?.value ?? null, is?.value ?? null]
  if (contentOf(old) === contentOf(fresh)) return []
  const { path } = was ?? is ?? { path: [] }
  const name = path.at(-1) ?? ''
  const words = { before: valueInWords(name, old), after: valueInWords(name, fresh) }
  return words.before === words.after ? [] : [{ field: path.join('.'), title: titleOfField(section, path), ...words }]
}

/** What reads differently in two entries, field by field, in words. */
export function fieldDifferences(section: Section, before: Part, after: Part): Field[] {
  const [old, fresh] = [leaves(before), leaves(after)]
  const fields = [...new Set([...old.keys(), ...fresh.keys()])]
  return fields.flatMap((field) => fieldDifference(section, old.get(field), fresh.get(field)))
}

const keyOf = (section: Section, part: Part): string =>
  section === 'tightens' ? `${textAt(part, 'requirement')}@${textAt(part, 'from')}` : (codeOf(part) ?? '')

/** Entries by code; of several versions of a requirement the last one speaks. */
const byKey = (section: Section, parts: readonly Part[]) => new Map(parts.map((part) => [keyOf(section, part), part]))

const titleOf = (part: Part) => textAt(part, 'title') || textAt(part, 'note') || textAt(part, 'article')

function entryDifferences(section: Exclude<Section, 'document'>, before: DraftBody, after: DraftBody): Difference[] {
  const [old, fresh] = [byKey(section, before[section]), byKey(section, after[section])]
  const codeShown = (part: Part) => textAt(part, section === 'tightens' ? 'requirement' : 'code')
  return [...new Set([...fresh.keys(), ...old.keys()])].flatMap((key): Difference[] => {
    const [was, is] = [old.get(key), fresh.get(key)]
    const part = is ?? was ?? {}
    const head = { section, code: codeShown(part), title: titleOf(part) }
    if (!was) return [{ ...head, change: 'added', fields: [] }]
    if (!is) return [{ ...head, change: 'removed', fields: [] }]
    const fields = fieldDifferences(section, was, is)
    return fields.length === 0 ? [] : [{ ...head, change: 'changed', fields }]
  })
}

/** Two texts of a document side by side: what was added, removed and changed, field by field in words. */
export function differences(before: DraftBody, after: DraftBody): Difference[] {
  const head = fieldDifferences('document', before.document, after.document)
  const title = headText(after, 'title')
  return [
    ...(head.length === 0 ? [] : [{ section: 'document' as const, code: null, title, change: 'changed' as const, fields: head }]),
    ...(['clauses', 'requirements', 'tightens', 'tags'] as const).flatMap((section) => entryDifferences(section, before, after)),
  ]
}

const changeWords = { added: '新增', removed: '删去', changed: '修改' } as const
const sectionWords = { document: '文件信息', clauses: '条款', requirements: '要求', tightens: '从严', tags: '标签' } as const

/** One difference as a sentence: `要求 ZB6“…”：强度由“软”改为“硬”`. */
export function inSentence({ section, code, title, change, fields }: Difference): string {
  const what = `${sectionWords[section]}${code === null ? '' : ` ${code}`}${title ? `“${title}”` : ''}`
  if (change !== 'changed') return `${changeWords[change]}${what}`
  return `${what}：${fields.map((field) => `${field.title}由“${field.before}”改为“${field.after}”`).join('；')}`
}
