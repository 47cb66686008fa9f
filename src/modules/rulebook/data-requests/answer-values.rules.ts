import type { FieldError } from '../../../kernel/errors/problem.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'

interface Field {
  readonly key: string
  readonly title: string
  readonly kind: 'number' | 'text' | 'date' | 'choice'
  readonly choices?: readonly string[] | undefined
}
type Value = string | number

/** What is wrong with a value of a kind; null when nothing is. */
const judges: Readonly<Record<Field['kind'], (field: Field, value: Value) => string | null>> = {
  number: ({ title }, value) => (typeof value === 'number' && Number.isFinite(value) ? null : `“${title}”请填数字。`),
  text: ({ title }, value) => (typeof value === 'string' ? null : `“${title}”请填文字。`),
  date: ({ title }, value) => (civilDate.safeParse(value).success ? null : `“${title}”请填日期，例如 2026-07-01。`),
  choice: ({ title, choices }, value) => (choices?.some((choice) => choice === value) ? null : `“${title}”请从给出的选项里选。`),
}

function wrongWith(field: Field, value: Value | undefined): string | null {
  if (value === undefined || value === '') return `请填“${field.title}”；确实没有的，数字填 0，文字填“无”。`
  return judges[field.kind](field, value)
}

/** What is wrong with an answer, field by field; empty when nothing is. */
export function judgeAnswer(fields: readonly Field[], values: Readonly<Record<string, Value>>): FieldError[] {
  const known = new Set(fields.map(({ key }) => key))
  return [
    ...fields.flatMap((field) => {
      const message = wrongWith(field, values[field.key])
      return message === null ? [] : [{ field: `values.${field.key}`, message }]
    }),
    ...Object.keys(values)
      .filter((key) => !known.has(key))
      .map((key) => ({ field: `values.${key}`, message: '这件填报没有要求这一项，请去掉。' })),
  ]
}
