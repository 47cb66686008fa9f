import { stringify } from 'yaml'
import { plainBody } from './body.rules.ts'

const order = ['document', 'clauses', 'tags', 'requirements', 'tightens'] as const

/** A document as the text of a rulebook file; read again it is the same. What is at its default is written out. */
export function rulebookText(file: unknown): string {
  const body = plainBody(file)
  const parts = Object.fromEntries(
    order.flatMap((section) => {
      const value = body[section]
      return Array.isArray(value) && value.length === 0 && section !== 'clauses' ? [] : [[section, value]]
    }),
  )
  return stringify(parts, { version: '1.2', schema: 'core', lineWidth: 0, aliasDuplicateObjects: false })
}
