import { useCallback, useRef, useState } from 'react'
import type { z } from 'zod'
import type { FieldError } from '../kernel/errors/problem.ts'
import { CallProblem } from '../kernel/http/call.ts'
import { type Draft, useDraft } from './draft.ts'
import { issueSentence } from './issue-sentence.ts'
import { sentenceOf } from './states.tsx'

export type Values = Record<string, unknown>

export interface Fields<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string
  readonly schema: Schema
  readonly values: Values
  readonly set: (field: string, value: unknown) => void
  /** Several at once. */
  readonly change: (part: Values) => void
  /** By field path, such as `agenda.0.title`. */
  readonly errors: ReadonlyMap<string, string>
  /** What went wrong as a whole, in words. */
  readonly failure: string | null
  readonly pending: boolean
  readonly draft: Draft<Values>
  readonly submit: (act: (values: z.output<Schema>) => Promise<unknown>) => Promise<void>
  /** Counts the refusals, so that the focus moves to the first error each time. */
  readonly refusals: number
}

export interface FieldsOptions<Schema extends z.ZodObject> {
  /** The form's name in the page. */
  readonly name: string
  readonly schema: Schema
  readonly initial: Partial<z.input<Schema>>
  /** Keeps what is typed on the device under this key; left out, nothing is kept. */
  readonly draftKey?: string
}

/**
 * A form's values, errors and sending. `submit(act)` checks against the schema, runs the act, and on the server's no puts
 * each error at its field; values stay. After success the draft is forgotten. The act throws to refuse, as
 * `useSubmit(endpoint).send` does.
 */
export function useFields<Schema extends z.ZodObject>(options: FieldsOptions<Schema>): Fields<Schema> {
  const draft = useDraft<Values>(options.draftKey ?? null, options.initial as Values)
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map())
  const [failure, setFailure] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const [refusals, setRefusals] = useState(0)
  const busy = useRef(false)
  const { schema } = options
  const { value: values, set: setDraft, clear } = draft

  const change = useCallback(
    (part: Values) => {
      setDraft((before) => ({ ...before, ...part }))
      setErrors((before) => without(before, Object.keys(part)))
    },
    [setDraft],
  )
  const set = useCallback((field: string, value: unknown) => change({ [field]: value }), [change])
  const refuse = useCallback((found: ReadonlyMap<string, string>, sentence: string | null) => {
    setErrors(found)
    setFailure(sentence)
    setRefusals((before) => before + 1)
  }, [])

  const submit = useCallback(
    async (act: (values: z.output<Schema>) => Promise<unknown>) => {
      if (busy.current) return
      const read = schema.safeParse(present(values), { error: (issue) => issueSentence(issue as never) })
      if (!read.success) return refuse(byPath(read.error.issues), null)
      busy.current = true
      setPending(true)
      setFailure(null)
      try {
        await act(read.data)
        setErrors(new Map())
        clear()
      } catch (problem) {
        refuse(problem instanceof CallProblem ? fromServer(problem.errors) : new Map(), sentenceOf(problem))
      } finally {
        busy.current = false
        setPending(false)
      }
    },
    [schema, values, clear, refuse],
  )
  return { name: options.name, schema, values, set, change, errors, failure, pending, draft, submit, refusals }
}

/** An emptied input is an absent value: optional fields pass, required ones are asked for. */
function present(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== null && value !== undefined))
}

function without(errors: ReadonlyMap<string, string>, fields: readonly string[]): ReadonlyMap<string, string> {
  if (errors.size === 0) return errors
  return new Map([...errors].filter(([path]) => !fields.some((field) => path === field || path.startsWith(`${field}.`))))
}

function byPath(issues: readonly { path: PropertyKey[]; message: string }[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const issue of issues) {
    const path = issue.path.map(String).join('.')
    if (!found.has(path)) found.set(path, issue.message)
  }
  return found
}

function fromServer(errors: readonly FieldError[]): Map<string, string> {
  return new Map(errors.map((error) => [error.field.replace(/^body\./, ''), error.message]))
}
