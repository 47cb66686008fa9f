import { z } from 'zod'

/** What a replay found. */
export const replayFound = z.object({
  outcome: z.enum(['same', 'differs', 'version_differs', 'refused']),
  /** In the reader's words. */
  says: z.string(),
  /** Where this program judges otherwise than the one that froze; with an unchanged result it is only told. */
  versions: z.array(
    z.object({
      kind: z.enum(['measure', 'statement']),
      name: z.string(),
      frozen: z.string(),
      now: z.string().nullable(),
      says: z.string(),
    }),
  ),
  /** The first row that came out otherwise; null when every byte is the same. */
  difference: z
    .object({ part: z.string(), row: z.number().int(), frozen: z.string().nullable(), replayed: z.string().nullable() })
    .nullable(),
  /** Rows compared. */
  rows: z.number().int(),
  parts: z.array(z.object({ name: z.string(), rows: z.number().int() })),
})
export type ReplayFound = z.infer<typeof replayFound>
