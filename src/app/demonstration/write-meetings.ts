import type { Tx } from '../../kernel/database/handles.ts'
import { addDays, type CivilDate } from '../../kernel/time/civil-date.ts'
import { giveNumbers, insertRows, wordArray } from './bulk.ts'
import type { MadeMeeting, Seat } from './made-meetings.ts'
import type { MadeOrganization, MadePerson } from './register.ts'

/** The account that records for an organization. */
export type RecorderOf = (organization: MadeOrganization) => number

/** Who records, and the day on which the city is made: nothing may be stamped later than that. */
export interface Recording {
  readonly recorderOf: RecorderOf
  readonly today: CivilDate
}

/** Writes a batch of meetings with all their parts and revisions. */
export async function writeMeetings(tx: Tx, meetings: readonly MadeMeeting[], recording: Recording): Promise<void> {
  await giveNumbers(tx, 'orglife.meetings', meetings)
  await insertRows(
    tx,
    { table: 'orglife.meetings', columns: meetingColumns },
    meetings.map((each) => meetingRow(each, recording)),
  )
  await insertRows(
    tx,
    { table: 'orglife.meeting_revisions', columns: revisionColumns },
    meetings.flatMap((each) => revisionRows(each, recording)),
  )
  await insertRows(
    tx,
    { table: 'orglife.meeting_organizations', columns: headColumns },
    meetings.flatMap((each) =>
      headsOf(each).map((heads) => [each.no, heads.organizationNo, each.heldOn, ...Object.values(heads).slice(1)]),
    ),
  )
  await insertRows(tx, { table: 'orglife.attendances', columns: attendanceColumns }, meetings.flatMap(attendanceRows))
  await writeContents(tx, meetings)
}

async function writeContents(tx: Tx, meetings: readonly MadeMeeting[]): Promise<void> {
  const numbered = <Item>(list: readonly Item[]) => list.map((item, index) => ({ item, position: index + 1 }))
  await insertRows(
    tx,
    { table: 'orglife.agenda_items', columns: { meeting_no: 'bigint', position: 'int', title: 'text', category: 'text' } },
    meetings.flatMap(({ no, agenda }) => numbered(agenda).map(({ item, position }) => [no, position, item.title, item.category])),
  )
  await insertRows(
    tx,
    { table: 'orglife.votes', columns: voteColumns },
    meetings.flatMap((each) =>
      votesOf(each).map((vote, index) => [
        each.no,
        index + 1,
        vote.matter,
        vote.eligible,
        vote.present,
        vote.yes,
        vote.no,
        vote.abstained,
        vote.passed,
      ]),
    ),
  )
  await insertRows(
    tx,
    {
      table: 'orglife.resolutions',
      columns: { meeting_no: 'bigint', position: 'int', content: 'text', owner_no: 'bigint', due_on: 'date' },
    },
    meetings.flatMap(({ no, resolutions }) =>
      numbered(resolutions).map(({ item, position }) => [no, position, item.content, item.owner.no, dueOf(item.dueOn)]),
    ),
  )
}

const dueOf = (recordedOn: CivilDate) => addDays(recordedOn, 30)

const meetingColumns = {
  no: 'bigint',
  id: 'text',
  revision: 'int',
  state: 'text',
  organization_no: 'bigint',
  kinds: 'text[]',
  title: 'text',
  held_on: 'date',
  place: 'text',
  starts_at: 'time',
  ends_at: 'time',
  minutes: 'text',
  first_category: 'text',
  chair_no: 'bigint',
  speaker_no: 'bigint',
  recorded_on: 'date',
  recorded_at: 'timestamptz',
  recorded_by: 'bigint',
  late_reason: 'text',
  planned_at: 'timestamptz',
  state_reason: 'text',
} as const
const revisionColumns = {
  meeting_no: 'bigint',
  revision: 'int',
  state: 'text',
  body: 'jsonb',
  reason: 'text',
  recorded_at: 'timestamptz',
  recorded_by: 'bigint',
} as const
const headColumns = {
  meeting_no: 'bigint',
  organization_no: 'bigint',
  held_on: 'date',
  expected: 'int',
  present: 'int',
  eligible: 'int',
  eligible_present: 'int',
  committee_expected: 'int',
  committee_present: 'int',
} as const
const attendanceColumns = {
  meeting_no: 'bigint',
  person_no: 'bigint',
  organization_no: 'bigint',
  presence: 'text',
  reason: 'text',
} as const
const voteColumns = {
  meeting_no: 'bigint',
  position: 'int',
  matter: 'text',
  eligible: 'int',
  present: 'int',
  yes: 'int',
  no_votes: 'int',
  abstained: 'int',
  passed: 'boolean',
} as const

/** Half past something on a working day, the same for the same meeting; what is of today was entered right after midnight. */
const momentOn = (day: CivilDate, { no }: MadeMeeting, today: CivilDate) =>
  day < today
    ? `${day}T${String(9 + (no % 8)).padStart(2, '0')}:${20 + (no % 30)}:00+08:00`
    : `${today}T00:00:${10 + (no % 30)}+08:00`
