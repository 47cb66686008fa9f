import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { factsChanged, owedChanged } from '../engine/engine.actions.ts'
import type { ReliefKind, ReliefState } from './relief.lifecycle.ts'

/** The obligation that a relief is about. */
export interface Obliged {
  readonly requirement: string
  readonly subjectKind: 'o' | 'p'
  readonly subjectNo: number
  readonly organizationNo: number
  readonly periodNo: number
  readonly periodEnds: CivilDate
}

export interface NewRelief extends Obliged {
  readonly id: string
  readonly kind: ReliefKind
  readonly state: ReliefState
  readonly reason: string
  readonly until: CivilDate | null
  readonly stoppedFrom: CivilDate | null
  /** The last day had gone by: it is shown as waiting, and late stays late. */
  readonly begunLate?: boolean
  readonly waitsOn?: string | undefined
  /** Left out where it is only asked. */
  readonly decisionReason?: string
}

/** Keeps a new relief; false when one is open for the obligation already. */
export async function keepRelief(work: Work, made: NewRelief): Promise<boolean> {
  const decided = made.decisionReason === undefined ? {} : { decided_by: work.actor.accountNo, decided_at: work.now }
  const kept = await writing<'rulebook'>(work.tx)
    .insertInto('rulebook.reliefs')
    .values({
      id: made.id,
      kind: made.kind,
      state: made.state,
      requirement_code: made.requirement,
      subject_kind: made.subjectKind,
      subject_no: made.subjectNo,
      organization_no: made.organizationNo,
      period_no: made.periodNo,
      reason: made.reason,
      until: made.until,
      stopped_from: made.stoppedFrom,
      waits_on: made.waitsOn ?? null,
      begun_late: made.begunLate ?? false,
      asked_by: work.actor.accountNo,
      asked_at: work.now,
      decision_reason: made.decisionReason ?? null,
      ...decided,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('no')
    .executeTakeFirst()
  return kept !== undefined
}

export interface StandingRelief extends Obliged {
  readonly no: number
  readonly id: string
  readonly kind: ReliefKind
  readonly state: ReliefState
  readonly until: CivilDate | null
  readonly stoppedFrom: CivilDate | null
  readonly askedBy: number
  readonly askedOn: CivilDate
}

const standing = sql`select r.no, r.id, r.kind, r.state, r.requirement_code as requirement, r.subject_kind as "subjectKind", r.subject_no as "subjectNo",
    r.organization_no as "organizationNo", r.period_no as "periodNo", p.ends::text as "periodEnds", r.until::text as until,
    r.stopped_from::text as "stoppedFrom", r.asked_by as "askedBy", (r.asked_at at time zone 'Asia/Shanghai')::date::text as "askedOn"
  from rulebook.reliefs r join rulebook.periods p on p.no = r.period_no`

/** One relief that the reader may see; throws `rulebook.relief_not_found`. */
export async function reliefBehind(read: Read, id: string): Promise<StandingRelief> {
  const { rows } = await sql<StandingRelief>`${standing} where r.id = ${id}`.execute(reading<'rulebook'>(read))
  const [found] = rows
  if (!found) throw new Problem('rulebook.relief_not_found')
  return found
}

/** Clocks that stand for what was linked to them. */
export async function standingFor(read: Read, waitsOn: string): Promise<StandingRelief[]> {
  const { rows } =
    await sql<StandingRelief>`${standing} where r.waits_on = ${waitsOn} and r.kind = 'clock_stop' and r.state = 'granted'`.execute(
      reading<'rulebook'>(read),
    )
  return rows
}

export interface Step {
  readonly to: ReliefState
  readonly until?: CivilDate | null
  readonly decisionReason?: string
  readonly answer?: string
}

/** Takes a relief to its next state, as compare-and-set; false when somebody was quicker. */
export async function stepRelief(work: Work, from: StandingRelief, step: Step): Promise<boolean> {
  const { numUpdatedRows } = await writing<'rulebook'>(work.tx)
    .updateTable('rulebook.reliefs')
    .set({
      state: step.to,
      ...(step.until !== undefined && { until: step.until }),
      ...(step.decisionReason !== undefined && {
        decided_by: work.actor.accountNo,
        decided_at: work.now,
        decision_reason: step.decisionReason,
      }),
      ...(step.answer !== undefined && {
        answer: step.answer,
        ended_by: work.actor.accountNo,
        ended_on: sql<string>`${work.today}::date`,
      }),
    })
    .where('no', '=', from.no)
    .where('state', '=', from.state)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Computes again what the relief bears on: its period and, by the facts held in the days given, those after it. */
export async function reliefChanged(work: Work, of: Obliged): Promise<void> {
  const whose = { organizations: [of.organizationNo], persons: of.subjectKind === 'p' ? [of.subjectNo] : [] }
  await owedChanged(work.tx, whose)
  const past = of.periodEnds < work.today
  await factsChanged(work, {
    ...whose,
    // What is asked once or after an event is due on any day of the period's last month.
    dates: past ? [`${of.periodEnds.slice(0, 8)}01`, of.periodEnds] : [work.today],
  })
}
