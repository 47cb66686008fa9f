import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { Credited } from '../hours/crediting.rules.ts'
import type { ClassState } from './classes.lifecycle.ts'

export interface HeldSession {
  readonly title: string
  readonly heldOn: CivilDate
  readonly hours: number
  readonly category: string
  readonly theory: boolean
  readonly teacher: string | null
  readonly place: string | null
}

/** A class's whole body with inner numbers, ready to be written. */
export interface ClassBody {
  readonly organizationNo: number
  readonly title: string
  readonly targetGroup: string
  readonly offDuty: boolean
  readonly seats: number | null
  readonly startsOn: CivilDate
  readonly endsOn: CivilDate
  readonly hours: number
  readonly theoryHours: number
  readonly exceptionReason: string | null
  readonly registersUntil: CivilDate | null
  readonly plan: { readonly no: number; readonly item: string } | null
  readonly sessions: readonly HeldSession[]
}

export interface Registered {
  readonly personNo: number
  readonly personId: string
  readonly organizationNo: number
}
export interface Absence {
  readonly personNo: number
  /** From 1. */
  readonly position: number
  readonly reason: string
}
/** A participant whose attendance is entered. */
export type Attended = Registered & Credited

export interface StoredClass {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: ClassState
  readonly organizationNo: number
  readonly title: string
  readonly offDuty: boolean
  readonly seats: number | null
  readonly registersUntil: CivilDate | null
  readonly endsOn: CivilDate
  readonly recordedOn: CivilDate | null
  readonly lateReason: string | null
}

/** One class as far as the reader may see it. */
export async function findClass(read: Read, id: string): Promise<StoredClass | undefined> {
  const { rows } =
    await sql<StoredClass>`select no, id, revision, state, organization_no as "organizationNo", title, off_duty as "offDuty", seats,
      registers_until as "registersUntil",
      ends_on as "endsOn", recorded_on as "recordedOn", late_reason as "lateReason" from learning.classes where id = ${id}`.execute(
      reading<'learning'>(read),
    )
  return rows[0]
}

/** Sessions of a class with their positions, and whether each is political theory. */
export async function sessionsHeld(read: Read, classNo: number): Promise<(HeldSession & { position: number })[]> {
  const { rows } = await sql<
    HeldSession & { position: number }
  >`select s.position, s.title, s.held_on as "heldOn", s.hours::float8 as hours,
      s.category, c.political_theory as theory, s.teacher, s.place
    from learning.class_sessions s join learning.categories c on c.code = s.category where s.class_no = ${classNo} order by s.position`.execute(
    reading<'learning'>(read),
  )
  return rows
}

export async function participantsOf(read: Read, classNo: number): Promise<Registered[]> {
  const { rows } =
    await sql<Registered>`select x.person_no as "personNo", p.id as "personId", x.organization_no as "organizationNo"
    from learning.participants x join directory.persons p on p.no = x.person_no where x.class_no = ${classNo} order by 1`.execute(
      reading<'learning' | 'directory'>(read),
    )
  return rows
}

export async function absencesOf(read: Read, classNo: number): Promise<Absence[]> {
  const { rows } =
    await sql<Absence>`select person_no as "personNo", position, reason from learning.absences where class_no = ${classNo}
    order by 1, 2`.execute(reading<'learning'>(read))
  return rows
}

const projection = (body: ClassBody) => ({
  organization_no: body.organizationNo,
  title: body.title,
  target_group: body.targetGroup,
  off_duty: body.offDuty,
  seats: body.seats,
  starts_on: body.startsOn,
  ends_on: body.endsOn,
  hours: body.hours,
  theory_hours: body.theoryHours,
  exception_reason: body.exceptionReason,
  registers_until: body.registersUntil,
  plan_no: body.plan?.no ?? null,
  plan_item: body.plan?.item ?? null,
})

