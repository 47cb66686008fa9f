import type { z } from 'zod'
import { organizationKinds } from '../../directory/organizations/organizations.contract.ts'
import {
  cadenceTitles,
  confidenceTitles,
  dimensionTitles,
  documentKindTitles,
  exemptionTitles,
  lateTitles,
  moduleTitles,
  rulebookFile,
  standingTitles,
  strengthTitles,
} from '../documents/rulebook-file.contract.ts'
import type { Section } from './drafts.contract.ts'

/** Words for coded values, by the field's own name. */
const choices: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  strength: strengthTitles,
  cadence: cadenceTitles,
  dimension: dimensionTitles,
  confidence: Object.fromEntries(Object.entries(confidenceTitles).map(([code, title]) => [code, `${code}（${title}）`])),
  kind: documentKindTitles,
  exempt: exemptionTitles,
  counts: lateTitles,
  awaits: moduleTitles,
  standing: standingTitles,
  kinds: organizationKinds as unknown as Readonly<Record<string, string>>,
  at: organizationKinds as unknown as Readonly<Record<string, string>>,
  for: organizationKinds as unknown as Readonly<Record<string, string>>,
}

type Schema = z.core.$ZodType

function bare(schema: Schema): z.core.$ZodTypes {
  const known = schema as z.core.$ZodTypes
  const { def } = known._zod
  return def.type === 'optional' || def.type === 'default' || def.type === 'prefault' ? bare(def.innerType) : known
}

function within(schema: Schema | undefined, part: string): Schema | undefined {
  if (!schema) return undefined
  const { def } = bare(schema)._zod
  if (def.type === 'object') return def.shape[part]
  if (def.type === 'array') return def.element
  return undefined
}

const titleIn = (schema: Schema | undefined) => (schema as z.ZodType | undefined)?.meta?.()?.title as string | undefined

const entrySchema = (section: Section): Schema | undefined => {
  const whole = within(rulebookFile, section)
  return section === 'document' ? whole : within(whole, '0')
}

/** A field's Chinese title by its path inside an entry: `subject.where.min_full_members` → `对象·范围条件·正式党员不少于`. */
export function titleOfField(section: Section, path: readonly string[]): string {
  const words: string[] = []
  let schema = entrySchema(section)
  for (const part of path) {
    schema = within(schema, part)
    words.push(titleIn(schema) ?? part)
  }
  return words.join('·')
}

function single(field: string, value: unknown): string {
  if (value === true) return '是'
  if (value === false) return '否'
  if (typeof value === 'string') {
    const words = choices[field]
    return words && Object.hasOwn(words, value) ? (words[value] ?? value) : value
  }
  return typeof value === 'number' ? String(value) : JSON.stringify(value)
}

/** A value as it is read aloud; `未写` for nothing. */
export function valueInWords(field: string, value: unknown): string {
  if (value === undefined || value === null) return '未写'
  if (!Array.isArray(value)) return single(field, value)
  return value.length === 0 ? '无' : value.map((item: unknown) => single(field, item)).join('、')
}
