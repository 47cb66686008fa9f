import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { OrganizationHeads } from './expected.queries.ts'
import type { AgendaCategory, MeetingKind } from './meetings.contract.ts'
import type { MeetingState } from './meetings.lifecycle.ts'

/** A meeting's whole body with inner numbers, ready to be written. */
export interface MeetingBody {
  readonly organizations: readonly OrganizationHeads[]
  readonly kinds: readonly MeetingKind[]
  readonly title: string
  readonly heldOn: string
  readonly place: string | null
  readonly startsAt: string | null
  readonly endsAt: string | null
  readonly minutes: string | null
  readonly chairNo: number | null
  readonly speakerNo: number | null
  readonly agenda: readonly { title: string; category: AgendaCategory }[]
  readonly attendance: readonly {
    personNo: number
    organizationNo: number
    presence: 'present' | 'absent' | 'sitting_in'
    reason: string | null
  }[]
  readonly votes: readonly {
    matter: string
    eligible: number
    present: number
    yes: number
    no: number
    abstained: number
    passed: boolean
  }[]
  readonly resolutions: readonly { content: string; ownerNo: number | null; dueOn: string | null }[]
  readonly fileNos: readonly number[]
}

export interface StoredMeeting {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: MeetingState
  readonly heldOn: string
  readonly organizationNos: readonly number[]
  readonly speakerNo: number | null
  readonly recordedOn: string | null
  readonly lateReason: string | null
  readonly title: string
}

/** One meeting as far as the reader may see it. */
export async function findMeeting(read: Read, id: string): Promise<StoredMeeting | undefined> {
  const row = await reading<'orglife'>(read)
    .selectFrom('orglife.meetings as m')
    .select((e) => [
      ...([
        'm.no',
        'm.id',
        'm.revision',
        'm.state',
        'm.held_on',
        'm.speaker_no',
        'm.recorded_on',
        'm.late_reason',
        'm.title',
      ] as const),
      e
        .selectFrom('orglife.meeting_organizations as o')
        .select((q) => q.fn<number[]>('array_agg', ['o.organization_no']).as('nos'))
        .whereRef('o.meeting_no', '=', 'm.no')
        .as('organization_nos'),
    ])
    .where('m.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    no: row.no,
    id: row.id,
    revision: row.revision,
    state: row.state as MeetingState,
    heldOn: row.held_on,
    organizationNos: (row.organization_nos ?? []).map(Number),
    speakerNo: row.speaker_no,
    recordedOn: row.recorded_on,
    lateReason: row.late_reason,
    title: row.title,
  }
}