const hostOf = (meeting: MadeMeeting): MadeOrganization => {
  const host = meeting.hosts[0]
  if (!host) throw new RangeError('a meeting needs an organization')
  return host
}
const numberOf = (person: MadePerson | null) => person?.no ?? null

function meetingRow(meeting: MadeMeeting, { recorderOf, today }: Recording): (string | number | null)[] {
  const host = hostOf(meeting)
  const { recordedOn } = meeting
  const plannedAt = recordedOn === null ? momentOn(addDays(meeting.heldOn, -20), meeting, today) : null
  return [
    meeting.no,
    meeting.id,
    meeting.changedFor === null ? 1 : 2,
    meeting.state,
    host.no,
    wordArray(meeting.kinds),
    meeting.title,
    meeting.heldOn,
    meeting.place,
    meeting.startsAt,
    meeting.endsAt,
    meeting.minutes,
    meeting.agenda[0]?.category ?? null,
    numberOf(meeting.chair),
    numberOf(meeting.speaker),
    recordedOn,
    recordedOn && momentOn(recordedOn, meeting, today),
    recordedOn && recorderOf(host),
    meeting.lateReason,
    plannedAt,
    meeting.state === 'withdrawn' ? meeting.changedFor : null,
  ]
}

/** Each whole state as it was entered; a corrected meeting first lacked its last agenda item. */
function revisionRows(meeting: MadeMeeting, { recorderOf, today }: Recording): (string | number | null)[][] {
  const recorder = recorderOf(hostOf(meeting))
  const first = meeting.recordedOn ?? addDays(meeting.heldOn, -20)
  const body = bodyOf(meeting)
  const entered = meeting.recordedOn === null ? 'planned' : 'recorded'
  if (meeting.changedFor === null)
    return [[meeting.no, 1, entered, JSON.stringify(body), meeting.lateReason, momentOn(first, meeting, today), recorder]]
  const before = meeting.state === 'withdrawn' ? body : { ...body, agenda: body.agenda.slice(0, 1) }
  return [
    [meeting.no, 1, entered, JSON.stringify(before), meeting.lateReason, momentOn(first, meeting, today), recorder],
    [
      meeting.no,
      2,
      meeting.state,
      JSON.stringify(body),
      meeting.changedFor,
      momentOn(addDays(first, 2), meeting, today),
      recorder,
    ],
  ]
}

function bodyOf(meeting: MadeMeeting) {
  const attendance = attendanceRows(meeting).map(([, personNo, organizationNo, presence, reason]) => ({
    personNo,
    organizationNo,
    presence,
    reason,
  }))
  return {
    organizations: headsOf(meeting),
    kinds: meeting.kinds,
    title: meeting.title,
    heldOn: meeting.heldOn,
    place: meeting.place,
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    minutes: meeting.minutes,
    chairNo: numberOf(meeting.chair),
    speakerNo: numberOf(meeting.speaker),
    agenda: meeting.agenda,
    attendance,
    votes: votesOf(meeting),
    resolutions: meeting.resolutions.map(({ content, owner, dueOn }) => ({
      content,
      ownerNo: owner.no,
      dueOn: dueOf(dueOn),
    })),
    fileNos: [],
  }
}

function headsOf({ hosts, seats }: MadeMeeting) {
  return hosts.map((organization) => {
    const own = seats.filter((seat) => seat.organization === organization)
    const came = own.filter((seat) => seat.reason === null)
    const count = (list: readonly Seat[], test: (seat: Seat) => boolean) => list.filter(test).length
    return {
      organizationNo: organization.no,
      expected: own.length,
      present: came.length,
      eligible: count(own, (seat) => seat.eligible),
      eligiblePresent: count(came, (seat) => seat.eligible),
      committeeExpected: count(own, (seat) => seat.onCommittee),
      committeePresent: count(came, (seat) => seat.onCommittee),
    }
  })
}

function attendanceRows(meeting: MadeMeeting): (string | number | null)[][] {
  const host = hostOf(meeting)
  return [
    ...meeting.seats.map(({ person, organization, reason }) => [
      meeting.no,
      person.no,
      organization.no,
      reason === null ? 'present' : 'absent',
      reason,
    ]),
    ...meeting.sittingIn.map((person) => [meeting.no, person.no, host.no, 'sitting_in', null]),
  ]
}

/** ZB7: carried by more than half of those who should have come with a vote. */
function votesOf(meeting: MadeMeeting) {
  const heads = headsOf(meeting)
  const eligible = heads.reduce((sum, each) => sum + each.eligible, 0)
  const present = heads.reduce((sum, each) => sum + each.eligiblePresent, 0)
  return meeting.votes.map((vote) => ({ ...vote, eligible, present, passed: present * 2 >= eligible && vote.yes * 2 > eligible }))
}
