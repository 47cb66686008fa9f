import type { Tx } from '../../kernel/database/handles.ts'
import type { CivilDate } from '../../kernel/time/civil-date.ts'
import { giveNumbers, insertRows } from './bulk.ts'
import type { MadeWorkRecord } from './made-work-records.ts'
import type { Recording } from './write-meetings.ts'

type Cell = string | number | null
const on = { record_no: 'bigint' } as const

/** Writes work records with their parts and their first revisions. */
export async function writeWorkRecords(tx: Tx, records: readonly MadeWorkRecord[], recording: Recording): Promise<void> {
  await giveNumbers(tx, 'orglife.work_records', records)
  await insertRows(
    tx,
    { table: 'orglife.work_records', columns: recordColumns },
    records.map((each) => recordRow(each, recording)),
  )
  await insertRows(
    tx,
    { table: 'orglife.work_record_revisions', columns: revisionColumns },
    records.map((each) => revisionRow(each, recording)),
  )
  await insertRows(
    tx,
    { table: 'orglife.work_record_organizations', columns: { ...on, organization_no: 'bigint', held_on: 'date' } },
    records.map((each) => [each.no, each.organization.no, each.heldOn]),
  )
  await insertRows(
    tx,
    { table: 'orglife.work_record_tags', columns: { ...on, tag: 'text', category: 'text' } },
    records.flatMap((each) => each.habit.tags.map(([tag, category]) => [each.no, tag, category])),
  )
  await insertRows(
    tx,
    { table: 'orglife.work_record_persons', columns: { ...on, person_no: 'bigint', held_on: 'date' } },
    records.flatMap((each) => each.people.map((person) => [each.no, person.no, each.heldOn])),
  )
}

const recordColumns = {
  no: 'bigint',
  id: 'text',
  revision: 'int',
  state: 'text',
  organization_no: 'bigint',
  title: 'text',
  content: 'text',
  held_on: 'date',
  hours: 'numeric',
  quantity: 'int',
  place: 'text',
  recorded_on: 'date',
  recorded_at: 'timestamptz',
  recorded_by: 'bigint',
  late_reason: 'text',
} as const
const revisionColumns = {
  record_no: 'bigint',
  revision: 'int',
  state: 'text',
  body: 'jsonb',
  reason: 'text',
  recorded_at: 'timestamptz',
  recorded_by: 'bigint',
} as const

/** Some time in the afternoon of the day; what is of today was entered right after midnight. */
const momentOn = (day: CivilDate, no: number, today: CivilDate) =>
  day < today ? `${day}T${14 + (no % 4)}:${10 + (no % 45)}:00+08:00` : `${today}T00:00:${10 + (no % 30)}+08:00`

function recordRow(record: MadeWorkRecord, { recorderOf, today }: Recording): Cell[] {
  const { no, id, organization, habit, heldOn, recordedOn } = record
  const entered = [recordedOn, momentOn(recordedOn, no, today), recorderOf(organization), record.lateReason]
  const done = [habit.title, habit.content, heldOn, record.hours, record.quantity, habit.place ?? null]
  return [no, id, 1, 'recorded', organization.no, ...done, ...entered]
}

function revisionRow(record: MadeWorkRecord, { recorderOf, today }: Recording): Cell[] {
  const { no, organization, habit } = record
  const body = {
    organizationNos: [organization.no],
    tags: habit.tags.map(([tag, category]) => ({ tag, category })),
    title: habit.title,
    content: habit.content,
    startedOn: null,
    heldOn: record.heldOn,
    hours: record.hours,
    quantity: record.quantity,
    place: habit.place ?? null,
    result: null,
    personNos: record.people.map((person) => person.no),
    fileNos: [],
    links: [],
  }
  const moment = momentOn(record.recordedOn, no, today)
  return [no, 1, 'recorded', JSON.stringify(body), record.lateReason, moment, recorderOf(organization)]
}
