import { z } from 'zod'
import type { OrganizationKind } from '../../directory/organizations/organizations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'
import type { Role } from '../../directory/grants/roles.contract.ts'
import { type EntryEndpoints, entryEndpoints } from './entry-endpoints.contract.ts'
import { common, type CommonShape, correction, type CorrectionShape, late, type LateShape } from './entry-fields.contract.ts'

/** Somebody's part in an entry, and the field of the form that names her. */
export interface EntryRole {
  readonly role: string
  readonly field: string
  readonly title: string
  readonly help?: string
  /** 0 where nobody need be named. */
  readonly least: number
  readonly most: number
  /** Whom the form offers first: everybody of the organization, its secretary, or whoever writes. */
  readonly usual?: 'everybody' | 'secretary' | 'self'
}

/** What an entry holds after it was checked against its kind: the fields by their names. */
export type EntryContent = Readonly<Record<string, unknown>>

interface Declared {
  /** `talk`: stored with each entry, names its measures' records and, with `_` for `-`, its permissions. */
  readonly code: string
  /** 微宣讲: what one entry is called. */
  readonly noun: string
  /** `talks`: path of the interface and of the pages. */
  readonly collection: string
  /** Prefix of the public ids. */
  readonly prefix: string
  /** Fields of this kind, each with its title; `area` in the metadata asks for a large input. */
  readonly content: z.ZodObject
  readonly roles: readonly EntryRole[]
  /** Who may do it: kinds of organization. */
  readonly heldBy: readonly OrganizationKind[]
  readonly recorders: readonly Role[]
  /** Who may look at the list; whoever took part sees her own entries besides. */
  readonly readers: readonly Role[]
  /** Fields of the content that the list and the sheet show. */
  readonly columns: readonly string[]
  /** The title where none was written. */
  readonly titleOf: (content: EntryContent) => string
  /** What of it may be counted apart. */
  readonly labelsOf?: (content: EntryContent) => readonly string[]
  /** What does not fit together, by field. */
  readonly faults?: (given: {
    readonly content: EntryContent
    readonly people: Readonly<Record<string, readonly string[]>>
  }) => readonly { readonly field: string; readonly message: string }[]
  /** Sentences of what the program added to the entry, for its paper. */
  readonly paperLines?: (stored: EntryContent) => readonly string[]
  /** Seen only by those who took part and by those who keep records of the organization. */
  readonly confined?: boolean
  /** Whether the place is asked for. */
  readonly place: 'asked' | 'offered' | 'never'
  /** Tag of the rulebooks whose work records count like entries of this kind. */
  readonly tag?: string
  /** A sentence for the empty list. */
  readonly purpose: string
  /** Rules in words, shown on the form and in the interface's description. */
  readonly hint: string
}

export interface EntryKind extends Declared {
  readonly recordBody: z.ZodObject<CommonShape & LateShape>
  readonly correctBody: z.ZodObject<CommonShape & CorrectionShape>
  /** Ids by the fields of the roles. */
  readonly people: z.ZodType<Readonly<Record<string, readonly string[]>>>
  readonly endpoints: EntryEndpoints
  /** `orglife.talk` */
  readonly permission: `${string}.${string}`
}

function fieldOf({ title, help, least, most }: EntryRole): z.ZodType {
  const list = z.array(personId).max(most, { error: `${title}最多 ${most} 人。` })
  const words = { title, ...(help && { help }) }
  return least === 0 ? list.default([]).meta(words) : list.min(least, { error: `请选${title}。` }).meta(words)
}

/**
 * One description of a kind of record; form, list, page, sheet, Word, interface, permissions and counting all come from it.
 * The kind's own fields stand beside the common ones in one flat body.
 */
export function defineEntryKind(declared: Declared): EntryKind {
  const roles = Object.fromEntries(declared.roles.map((role) => [role.field, fieldOf(role)]))
  const { place, ...base } = common
  const asked = place.unwrap().min(1, { error: '请写地点。' }).meta({ title: '地点' })
  const shape = {
    ...base,
    ...(declared.place !== 'never' && { place: declared.place === 'asked' ? asked : place }),
    ...roles,
    ...declared.content.shape,
  }
  // The fields of a kind are known to its own schema alone; everybody else reads the common ones.
  const whole = z.strictObject(shape) as unknown as z.ZodObject<CommonShape>
  const recordBody = whole.extend(late)
  const correctBody = whole.extend(correction)
  return {
    ...declared,
    recordBody,
    correctBody,
    people: z.object(roles) as unknown as EntryKind['people'],
    endpoints: entryEndpoints({ ...declared, recordBody, correctBody }),
    permission: `orglife.${declared.code.replaceAll('-', '_')}`,
  }
}

/** Names of an enumeration's values, where a field has them in its metadata. */
export function namesOf(field: z.ZodType | undefined): Readonly<Record<string, string>> | undefined {
  const inner = (field as { def?: { innerType?: z.ZodType } } | undefined)?.def?.innerType
  const titles = field?.meta()?.['titles'] as Readonly<Record<string, string>> | undefined
  return titles ?? (inner ? namesOf(inner) : undefined)
}

/** Title of a field by its schema's metadata. */
export function titleOfField(kind: Pick<EntryKind, 'content'>, field: string): string {
  return (kind.content.shape[field] as z.ZodType | undefined)?.meta()?.title ?? field
}

/** A value of the content in words: names for codes, lists joined, nothing for what was left out. */
export function inWords(kind: Pick<EntryKind, 'content'>, field: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => inWords(kind, field, one)).join('、')
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return ''
  return namesOf(kind.content.shape[field] as z.ZodType | undefined)?.[value] ?? value
}