/** Enters a new meeting, planned or recorded; answers its number and id. */
export async function insertMeeting(
  work: Work,
  body: MeetingBody,
  entered: { state: 'planned' | 'recorded'; lateReason: string | null },
): Promise<{ no: number; id: string }> {
  const id = newId('mtg')
  const recorded = entered.state === 'recorded'
  const host = body.organizations[0]
  if (!host) throw new RangeError('a meeting needs an organization')
  const row = await writing<'orglife'>(work.tx)
    .insertInto('orglife.meetings')
    .values({
      id,
      revision: 1,
      state: entered.state,
      organization_no: host.organizationNo,
      ...projection(body),
      recorded_on: recorded ? work.today : null,
      recorded_at: recorded ? work.now : null,
      recorded_by: recorded ? work.actor.accountNo : null,
      late_reason: entered.lateReason,
      planned_at: recorded ? null : work.now,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
  await writeParts(work.tx, row.no, body)
  await keepRevision(work, { meetingNo: row.no, revision: 1, state: entered.state, body, reason: entered.lateReason })
  return { no: row.no, id }
}

/** Puts a new revision in the place of the last; false when somebody else was faster. */
export async function replaceMeeting(
  work: Work,
  meeting: StoredMeeting,
  next: { body: MeetingBody; state: 'recorded'; reason: string | null; lateReason: string | null },
): Promise<boolean> {
  const first = meeting.recordedOn === null
  const host = next.body.organizations[0]
  const changed = await writing<'orglife'>(work.tx)
    .updateTable('orglife.meetings')
    .set({
      revision: meeting.revision + 1,
      state: next.state,
      ...(host && { organization_no: host.organizationNo }),
      ...projection(next.body),
      late_reason: next.lateReason,
      ...(first && { recorded_on: work.today, recorded_at: work.now, recorded_by: work.actor.accountNo }),
    })
    .where('no', '=', meeting.no)
    .where('revision', '=', meeting.revision)
    .where('state', '=', meeting.state)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  await removeParts(work.tx, meeting.no)
  await writeParts(work.tx, meeting.no, next.body)
  await keepRevision(work, {
    meetingNo: meeting.no,
    revision: meeting.revision + 1,
    state: next.state,
    body: next.body,
    reason: next.reason,
  })
  return true
}

/** Changes the state alone, keeping all contents; false when somebody else was faster. */
export async function changeState(
  work: Work,
  meeting: StoredMeeting,
  next: { state: MeetingState; reason: string },
): Promise<boolean> {
  const db = writing<'orglife'>(work.tx)
  const changed = await db
    .updateTable('orglife.meetings')
    .set({ revision: meeting.revision + 1, state: next.state, state_reason: next.reason })
    .where('no', '=', meeting.no)
    .where('revision', '=', meeting.revision)
    .where('state', '=', meeting.state)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  const last = await db
    .selectFrom('orglife.meeting_revisions')
    .select('body')
    .where('meeting_no', '=', meeting.no)
    .where('revision', '=', meeting.revision)
    .executeTakeFirstOrThrow()
  await keepRevision(work, {
    meetingNo: meeting.no,
    revision: meeting.revision + 1,
    state: next.state,
    body: last.body,
    reason: next.reason,
  })
  return true
}

function projection(body: MeetingBody) {
  return {
    kinds: [...body.kinds],
    title: body.title,
    held_on: body.heldOn,
    place: body.place,
    starts_at: body.startsAt,
    ends_at: body.endsAt,
    minutes: body.minutes,
    first_category: body.agenda[0]?.category ?? null,
    chair_no: body.chairNo,
    speaker_no: body.speakerNo,
  }
}

async function keepRevision(
  work: Work,
  kept: { meetingNo: number; revision: number; state: MeetingState; body: unknown; reason: string | null },
): Promise<void> {
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.meeting_revisions')
    .values({
      meeting_no: kept.meetingNo,
      revision: kept.revision,
      state: kept.state,
      body: JSON.stringify(kept.body),
      reason: kept.reason,
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
    })
    .execute()
}

const parts = ['attendances', 'agenda_items', 'votes', 'resolutions', 'meeting_files', 'meeting_organizations'] as const

async function removeParts(tx: Tx, meetingNo: number): Promise<void> {
  for (const part of parts)
    await writing<'orglife'>(tx).deleteFrom(`orglife.${part}`).where('meeting_no', '=', meetingNo).execute()
}

async function writeParts(tx: Tx, meetingNo: number, body: MeetingBody): Promise<void> {
  const db = writing<'orglife'>(tx)
  const numbered = <Row>(rows: readonly Row[]) => rows.map((row, index) => ({ meeting_no: meetingNo, position: index + 1, row }))
  await db
    .insertInto('orglife.meeting_organizations')
    .values(
      body.organizations.map((heads) => ({
        meeting_no: meetingNo,
        organization_no: heads.organizationNo,
        held_on: body.heldOn,
        expected: heads.expected,
        present: heads.present,
        eligible: heads.eligible,
        eligible_present: heads.eligiblePresent,
        committee_expected: heads.committeeExpected,
        committee_present: heads.committeePresent,
      })),
    )
    .execute()
  await writeAttendance(tx, meetingNo, body)
  await db
    .insertInto('orglife.agenda_items')
    .values(numbered(body.agenda).map(({ row, ...at }) => ({ ...at, title: row.title, category: row.category })))
    .execute()
  if (body.votes.length > 0) {
    await db
      .insertInto('orglife.votes')
      .values(
        numbered(body.votes).map(({ row, ...at }) => ({
          ...at,
          matter: row.matter,
          eligible: row.eligible,
          present: row.present,
          yes: row.yes,
          no_votes: row.no,
          abstained: row.abstained,
          passed: row.passed,
        })),
      )
      .execute()
  }
  if (body.resolutions.length > 0) {
    await db
      .insertInto('orglife.resolutions')
      .values(
        numbered(body.resolutions).map(({ row, ...at }) => ({
          ...at,
          content: row.content,
          owner_no: row.ownerNo,
          due_on: row.dueOn,
        })),
      )
      .execute()
  }
  if (body.fileNos.length > 0)
    await db
      .insertInto('orglife.meeting_files')
      .values(body.fileNos.map((file) => ({ meeting_no: meetingNo, file_no: file })))
      .execute()
}

/** Attendance may be a whole unit's: one statement with arrays, whatever their number. */
async function writeAttendance(tx: Tx, meetingNo: number, { attendance }: MeetingBody): Promise<void> {
  if (attendance.length === 0) return
  await sql`insert into orglife.attendances (meeting_no, person_no, organization_no, presence, reason)
    select ${meetingNo}, * from unnest(${attendance.map((row) => row.personNo)}::bigint[], ${attendance.map((row) => row.organizationNo)}::bigint[],
      ${attendance.map((row) => row.presence)}::text[], ${attendance.map((row) => row.reason)}::text[])`.execute(
    writing<'orglife'>(tx),
  )
}