/** Enters a class that is planned. */
export async function insertClass(
  work: Work,
  body: ClassBody,
  people: readonly Registered[],
): Promise<{ no: number; id: string }> {
  const id = newId('tcl')
  const { no } = await writing<'learning'>(work.tx)
    .insertInto('learning.classes')
    .values({
      id,
      revision: 1,
      state: 'planned',
      ...projection(body),
      created_on: work.today,
      created_at: work.now,
      created_by: work.actor.accountNo,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
  await writeSessions(work.tx, no, body.sessions)
  await writeParticipants(work.tx, { no, body }, people)
  await keepRevision(work, {
    no,
    revision: 1,
    state: 'planned',
    body: { ...body, people: people.map(noOf) },
    reason: body.exceptionReason,
  })
  return { no, id }
}

const noOf = ({ personNo }: Registered) => personNo

async function writeSessions(tx: Tx, no: number, sessions: readonly HeldSession[]): Promise<void> {
  await writing<'learning'>(tx)
    .insertInto('learning.class_sessions')
    .values(
      sessions.map((each, index) => ({
        class_no: no,
        position: index + 1,
        title: each.title,
        held_on: each.heldOn,
        hours: each.hours,
        category: each.category,
        teacher: each.teacher,
        place: each.place,
      })),
    )
    .execute()
}

/** Puts the whole list in place of the last; hours are given once attendance is entered. */
export async function writeParticipants(
  tx: Tx,
  { no, body }: { no: number; body: Pick<ClassBody, 'organizationNo' | 'endsOn'> },
  people: readonly (Registered & Partial<Credited>)[],
): Promise<void> {
  const db = writing<'learning'>(tx)
  await db.deleteFrom('learning.absences').where('class_no', '=', no).execute()
  await db.deleteFrom('learning.participants').where('class_no', '=', no).execute()
  if (people.length === 0) return
  await sql`insert into learning.participants (class_no, person_no, organization_no, host_no, held_on, hours, theory_hours, missed_hours)
    select ${no}, t.person, t.organization, ${body.organizationNo}, ${body.endsOn}::date, t.hours, t.theory, t.missed
    from unnest(${people.map(noOf)}::bigint[], ${people.map((each) => each.organizationNo)}::bigint[],
      ${people.map((each) => each.hours ?? null)}::numeric[], ${people.map((each) => each.theoryHours ?? null)}::numeric[],
      ${people.map((each) => each.missedHours ?? null)}::numeric[]) as t (person, organization, hours, theory, missed)`.execute(
    db,
  )
}

export async function writeAbsences(tx: Tx, no: number, absences: readonly Absence[]): Promise<void> {
  if (absences.length === 0) return
  await writing<'learning'>(tx)
    .insertInto('learning.absences')
    .values(absences.map(({ personNo, position, reason }) => ({ class_no: no, position, person_no: personNo, reason })))
    .execute()
}

/** What a new revision changes beside the body. */
export interface NextClass {
  readonly state: ClassState
  readonly reason: string | null
  readonly body?: ClassBody
  readonly recordedOn?: CivilDate
  readonly lateReason?: string | null
  /** All there is to know of the new state, for the revision. */
  readonly whole: unknown
}

/** Puts a new revision in the place of the last; false when somebody else was faster. */
export async function replaceClass(work: Work, held: StoredClass, next: NextClass): Promise<boolean> {
  const revision = held.revision + 1
  const changed = await writing<'learning'>(work.tx)
    .updateTable('learning.classes')
    .set({
      revision,
      state: next.state,
      ...(next.body && projection(next.body)),
      ...(next.recordedOn && { recorded_on: next.recordedOn }),
      ...(next.lateReason !== undefined && { late_reason: next.lateReason }),
      ...(next.state === 'withdrawn' && { state_reason: next.reason }),
    })
    .where('no', '=', held.no)
    .where('revision', '=', held.revision)
    .where('state', '=', held.state)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  if (next.body) {
    await writing<'learning'>(work.tx).deleteFrom('learning.class_sessions').where('class_no', '=', held.no).execute()
    await writeSessions(work.tx, held.no, next.body.sessions)
  }
  await keepRevision(work, { no: held.no, revision, state: next.state, body: next.whole, reason: next.reason })
  return true
}

async function keepRevision(
  work: Work,
  kept: { no: number; revision: number; state: ClassState; body: unknown; reason: string | null },
): Promise<void> {
  await writing<'learning'>(work.tx)
    .insertInto('learning.class_revisions')
    .values({
      class_no: kept.no,
      revision: kept.revision,
      state: kept.state,
      body: JSON.stringify(kept.body),
      reason: kept.reason,
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
    })
    .execute()
}
