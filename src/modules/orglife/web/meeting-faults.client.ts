import { useState } from 'react'
import type { z } from 'zod'
import { CallProblem } from '../../../kernel/http/call.ts'
import { issueSentence } from '../../../ui/issue-sentence.ts'

export interface Faults {
  readonly byPath: ReadonlyMap<string, string>
  readonly refusals: number
  /** The body as the schema reads it, or null after the faults are shown. */
  readonly check: <Schema extends z.ZodType>(schema: Schema, body: unknown) => z.output<Schema> | null
  /** Puts the server's refusals, or one of the page's own, at their fields. */
  readonly refuse: (error: unknown) => void
  readonly say: (path: string, sentence: string) => void
  /** Forgets what was said about fields that have been changed since. */
  readonly forget: (fields: readonly string[]) => void
}

const sentFields: Readonly<Record<string, string>> = { files: 'fileIds' }

/** What is wrong, by field path such as `agenda.0.title`; the first word about each. */
export function useFaults(): Faults {
  const [byPath, setFaults] = useState<ReadonlyMap<string, string>>(new Map())
  const [refusals, setRefusals] = useState(0)
  const show = (found: readonly (readonly [string, string])[]) => {
    setFaults(new Map(found.filter(([path], at) => found.findIndex(([other]) => other === path) === at)))
    setRefusals((before) => before + 1)
  }
  return {
    byPath,
    refusals,
    check: (schema, body) => {
      const read = schema.safeParse(body, { error: (issue) => issueSentence(issue as never) })
      if (read.success) {
        setFaults(new Map())
        return read.data as z.output<typeof schema>
      }
      show(read.error.issues.map((issue) => [issue.path.map(String).join('.'), issue.message]))
      return null
    },
    refuse: (error) =>
      show(error instanceof CallProblem ? error.errors.map((each) => [each.field.replace(/^body\./, ''), each.message]) : []),
    say: (path, sentence) => show([[path, sentence]]),
    forget: (fields) => {
      const names = fields.map((field) => sentFields[field] ?? field)
      setFaults((before) =>
        before.size === 0 ? before : new Map([...before].filter(([path]) => !names.includes(path.split('.')[0] ?? ''))),
      )
    },
  }
}
