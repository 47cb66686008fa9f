import { z } from 'zod'
import type { EntryForm, EntryPage } from '../entries/entry-endpoints.contract.ts'
import { type EntryKind, namesOf } from '../entries/entry-kind.contract.ts'

const named = z.object({ id: z.string(), name: z.string() })
export type Named = z.output<typeof named>
type Whole = EntryKind['recordBody'] | EntryKind['correctBody']

/** The form's fields: those of the interface, with names beside the ids of people and files while they stand on the screen. */
export function formFields<Body extends Whole>(kind: EntryKind, body: Body): Body {
  const shape: Record<string, z.ZodType> = body.shape
  const withNames = (field: string) =>
    z
      .array(named)
      .default([])
      .transform((list) => list.map(({ id }) => id))
      .pipe(shape[field] as z.ZodType<unknown, string[]>)
  const fields = ['fileIds', ...kind.roles.map(({ field }) => field)]
  // What leaves the form is exactly the body; only what stands in it meanwhile differs.
  return body.extend(Object.fromEntries(fields.map((field) => [field, withNames(field)]))) as unknown as Body
}

/** Values that a field has before anybody touched it. */
function defaultsOf(kind: EntryKind): Record<string, unknown> {
  const pairs = Object.entries(kind.content.shape as Record<string, z.ZodType>).map(
    ([field, schema]) => [field, schema.safeParse(undefined).data] as const,
  )
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined))
}

/** What an empty form begins with; the day of a period that is over is for the writer to say. */
export function initialOf(kind: EntryKind, form: EntryForm, over: boolean): Record<string, unknown> {
  return {
    ...defaultsOf(kind),
    organizationIds: [form.organization.id],
    ...(!over && { heldOn: form.heldOn }),
    ...form.usual,
    fileIds: [],
  }
}

/** A stored record as the form's values, to be corrected. */
export function valuesOf(kind: EntryKind, page: EntryPage): Record<string, unknown> {
  const people = kind.roles.map(({ role, field }) => [
    field,
    page.people.filter((person) => person.role === role).map(({ personId, name }) => ({ id: personId, name })),
  ])
  // What the program added to the content is computed anew and is no field of the form.
  const own = Object.entries(page.content).filter(([field]) => field in kind.content.shape)
  return {
    ...Object.fromEntries(own),
    organizationIds: page.organizations.map(({ id }) => id),
    heldOn: page.heldOn,
    title: page.title,
    ...(page.place !== null && { place: page.place }),
    ...Object.fromEntries(people),
    fileIds: page.files.map(({ id, name }) => ({ id, name })),
    revision: page.revision,
  }
}

/** How a field of the content is asked. */
export function askedAs(schema: z.ZodType): 'one' | 'several' | 'area' | 'plain' {
  const names = namesOf(schema)
  if (names) return isArray(schema) ? 'several' : 'one'
  return schema.meta()?.['area'] === true ? 'area' : 'plain'
}

function isArray(schema: z.ZodType): boolean {
  const { def } = schema as unknown as { def: { type: string; innerType?: z.ZodType } }
  return def.type === 'array' || (def.innerType !== undefined && isArray(def.innerType))
}

/** The form's address, preset by a duty or a list. */
export function entryAddress(collection: string, preset: { organization?: string; period?: string }): string {
  const search = new URLSearchParams(Object.entries(preset).filter((pair): pair is [string, string] => Boolean(pair[1])))
  return search.size === 0 ? `/${collection}/new` : `/${collection}/new?${search.toString()}`
}

/** Where the form keeps what is not sent yet. */
export const entryDraftKey = (collection: string, preset: { organization: string; period?: string | undefined }): string =>
  `${collection}:${preset.organization}:${preset.period ?? ''}`
