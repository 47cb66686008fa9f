import { z } from 'zod'

/** First words of what is signed and of the file itself. */
export const snapshotFormat = 'biaoshuai-snapshot/1'

const digest = z.string().regex(/^[0-9a-f]{64}$/)

/** The first line: what is frozen, as of when, by which versions. */
export const snapshotHead = z.strictObject({
  format: z.literal(snapshotFormat),
  snapshot: z.string(),
  organization: z.strictObject({ no: z.number().int(), id: z.string(), name: z.string() }),
  period: z.strictObject({ no: z.number().int(), name: z.string(), starts: z.string(), ends: z.string() }),
  asOf: z.string(),
  /** First day of the figures; facts from then on are inputs. */
  since: z.string(),
  frozenAt: z.string(),
  supersedes: z.strictObject({ snapshot: z.string(), reason: z.string() }).nullable(),
  /** The newest migration, by name: the shape of the tables. */
  schema: z.string(),
  measures: z.array(z.strictObject({ name: z.string(), version: z.number().int(), title: z.string() })),
  /** Each rule version with a digest of the statement by which it was judged. */
  rules: z.array(
    z.strictObject({ no: z.number().int(), code: z.string(), version: z.number().int(), measure: z.string(), statement: digest }),
  ),
})
export type SnapshotHead = z.infer<typeof snapshotHead>

/** One part of the file: an input table, or a part of the result. */
export const sectionStart = z.strictObject({
  section: z.enum(['input', 'result']),
  name: z.string(),
  columns: z.array(z.string()),
})
export const sectionEnd = z.strictObject({ end: z.string(), rows: z.number().int(), sha256: digest })
export const snapshotSection = z.strictObject({
  section: z.enum(['input', 'result']),
  name: z.string(),
  rows: z.number().int(),
  sha256: digest,
})
export type SnapshotSection = z.infer<typeof snapshotSection>

/** The last line. `content` is the SHA-256 of all bytes before it; the signature stands for format and content. */
export const snapshotSeal = z.strictObject({
  sections: z.array(snapshotSection),
  content: digest,
  key: z.string().regex(/^[0-9a-f]{8}$/),
  signature: z.base64(),
})
export type SnapshotSeal = z.infer<typeof snapshotSeal>

/** Names of the result's parts in their order; each is compared byte for byte. */
export const resultNames = ['obligations', 'evidence', 'cells'] as const
export type ResultName = (typeof resultNames)[number]
