import type { z } from 'zod'
import { rulebookFile } from './rulebook-file.contract.ts'
import type { Locate, RulebookMistake, RulebookPath } from './rulebook-source.rules.ts'

type Issue = z.core.$ZodIssue
type Schema = z.core.$ZodType

const typeNames: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: ' true 或 false',
  array: '列表，每项一行，以“- ”开头',
  object: '一组“名称: 内容”',
  record: '一组“名称: 内容”',
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** The known word nearest to a mistyped one, when one is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > 60) return undefined
  const tried = known.map((candidate) => ({ candidate, away: distance(word.toLowerCase(), candidate.toLowerCase()) }))
  const best = tried.sort((a, b) => a.away - b.away)[0]
  return best && best.away <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined
}

function unwrapped(schema: Schema): z.core.$ZodTypes {
  const known = schema as z.core.$ZodTypes
  const { def } = known._zod
  return def.type === 'optional' || def.type === 'default' || def.type === 'prefault' ? unwrapped(def.innerType) : known
}

function inside(schema: Schema, part: PropertyKey): Schema | undefined {
  const { def } = unwrapped(schema)._zod
  if (def.type === 'object') return def.shape[String(part)]
  if (def.type === 'array') return def.element
  if (def.type === 'record') return def.valueType
  return undefined
}

function schemaAt(path: readonly PropertyKey[]): Schema | undefined {
  return path.reduce<Schema | undefined>((schema, part) => schema && inside(schema, part), rulebookFile)
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | null | undefined)?.[part], root)
}

function label(path: readonly PropertyKey[]): string {
  const last = path.at(-1)
  const schema = schemaAt(path) as z.ZodType | undefined
  const title = schema?.meta?.()?.title
  if (typeof last === 'number') return `第 ${last + 1} 项`
  return title ? `“${title}”（${String(last)}）` : `“${String(last ?? '文件')}”`
}

function keysAt(path: readonly PropertyKey[]): string[] {
  const schema = schemaAt(path)
  const def = schema && unwrapped(schema)._zod.def
  return def?.type === 'object' ? Object.keys(def.shape) : []
}

function unknownKey(key: string, path: readonly PropertyKey[]): string {
  const known = keysAt(path)
  const meant = nearest(key, known)
  const place = path.length === 0 ? '文件最外层' : label(path)
  return meant
    ? `${place}里没有“${key}”这一项，是不是“${meant}”？请改正。`
    : `${place}里没有“${key}”这一项，请删去；可以写的有：${known.join('、')}。`
}

function wrongType(issue: Issue & { code: 'invalid_type' }, value: unknown): string {
  const name = label(issue.path)
  if (value === undefined) return `缺少${name}，请补上。`
  if (value === null) return `${name}没有填写，请补上内容，或连同名称一起删去。`
  if (issue.expected === 'string') return `${name}应当是文字，请给内容加上引号。`
  return `${name}应当是${typeNames[issue.expected] ?? '别的写法'}，请改正。`
}

function wrongChoice(values: readonly unknown[], issue: Issue, value: unknown): string {
  const name = label(issue.path)
  if (value === undefined) return `缺少${name}，请补上，可以写：${values.join('、')}。`
  const meant = typeof value === 'string' ? nearest(value, values.map(String)) : undefined
  const written = typeof value === 'string' || typeof value === 'number' ? `“${value}”` : '这样的内容'
  return `${name}不能写${written}，${meant ? `是不是“${meant}”？` : ''}可以写：${values.join('、')}。`
}

function wrongSize(issue: Issue & { code: 'too_small' | 'too_big' }): string {
  const bound = issue.code === 'too_small' ? `不能少于 ${String(issue.minimum)}` : `不能超过 ${String(issue.maximum)}`
  const unit = ({ string: ' 个字', array: ' 项' } as Record<string, string>)[issue.origin] ?? ''
  return `${label(issue.path)}${bound}${unit}，请改正。`
}

function sentence(issue: Issue, value: unknown): string {
  if (issue.code === 'invalid_type') return wrongType(issue, value)
  if (issue.code === 'invalid_value') return wrongChoice(issue.values, issue, value)
  if (issue.code === 'too_small' || issue.code === 'too_big') return wrongSize(issue)
  if (issue.code === 'invalid_key') return `“${String(issue.path.at(-1))}”：${issue.issues[0]?.message ?? '请换一个名称。'}`
  return `${label(issue.path)}：${issue.message}`
}

/** Turns one issue of the schema into mistakes with a place and a remedy; one for each unknown key. */
export function mistakesOf(issue: Issue, value: unknown, locate: Locate): RulebookMistake[] {
  const path = issue.path as RulebookPath
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...locate([...path, key], 'key'),
      path: [...path, key].join('.'),
      message: unknownKey(key, path),
    }))
  }
  return [{ ...locate(path), path: path.join('.'), message: sentence(issue, valueAt(value, path)) }]
}
