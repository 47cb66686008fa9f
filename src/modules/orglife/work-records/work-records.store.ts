import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { LinkedKind } from './work-records.contract.ts'
import type { WorkRecordState } from './work-records.lifecycle.ts'

/** A work record's whole body with inner numbers, ready to be written. */
export interface WorkRecordBody {
  readonly organizationNos: readonly number[]
  readonly tags: readonly { tag: string; category: string | null }[]
  readonly title: string
  readonly content: string
  readonly startedOn: string | null
  readonly heldOn: string
  readonly hours: number | null
  readonly quantity: number | null
  readonly place: string | null
  readonly result: string | null
  readonly personNos: readonly number[]
  readonly fileNos: readonly number[]
  readonly links: readonly { kind: LinkedKind; id: string }[]
}

export interface StoredWorkRecord {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: WorkRecordState
  readonly title: string
  readonly heldOn: string
  readonly lateReason: string | null
  readonly recordedBy: number
  readonly organizationNos: readonly number[]
  readonly personNos: readonly number[]
}

/** One work record as far as the reader may see it. */
export async function findWorkRecord(read: Read, id: string): Promise<StoredWorkRecord | undefined> {
  const rows =
    await sql<StoredWorkRecord>`select w.no, w.id, w.revision, w.state, w.title, w.held_on as "heldOn", w.late_reason as "lateReason",
      w.recorded_by as "recordedBy",
      array(select o.organization_no from orglife.work_record_organizations o where o.record_no = w.no order by o.organization_no = w.organization_no desc, 1) as "organizationNos",
      array(select p.person_no from orglife.work_record_persons p where p.record_no = w.no) as "personNos"
    from orglife.work_records w where w.id = ${id}`.execute(reading<'orglife'>(read))
  const row = rows.rows[0]
  return row && { ...row, organizationNos: row.organizationNos.map(Number), personNos: row.personNos.map(Number) }
}

function projection(body: WorkRecordBody) {
  const [organizationNo] = body.organizationNos
  if (organizationNo === undefined) throw new RangeError('a work record needs an organization')
  return {
    organization_no: organizationNo,
    title: body.title,
    content: body.content,
    started_on: body.startedOn,
    held_on: body.heldOn,
    hours: body.hours,
    quantity: body.quantity,
    place: body.place,
    result: body.result,
  }
}

/** The tags that a record carries. */
export async function tagsOf(read: Read, recordNo: number): Promise<WorkRecordBody['tags']> {
  return reading<'orglife'>(read)
    .selectFrom('orglife.work_record_tags')
    .select(['tag', 'category'])
    .where('record_no', '=', recordNo)
    .execute()
}

/** Enters a new record; answers its number and id. */
export async function insertWorkRecord(
  work: Work,
  body: WorkRecordBody,
  lateReason: string | null,
): Promise<{ no: number; id: string }> {
  const id = newId('wrk')
  const { no } = await writing<'orglife'>(work.tx)
    .insertInto('orglife.work_records')
    .values({
      id,
      revision: 1,
      state: 'recorded',
      ...projection(body),
      recorded_on: work.today,
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
      late_reason: lateReason,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
  await writeParts(work.tx, no, body)
  await keepRevision(work, { no, revision: 1, state: 'recorded', body, reason: lateReason })
  return { no, id }
}

/** Puts a new revision in the place of the last; false when somebody else was faster. */
export async function replaceWorkRecord(
  work: Work,
  record: StoredWorkRecord,
  next: { body: WorkRecordBody; reason: string },
): Promise<boolean> {
  const revision = record.revision + 1
  const changed = await writing<'orglife'>(work.tx)
    .updateTable('orglife.work_records')
    .set({ revision, ...projection(next.body) })
    .where('no', '=', record.no)
    .where('revision', '=', record.revision)
    .where('state', '=', 'recorded')
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  for (const part of parts)
    await writing<'orglife'>(work.tx).deleteFrom(`orglife.${part}`).where('record_no', '=', record.no).execute()
  await writeParts(work.tx, record.no, next.body)
  await keepRevision(work, { no: record.no, revision, state: 'recorded', body: next.body, reason: next.reason })
  return true
}

/** Takes a record out of every count and keeps it; false when somebody else was faster. */
export async function withdrawStored(work: Work, record: StoredWorkRecord, reason: string): Promise<boolean> {
  const db = writing<'orglife'>(work.tx)
  const revision = record.revision + 1
  const changed = await db
    .updateTable('orglife.work_records')
    .set({ revision, state: 'withdrawn', state_reason: reason })
    .where('no', '=', record.no)
    .where('revision', '=', record.revision)
    .where('state', '=', 'recorded')
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  const last = await db
    .selectFrom('orglife.work_record_revisions')
    .select('body')
    .where('record_no', '=', record.no)
    .where('revision', '=', record.revision)
    .executeTakeFirstOrThrow()
  await keepRevision(work, { no: record.no, revision, state: 'withdrawn', body: last.body, reason })
  return true
}

async function keepRevision(
  work: Work,
  kept: { no: number; revision: number; state: WorkRecordState; body: unknown; reason: string | null },
): Promise<void> {
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.work_record_revisions')
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

const parts = [
  'work_record_tags',
  'work_record_persons',
  'work_record_files',
  'work_record_links',
  'work_record_organizations',
] as const

async function writeParts(tx: Tx, no: number, body: WorkRecordBody): Promise<void> {
  const db = writing<'orglife'>(tx)
  const on = { record_no: no }
  await db
    .insertInto('orglife.work_record_organizations')
    .values(body.organizationNos.map((organization_no) => ({ ...on, organization_no, held_on: body.heldOn })))
    .execute()
  await db
    .insertInto('orglife.work_record_tags')
    .values(body.tags.map((each) => ({ ...on, ...each })))
    .execute()
  if (body.personNos.length > 0)
    await sql`insert into orglife.work_record_persons (record_no, person_no, held_on)
      select ${no}, p, ${body.heldOn}::date from unnest(${body.personNos}::bigint[]) p`.execute(db)
  if (body.fileNos.length > 0)
    await db
      .insertInto('orglife.work_record_files')
      .values(body.fileNos.map((file_no) => ({ ...on, file_no })))
      .execute()
  if (body.links.length > 0)
    await db
      .insertInto('orglife.work_record_links')
      .values(body.links.map(({ kind, id }) => ({ ...on, kind, linked_id: id })))
      .execute()
}

/** Accounts that entered or changed the record. */
export async function handsOf(read: Read, no: number): Promise<number[]> {
  const rows = await reading<'orglife'>(read)
    .selectFrom('orglife.work_record_revisions')
    .select('recorded_by')
    .where('record_no', '=', no)
    .execute()
  return rows.map((row) => row.recorded_by)
}

export async function insertGrade(
  work: Work,
  record: StoredWorkRecord,
  given: { tag: string; grade: string; reason: string },
): Promise<void> {
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.work_record_grades')
    .values({
      record_no: record.no,
      revision: record.revision,
      ...given,
      graded_on: work.today,
      graded_at: work.now,
      graded_by: work.actor.accountNo,
    })
    .execute()
}
