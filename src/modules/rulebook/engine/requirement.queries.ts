import { z } from 'zod'
import { sql } from 'kysely'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { Cadence } from '../../../kernel/time/period.ts'

const subjectSchema = z.object({
  kinds: z.array(z.string()).optional(),
  post: z.object({ code: z.string(), at: z.array(z.string()) }).optional(),
  where: z
    .object({
      has_committee: z.boolean().optional(),
      has_groups: z.boolean().optional(),
      min_full_members: z.number().optional(),
      max_full_members: z.number().optional(),
    })
    .default({}),
  exempt: z.array(z.string()).default([]),
})
const targetSchema = z.object({ at_least: z.number().optional(), ratio_at_least: z.number().optional() })

/** A requirement's version as the engine works with it. */
export interface LiveRequirement {
  readonly no: number
  readonly code: string
  readonly title: string
  readonly dimension: string
  readonly strength: 'hard' | 'soft'
  readonly cadence: Cadence
  readonly subject: z.output<typeof subjectSchema>
  readonly target: z.output<typeof targetSchema>
  readonly measure: string
  readonly params: unknown
  readonly dueOffset: number
  readonly grace: number
  readonly from: CivilDate
  readonly to: CivilDate | null
}

/** All enabled versions, old ones included: a period goes by the version of its first day. */
export async function liveRequirements(read: Read): Promise<LiveRequirement[]> {
  const rows = await reading<'rulebook'>(read)
    .selectFrom('rulebook.requirements')
    .select((e) => [
      ...(['no', 'code', 'title', 'dimension', 'strength', 'cadence', 'subject', 'target', 'measure', 'params'] as const),
      'due_offset_days',
      'grace_days',
      e.fn<string>('lower', ['valid']).as('from'),
      e.fn<string | null>('upper', ['valid']).as('to'),
    ])
    .where('enabled', '=', true)
    .orderBy('code')
    .orderBy('version')
    .execute()
  return rows.map((row) => ({
    no: row.no,
    code: row.code,
    title: row.title,
    dimension: row.dimension,
    strength: row.strength === 'hard' ? 'hard' : 'soft',
    cadence: row.cadence as Cadence,
    subject: subjectSchema.parse(row.subject),
    target: targetSchema.parse(row.target),
    measure: row.measure,
    params: row.params,
    dueOffset: row.due_offset_days,
    grace: row.grace_days,
    from: row.from,
    to: row.to,
  }))
}

const figuresFrom = 'rulebook.figures_from'

/** The first day that figures are kept for; periods that begin earlier are nobody's duty here. */
export async function figuresSince(read: Read): Promise<CivilDate> {
  const row = await reading<'kernel'>(read)
    .selectFrom('kernel.settings')
    .select('value')
    .where('name', '=', figuresFrom)
    .executeTakeFirst()
  return typeof row?.value === 'string' ? row.value : '2019-01-01'
}
export const figuresFromSetting = figuresFrom

/** Sets the first day that figures are kept for, where none is set yet. */
export async function keepFiguresFrom(tx: Tx, day: CivilDate): Promise<void> {
  await writing<'kernel'>(tx)
    .insertInto('kernel.settings')
    .values({ name: figuresFrom, value: JSON.stringify(day), updated_at: sql`now()` })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
