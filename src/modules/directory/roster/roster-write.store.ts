import { sql } from 'kysely'
import { asEngine, type Tx, writing } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { takenProblem } from '../persons/persons.store.ts'
import type { ChangedRow, CreatedRow, Decided } from './roster-decide.store.ts'

export interface RosterWrite {
  readonly importNo: number
  readonly today: CivilDate
  readonly recordedAt: Date
  readonly recordedBy: number
  readonly reason: string
}

const columnTypes = sql`name text, pinyin text, initials text, sex text, birth_on date, ethnicity text, education text, category text, job text,
  joined_on date, full_since date, membership_state text, is_lost boolean, is_mobile boolean, phone_cipher text, landline_cipher text, address_cipher text`

async function recordRevisions(tx: Tx, nos: readonly number[], write: RosterWrite): Promise<void> {
  await sql`insert into directory.person_revisions (person_no, revision, body, recorded_at, recorded_by, reason)
    select p.no, p.revision, to_jsonb(p) - 'no' - 'revision', ${write.recordedAt}, ${write.recordedBy}, ${write.reason}
    from directory.persons p where p.no = any (${[...nos]}::bigint[])`.execute(writing<'directory'>(tx))
}

async function insertCreated(tx: Tx, rows: readonly CreatedRow[], write: RosterWrite): Promise<void> {
  const db = writing<'directory'>(tx)
  const data = JSON.stringify(rows.map(({ row_number, id, standing, since }) => ({ row_number, id, standing, since })))
  const { rows: made } = await sql<{
    no: number
  }>`insert into directory.persons (id, home_no, id_number_cipher, id_number_index, name, pinyin,
      initials, sex, birth_on, ethnicity, education, category, job, joined_on, full_since, membership_state, is_lost, is_mobile, phone_cipher,
      landline_cipher, address_cipher)
    select r.id, r.home_no, r.id_number_cipher, r.id_number_index, r.name, r.pinyin, r.initials, r.sex, r.birth_on, r.ethnicity, r.education,
      r.category, r.job, r.joined_on, r.full_since, r.membership_state, r.is_lost, r.is_mobile, r.phone_cipher, r.landline_cipher, r.address_cipher
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, home_no bigint, id_number_cipher text, id_number_index text, ${columnTypes})
    returning no`.execute(db)
  const nos = made.map(({ no }) => no)
  await recordRevisions(tx, nos, write)
  await sql`insert into directory.memberships (person_no, organization_no, standing, valid)
    select p.no, p.home_no, r.standing, daterange(r.since, null)
    from jsonb_to_recordset(${data}::jsonb) as r (id text, standing text, since date) join directory.persons p on p.id = r.id`.execute(
    db,
  )
  await sql`insert into directory.roster_import_rows (import_no, row_number, person_no, made)
    select ${write.importNo}, r.row_number, p.no, 'created'
    from jsonb_to_recordset(${data}::jsonb) as r (row_number integer, id text) join directory.persons p on p.id = r.id`.execute(
    db,
  )
}

async function updateChanged(tx: Tx, rows: readonly ChangedRow[], write: RosterWrite): Promise<void> {
  const db = writing<'directory'>(tx)
  const data = JSON.stringify(rows)
  await sql`insert into directory.roster_import_rows (import_no, row_number, person_no, made, revision_before, memberships_before)
    select ${write.importNo}, r.row_number, r.no, 'changed', r.revision, (
      select jsonb_agg(jsonb_build_object('no', m.no, 'organization_no', m.organization_no, 'standing', m.standing, 'valid', m.valid))
      from directory.memberships m where m.person_no = r.no)
    from jsonb_to_recordset(${data}::jsonb) as r (row_number integer, no bigint, revision integer)`.execute(db)
  await sql`update directory.persons p set revision = p.revision + 1, home_no = r.home_no, name = r.name, pinyin = r.pinyin, initials = r.initials,
      sex = r.sex, birth_on = r.birth_on, ethnicity = r.ethnicity, education = r.education, category = r.category, job = r.job,
      joined_on = r.joined_on, full_since = r.full_since, membership_state = r.membership_state, is_lost = r.is_lost, is_mobile = r.is_mobile,
      phone_cipher = r.phone_cipher, landline_cipher = r.landline_cipher, address_cipher = r.address_cipher
    from jsonb_to_recordset(${data}::jsonb) as r (no bigint, home_no bigint, ${columnTypes}) where p.no = r.no`.execute(db)
  await recordRevisions(
    tx,
    rows.map((row) => row.no),
    write,
  )
  await moveChanged(
    tx,
    rows.filter((row) => row.home_no !== row.home_before),
    write.today,
  )
  await restandChanged(tx, rows, write.today)
}

