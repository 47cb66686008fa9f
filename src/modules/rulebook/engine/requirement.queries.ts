import { z } from 'zod'
import { sql } from 'kysely'
import { keptPlan } from '../../../kernel/database/kept-plans.ts'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { Cadence } from '../../../kernel/time/period.ts'

const subjectSchema = z.object({
  kinds: z.array(z.string()).optional(),
  post: z.object({ code: z.string(), at: z.array(z.string()) }).optional(),
  members: z.object({ standing: z.array(z.string()), at: z.array(z.string()) }).optional(),
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
const targetSchema = z.object({
  at_least: z.number().optional(),
  sum_at_least: z.number().optional(),
  ratio_at_least: z.number().optional(),
})
const eventSchema = z.object({
  name: z.string(),
  params: z.unknown(),
  months: z.number().optional(),
  days: z.number().optional(),
})

/** A requirement's version as the engine works with it. */
export interface LiveRequirement {
  readonly no: number
  readonly code: string
  readonly title: string
  readonly dimension: string
  readonly strength: 'hard' | 'soft'
  /** Natural periods; `once` until a day, `event` so long after each event. */
  readonly cadence: Cadence | 'once' | 'event'
  /** Of the periods to which its obligations belong: a deadline lies in a month. */
  readonly periodCadence: Cadence
  readonly subject: z.output<typeof subjectSchema>
  readonly target: z.output<typeof targetSchema>
  readonly measure: string
  readonly params: unknown
  readonly dueOffset: number
  readonly grace: number
  /** So many days before its last day those who keep it are told. */
  readonly noticeDays: number
  readonly lateCounts: 'met_late' | 'unmet'
  readonly from: CivilDate
  readonly to: CivilDate | null
  /** What is asked once: its last day, and its first, which is that of the oldest version. */
  readonly once: { readonly from: CivilDate; readonly by: CivilDate } | null
  readonly event: z.output<typeof eventSchema> | null
  /** Switched off, or waiting for a module: nobody owes it, and what is stored of it goes. */
  readonly live: boolean
}

/** What the requirement's people are, in organizations of these kinds: the organizations themselves or persons in them. */
export const subjectKinds = ({ subject }: Pick<LiveRequirement, 'subject'>): readonly string[] =>
  subject.post?.at ?? subject.members?.at ?? subject.kinds ?? []

/** Whether it is owed by organizations or by persons. */
export const subjectKindOf = ({ subject }: Pick<LiveRequirement, 'subject'>): 'o' | 'p' =>
  subject.post || subject.members ? 'p' : 'o'

/** All live versions, old ones included: a period goes by the version of its first day. */
export async function liveRequirements(read: Read): Promise<LiveRequirement[]> {
  return (await requirementVersions(read)).filter((requirement) => requirement.live)
}

/** Versions by the stamp under which they were read: the stamp changes with them, in every process. */
const remembered = new Map<string, readonly LiveRequirement[]>()
/** More than one, because one process may serve several databases. */
const mostRemembered = 6

/** Another value whenever requirements change; no two databases have the same. */
export async function requirementsStamp(read: Read): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`${keptPlan}select s.stamp from rulebook.requirements_stamp s`.execute(
    reading<'rulebook'>(read),
  )
  return rows[0]?.stamp ?? ''
}

/** All versions there are, live or not. */
export async function requirementVersions(read: Read): Promise<readonly LiveRequirement[]> {
  const known = remembered.get(await requirementsStamp(read))
  if (known) return known
  const { stamp, versions } = await readVersions(read)
  if (stamp !== null) remembered.set(stamp, versions)
  for (const old of [...remembered.keys()].slice(0, -mostRemembered)) remembered.delete(old)
  return versions
}

/** Rows with the stamp in one statement, so that they belong together. */
const versionRows = (read: Read) =>
  reading<'rulebook'>(read)
    .selectFrom('rulebook.requirements')
    .select((e) => [
      e.selectFrom('rulebook.requirements_stamp').select('stamp').as('stamp'),
      ...(['no', 'code', 'title', 'dimension', 'strength', 'cadence', 'subject', 'target', 'measure', 'params'] as const),
      ...(['due_offset_days', 'grace_days', 'notice_days', 'period_cadence', 'due_by', 'event', 'late_counts'] as const),
      ...(['enabled', 'awaits'] as const),
      e.fn<string>('lower', ['valid']).as('from'),
      e.fn<string | null>('upper', ['valid']).as('to'),
    ])
    .orderBy('code')
    .orderBy('version')
    .execute()
type Row = Awaited<ReturnType<typeof versionRows>>[number]

async function readVersions(read: Read): Promise<{ stamp: string | null; versions: LiveRequirement[] }> {
  const rows = await versionRows(read)
  const first = new Map<string, CivilDate>()
  // What was withdrawn before it began is kept on days long gone.
  for (const row of rows) {
    if (row.from > '1900' && row.from < (first.get(row.code) ?? '9999')) first.set(row.code, row.from)
  }
  return { stamp: rows[0]?.stamp ?? null, versions: rows.map((row) => versionOf(row, first.get(row.code) ?? row.from)) }
}

/** `first` is the first day of the oldest version. */
function versionOf(row: Row, first: CivilDate): LiveRequirement {
  return {
    no: row.no,
    code: row.code,
    title: row.title,
    dimension: row.dimension,
    strength: row.strength === 'hard' ? 'hard' : 'soft',
    cadence: row.cadence as LiveRequirement['cadence'],
    periodCadence: row.period_cadence as Cadence,
    subject: subjectSchema.parse(row.subject),
    target: targetSchema.parse(row.target),
    measure: row.measure,
    params: row.params,
    dueOffset: row.due_offset_days,
    grace: row.grace_days,
    noticeDays: row.notice_days,
    lateCounts: row.late_counts === 'unmet' ? 'unmet' : 'met_late',
    from: row.from,
    to: row.to,
    once: row.due_by === null ? null : { from: first, by: row.due_by },
    event: row.event === null ? null : eventSchema.parse(row.event),
    live: row.enabled && row.awaits === null,
  }
}

const figuresFrom = 'rulebook.figures_from'

/** The first day that figures are kept for; periods that begin earlier are nobody's duty here. */
export async function figuresSince(read: Read): Promise<CivilDate> {
  const { rows } = await sql<{
    value: unknown
  }>`${keptPlan}select s.value from kernel.settings s where s.name = ${figuresFrom}`.execute(reading<'kernel'>(read))
  const value = rows[0]?.value
  return typeof value === 'string' ? value : '2019-01-01'
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
