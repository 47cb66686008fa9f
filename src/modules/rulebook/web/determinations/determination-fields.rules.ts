import { z } from 'zod'
import { correctDetermination, type DeterminationPage, makeDetermination } from '../../determinations/determinations.contract.ts'

const files = z.array(z.object({ id: z.string(), name: z.string() })).default([])
const verdict = z.enum(['met', 'unmet'], { error: '请选做到或没有做到。' }).meta({ title: '做到没有' })

/** The form's fields: the verdict as a word, names beside the ids of files. */
export const makeFields = makeDetermination.body.omit({ fileIds: true, met: true }).extend({ verdict, files })
export const correctFields = correctDetermination.body.omit({ fileIds: true, met: true }).extend({ verdict, files })

/** What is sent of the form. */
export function sentOf<Values extends { verdict: 'met' | 'unmet'; files: { id: string }[] }>(values: Values) {
  const { verdict: said, files: attached, ...rest } = values
  return { ...rest, met: said === 'met', fileIds: attached.map(({ id }) => id) }
}

/** A determination as the form's values, to be corrected. */
export function valuesOf(page: DeterminationPage) {
  return {
    verdict: page.met ? ('met' as const) : ('unmet' as const),
    seen: page.seen,
    seenOn: page.seenOn,
    manner: page.manner,
    files: page.files.map(({ id, name }) => ({ id, name })),
    records: page.records.map(({ kind, id }) => ({ kind, id })),
    revision: page.revision,
  }
}

/** The form's address, preset by a duty. */
export function determineAddress(preset: { requirement?: string; organization?: string; period?: string }): string {
  const search = new URLSearchParams(Object.entries(preset).filter((pair): pair is [string, string] => Boolean(pair[1])))
  return search.size === 0 ? '/determinations/new' : `/determinations/new?${search.toString()}`
}
