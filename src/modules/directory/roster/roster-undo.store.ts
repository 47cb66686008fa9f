import { sql } from 'kysely'
import { asEngine, type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import type { RosterWrite } from './roster-write.store.ts'

/** True when somebody of an import has been changed since, or something has come to refer to somebody whom it entered. */
export async function importInUse(read: Read, importNo: number): Promise<boolean> {
  const db = reading<'directory'>(read)
  const { rows: later } = await sql`select 1 from directory.roster_import_rows r join directory.persons p on p.no = r.person_no
    where r.import_no = ${importNo} and p.revision <> coalesce(r.revision_before, 0) + 1 limit 1`.execute(db)
  if (later.length > 0) return true
  return asEngine(read, async () => {
    const { rows } = await sql<{
      used: number
    }>`select cardinality(directory.persons_in_use(coalesce(array_agg(person_no), '{}'))) as used
      from directory.roster_import_rows where import_no = ${importNo} and made = 'created'`.execute(db)
    return (rows[0]?.used ?? 0) > 0
  })
}

/**
 * Takes whoever an import entered off the roster: the memberships never were, the number is free again. The file stays with
 * its revisions, which nothing may delete.
 */
export async function takeOffCreated(tx: Tx, write: RosterWrite): Promise<void> {
  const db = writing<'directory'>(tx)
  const { rows } = await sql<{
    no: number
  }>`update directory.persons p set left_on = ${write.today}::date, id_number_index = null,
      revision = p.revision + 1
    from directory.roster_import_rows r where r.import_no = ${write.importNo} and r.made = 'created' and r.person_no = p.no
    returning p.no`.execute(db)
  await keepRevisions(
    tx,
    rows.map(({ no }) => no),
    write,
  )
  await sql`update directory.memberships m set valid = 'empty' from directory.roster_import_rows r
    where r.import_no = ${write.importNo} and r.made = 'created' and r.person_no = m.person_no`.execute(db)
}

/** Gives whoever an import changed the file and the memberships of before. */
export async function restoreChanged(tx: Tx, write: RosterWrite): Promise<void> {
  const db = writing<'directory'>(tx)
  await sql`update directory.memberships m set valid = 'empty' from directory.roster_import_rows r
    where r.import_no = ${write.importNo} and r.made = 'changed' and r.person_no = m.person_no
      and not exists (select 1 from jsonb_array_elements(r.memberships_before) b where (b ->> 'no')::bigint = m.no)`.execute(db)
  await sql`update directory.memberships m set organization_no = b.organization_no, standing = b.standing, valid = b.valid
    from directory.roster_import_rows r, jsonb_to_recordset(r.memberships_before)
      as b (no bigint, organization_no bigint, standing text, valid daterange)
    where r.import_no = ${write.importNo} and r.made = 'changed' and m.no = b.no`.execute(db)
  const { rows } = await sql<{
    no: number
  }>`update directory.persons p set revision = p.revision + 1, home_no = f.home_no, name = f.name,
      pinyin = f.pinyin, initials = f.initials, sex = f.sex, birth_on = f.birth_on, ethnicity = f.ethnicity, education = f.education,
      category = f.category, job = f.job, joined_on = f.joined_on, full_since = f.full_since, membership_state = f.membership_state,
      is_lost = f.is_lost, is_mobile = f.is_mobile, phone_cipher = f.phone_cipher, landline_cipher = f.landline_cipher,
      address_cipher = f.address_cipher
    from directory.roster_import_rows r
    join directory.person_revisions v on v.person_no = r.person_no and v.revision = r.revision_before
    cross join lateral jsonb_populate_record(null::directory.persons, v.body) f
    where r.import_no = ${write.importNo} and r.made = 'changed' and p.no = r.person_no returning p.no`.execute(db)
  await keepRevisions(
    tx,
    rows.map(({ no }) => no),
    write,
  )
}

async function keepRevisions(tx: Tx, nos: readonly number[], write: RosterWrite): Promise<void> {
  await sql`insert into directory.person_revisions (person_no, revision, body, recorded_at, recorded_by, reason)
    select p.no, p.revision, to_jsonb(p) - 'no' - 'revision', ${write.recordedAt}, ${write.recordedBy}, ${write.reason}
    from directory.persons p where p.no = any (${[...nos]}::bigint[])`.execute(writing<'directory'>(tx))
}