/** Whoever stands under another branch now leaves the old one, and its groups, today. */
async function moveChanged(tx: Tx, rows: readonly ChangedRow[], today: CivilDate): Promise<void> {
  if (rows.length === 0) return
  const data = JSON.stringify(rows.map(({ no, home_no, home_before, standing }) => ({ no, home_no, home_before, standing })))
  const db = writing<'directory'>(tx)
  await sql`update directory.memberships m set valid = case when lower(m.valid) < ${today}::date then daterange(lower(m.valid), ${today}::date) else 'empty' end
    from jsonb_to_recordset(${data}::jsonb) as r (no bigint, home_before bigint)
    where m.person_no = r.no and upper_inf(m.valid) and (m.organization_no = r.home_before or m.organization_no in (
      select e.organization_no from directory.organization_edges e where e.parent_no = r.home_before and upper_inf(e.valid)))`.execute(
    db,
  )
  await sql`insert into directory.memberships (person_no, organization_no, standing, valid)
    select r.no, r.home_no, r.standing, daterange(${today}::date, null)
    from jsonb_to_recordset(${data}::jsonb) as r (no bigint, home_no bigint, standing text)
    where not exists (select 1 from directory.memberships m where m.person_no = r.no and m.organization_no = r.home_no
      and m.valid && daterange(${today}::date, null))`.execute(db)
}

/** Another category means another standing from today on. */
async function restandChanged(tx: Tx, rows: readonly ChangedRow[], today: CivilDate): Promise<void> {
  const data = JSON.stringify(rows.map(({ no, standing }) => ({ no, standing })))
  const db = writing<'directory'>(tx)
  await sql`update directory.memberships m set standing = r.standing
    from jsonb_to_recordset(${data}::jsonb) as r (no bigint, standing text)
    where m.person_no = r.no and upper_inf(m.valid) and m.standing <> r.standing and lower(m.valid) >= ${today}::date`.execute(db)
  await sql`with ended as (
      update directory.memberships m set valid = daterange(lower(m.valid), ${today}::date)
      from jsonb_to_recordset(${data}::jsonb) as r (no bigint, standing text)
      where m.person_no = r.no and upper_inf(m.valid) and m.standing <> r.standing and lower(m.valid) < ${today}::date
      returning m.person_no, m.organization_no, r.standing)
    insert into directory.memberships (person_no, organization_no, standing, valid)
    select person_no, organization_no, standing, daterange(${today}::date, null) from ended`.execute(db)
}

/**
 * Writes some thousand decided rows in the running transaction. As the engine: every place that is written to was found under
 * the organization for which the import is authorised, and asking row by row would take longer than the writing.
 */
export async function writeDecided(tx: Tx, decided: Decided, write: RosterWrite): Promise<void> {
  try {
    await asEngine(tx, async () => {
      if (decided.created.length > 0) await insertCreated(tx, decided.created, write)
      if (decided.changed.length > 0) await updateChanged(tx, decided.changed, write)
    })
  } catch (error) {
    if (error instanceof Error && 'constraint' in error && error.constraint === 'persons_one_id_number') throw takenProblem(error)
    throw error
  }
}
