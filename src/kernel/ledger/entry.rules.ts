import { z } from 'zod'
import { type Hash, leafHash } from './merkle.rules.ts'

const word = z.string().min(1).max(200)
const digest = z.string().regex(/^[0-9a-f]{64}$/)

/** An instant with its offset from UTC written out, to the second or finer: `2026-11-23T09:30:00.000+08:00`. */
export const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/

const entrySchema = z.strictObject({
  v: z.literal(1),
  id: word,
  at: z.string().regex(instantPattern),
  action: word,
  actor: z.strictObject({ account: word.nullable(), kind: word }),
  objects: z.array(z.strictObject({ kind: word, id: word })),
  organizations: z.array(word),
  outcome: z.enum(['done', 'denied', 'failed', 'viewed']),
  // Only digests get in, so that no body can slip into what is kept for ever.
  fields: z.record(word, digest),
  requestId: word.nullable(),
})

/**
 * One event of the ledger: who did what to which objects of which organizations, and how it ended. `account` is null before
 * sign-in and for the system itself, `requestId` is null for a job. `fields` maps field names to `saltedHash` results.
 */
export type LedgerEntry = z.infer<typeof entrySchema>

/** One event with its place, as it leaves the house. `entry` is the text of `canonicalEntry`, `leaf` its leaf hash in hex. */
export interface SequencedEntry {
  readonly seq: number
  readonly entry: string
  readonly leaf: string
}

const deepest = 32

/**
 * JSON with one spelling for one value: keys sorted by UTF-16 code unit, no whitespace, ECMAScript numbers (as RFC 8785).
 * Throws a TypeError naming the place for anything JSON cannot carry faithfully: undefined, functions, NaN, infinities,
 * bigint, dates and other class instances, holes, symbol keys, lone surrogates, more than 32 levels.
 */
export function canonicalJson(value: unknown): string {
  return write(value, [])
}

/** The one spelling of an entry; this text is what is hashed and stored. Throws when the entry has another shape. */
export function canonicalEntry(entry: LedgerEntry): string {
  return canonicalJson(entrySchema.parse(entry))
}

/** Leaf hash of an entry: the tree's leaf hash over the UTF-8 bytes of `canonicalEntry`. */
export function entryLeaf(hash: Hash, entry: LedgerEntry): Uint8Array {
  return leafHash(hash, Buffer.from(canonicalEntry(entry)))
}

const saltPrefix = 0x02
const shortestSalt = 16

/**
 * Digest in hex by which a field's value can later be shown to be the one recorded, by whoever holds value and salt.
 * The salt is at least 16 random bytes, fresh for each field: with a shared one, equal values would show.
 */
export function saltedHash(hash: Hash, salt: Uint8Array, value: unknown): string {
  if (salt.length < shortestSalt || salt.length > 255) throw new RangeError('the salt must have 16 to 255 bytes')
  // The salt's length stands before it, so that salt and value cannot trade bytes.
  const content = Buffer.concat([Buffer.of(saltPrefix, salt.length), salt, Buffer.from(canonicalJson(value))])
  return Buffer.from(hash(content)).toString('hex')
}

/** One line of an export, with its line feed. Sequence numbers start at 1: the leaf's index plus one. */
export function exportLine({ seq, entry, leaf }: SequencedEntry): string {
  if (!Number.isSafeInteger(seq) || seq < 1) throw new RangeError(`${seq} is not a sequence number`)
  return `{"entry":${entry},"leaf":"${digest.parse(leaf)}","seq":${seq}}\n`
}

function write(value: unknown, path: readonly string[]): string {
  if (path.length > deepest) refuse(path, 'nested too deep')
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return writeText(value, path)
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : refuse(path, String(value))
  if (Array.isArray(value)) return `[${Array.from(value, (item: unknown, at) => write(item, [...path, String(at)])).join(',')}]`
  if (typeof value === 'object') return writeObject(value, path)
  return refuse(path, typeof value)
}

function writeText(text: string, path: readonly string[]): string {
  return text.isWellFormed() ? JSON.stringify(text) : refuse(path, 'text with half a character')
}

function writeObject(value: object, path: readonly string[]): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype) refuse(path, 'an object that is not plain')
  if (Object.getOwnPropertySymbols(value).length > 0) refuse(path, 'a symbol as key')
  const sorted = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${sorted.map(([key, item]) => `${writeText(key, path)}:${write(item, [...path, key])}`).join(',')}}`
}

function refuse(path: readonly string[], what: string): never {
  throw new TypeError(`canonical JSON cannot carry ${what} at ${path.join('.') || 'the top'}`)
}
