import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { Level, StudyKind } from './hours.contract.ts'
import type { StudyState } from './study-records.lifecycle.ts'

export interface StudyBody {
  readonly title: string
  readonly category: string
  readonly level: Level
  readonly heldOn: CivilDate
  readonly hours: number
}
export interface StoredStudy extends StudyBody {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: StudyState
  readonly kind: StudyKind
  readonly personNo: number
  readonly organizationNo: number
  readonly credited: number | null
  readonly recordedBy: number
}

/** One record as far as the reader may see it. */
export async function findStudy(read: Read, id: string): Promise<StoredStudy | undefined> {
  const { rows } =
    await sql<StoredStudy>`select no, id, revision, state, kind, person_no as "personNo", organization_no as "organizationNo", title,
      category, level, held_on as "heldOn", hours::float8 as hours, credited::float8 as credited, recorded_by as "recordedBy"
    from learning.study_records where id = ${id}`.execute(reading<'learning'>(read))
  return rows[0]
}

/** Self-study credited to a person in a year already. */
export async function selfStudyOf(read: Read, personNo: number, year: number): Promise<number> {
  const { rows } = await sql<{ hours: number }>`select coalesce(sum(credited), 0)::float8 as hours from learning.study_records
    where person_no = ${personNo} and kind = 'self_study' and state = 'confirmed'
      and held_on between make_date(${year}::int, 1, 1) and make_date(${year}::int, 12, 31)`.execute(reading<'learning'>(read))
  return rows[0]?.hours ?? 0
}

/** The branch to which somebody belonged on a day. */
export async function homeOf(read: Read, personNo: number, day: CivilDate): Promise<number | null> {
  const { rows } = await sql<{ no: number }>`select m.organization_no as no from directory.memberships m
    join directory.organizations o on o.no = m.organization_no and o.kind <> 'group'
    where m.person_no = ${personNo} and m.valid @> ${day}::date order by 1 limit 1`.execute(reading<'directory'>(read))
  return rows[0]?.no ?? null
}

interface NewStudy {
  readonly body: StudyBody
  readonly kind: StudyKind
  readonly state: StudyState
  readonly personNo: number
  readonly organizationNo: number
}

const columns = (body: StudyBody) => ({
  title: body.title,
  category: body.category,
  level: body.level,
  held_on: body.heldOn,
  hours: body.hours,
})

export async function insertStudy(work: Work, made: NewStudy): Promise<{ no: number; id: string }> {
  const id = newId('lrn')
  const { no } = await writing<'learning'>(work.tx)
    .insertInto('learning.study_records')
    .values({
      id,
      revision: 1,
      state: made.state,
      kind: made.kind,
      person_no: made.personNo,
      organization_no: made.organizationNo,
      ...columns(made.body),
      credited: made.state === 'confirmed' ? made.body.hours : null,
      recorded_on: work.today,
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
  await keep(work, { no, revision: 1, state: made.state, body: made.body, reason: null })
  return { no, id }
}

interface NextStudy {
  readonly state: StudyState
  readonly reason: string | null
  readonly body?: StudyBody
  readonly credited: number | null
}

/** Puts a new revision in the place of the last; false when somebody else was faster. */
export async function replaceStudy(work: Work, held: StoredStudy, next: NextStudy): Promise<boolean> {
  const revision = held.revision + 1
  const changed = await writing<'learning'>(work.tx)
    .updateTable('learning.study_records')
    .set({
      revision,
      state: next.state,
      state_reason: next.reason,
      credited: next.credited,
      ...(next.body && columns(next.body)),
    })
    .where('no', '=', held.no)
    .where('revision', '=', held.revision)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  const { title, category, level, heldOn, hours } = next.body ?? held
  const body = { title, category, level, heldOn, hours, credited: next.credited }
  await keep(work, { no: held.no, revision, state: next.state, body, reason: next.reason })
  return true
}

async function keep(
  work: Work,
  kept: { no: number; revision: number; state: StudyState; body: unknown; reason: string | null },
): Promise<void> {
  await writing<'learning'>(work.tx)
    .insertInto('learning.study_record_revisions')
    .values({
      record_no: kept.no,
      revision: kept.revision,
      state: kept.state,
      body: JSON.stringify(kept.body),
      reason: kept.reason,
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
    })
    .execute()
}
