import { type RawBuilder, sql } from 'kysely'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { Standing } from './members.queries.ts'

/** Members on their way from one organization to another; `persons` null means all of them. */
export interface Transfer {
  readonly from: number
  readonly to: number
  readonly on: CivilDate
  readonly persons: readonly number[] | null
  readonly recordedBy: number
  readonly recordedAt: Date
  readonly reason: string
}

const among = (column: RawBuilder<unknown>, persons: readonly number[] | null) =>
  persons ? sql<boolean>`${column} = any (${[...persons]}::bigint[])` : sql<boolean>`true`

/** Begins a membership. */
export async function beginMembership(
  tx: Tx,
  begun: { personNo: number; organizationNo: number; standing: Standing; on: CivilDate },
): Promise<void> {
  await sql`insert into directory.memberships (person_no, organization_no, standing, valid)
    values (${begun.personNo}, ${begun.organizationNo}, ${begun.standing}, daterange(${begun.on}::date, null))`.execute(
    writing<'directory'>(tx),
  )
}

/** Ends memberships in an organization and begins the same ones in another; whoever belongs there already stays as is. */
export async function transferMemberships(tx: Tx, moved: Transfer): Promise<number> {
  const { rows } = await sql<{ personNo: number }>`with ended as (
      update directory.memberships set valid = daterange(lower(valid), ${moved.on}::date)
      where organization_no = ${moved.from} and upper_inf(valid) and ${among(sql`person_no`, moved.persons)} returning person_no, standing),
    begun as (insert into directory.memberships (person_no, organization_no, standing, valid)
      select e.person_no, ${moved.to}, e.standing, daterange(${moved.on}::date, null) from ended e
      where not exists (select 1 from directory.memberships m where m.person_no = e.person_no and m.organization_no = ${moved.to}
        and m.valid && daterange(${moved.on}::date, null)))
    select person_no as "personNo" from ended`.execute(writing<'directory'>(tx))
  await moveHomes(tx, moved)
  return rows.length
}

/** The file goes with the person: a new revision with the new home. */
async function moveHomes(tx: Tx, moved: Transfer): Promise<void> {
  await sql`with changed as (update directory.persons set home_no = ${moved.to}, revision = revision + 1
      where home_no = ${moved.from} and left_on is null and ${among(sql`no`, moved.persons)} returning *)
    insert into directory.person_revisions (person_no, revision, body, recorded_at, recorded_by, reason)
    select no, revision, to_jsonb(changed) - 'no' - 'revision', ${moved.recordedAt}, ${moved.recordedBy}, ${moved.reason} from changed`.execute(
    writing<'directory'>(tx),
  )
}

/** Ends memberships of persons in the given organizations on a day. */
export async function endMemberships(
  tx: Tx,
  ended: { organizations: readonly number[]; persons: readonly number[] | null; on: CivilDate },
): Promise<void> {
  await sql`update directory.memberships set valid = daterange(lower(valid), ${ended.on}::date)
    where organization_no = any (${[...ended.organizations]}::bigint[]) and upper_inf(valid) and ${among(sql`person_no`, ended.persons)}`.execute(
    writing<'directory'>(tx),
  )
}

/** Who belongs to an organization by its last roster, and whether the file is kept there. */
export async function rosterOf(read: Read, organizationNo: number): Promise<{ personNo: number; atHome: boolean }[]> {
  const { rows } = await sql<{
    personNo: number
    atHome: boolean
  }>`select m.person_no as "personNo", p.home_no = m.organization_no as "atHome"
    from directory.memberships m join directory.persons p on p.no = m.person_no
    where m.organization_no = ${organizationNo} and upper_inf(m.valid)`.execute(reading<'directory'>(read))
  return rows
}

/** Where the person belongs today, and whether the standing had to change there. */
export interface StandingChange {
  readonly organizationNos: readonly number[]
  readonly changed: boolean
}

/** Gives every membership of today another standing from a day on; one that began that very day is simply put right. */
export async function changeStanding(
  tx: Tx,
  change: { personNo: number; standing: Standing; on: CivilDate },
): Promise<StandingChange> {
  const { rows } = await sql<{ organizationNo: number; differs: boolean }>`select organization_no as "organizationNo",
      standing <> ${change.standing} as differs
    from directory.memberships where person_no = ${change.personNo} and upper_inf(valid)`.execute(reading<'directory'>(tx))
  const db = writing<'directory'>(tx)
  const differing = rows.filter((row) => row.differs).map((row) => row.organizationNo)
  await sql`update directory.memberships set standing = ${change.standing}
    where person_no = ${change.personNo} and upper_inf(valid) and lower(valid) >= ${change.on}::date`.execute(db)
  await sql`with ended as (
      update directory.memberships set valid = daterange(lower(valid), ${change.on}::date)
      where person_no = ${change.personNo} and organization_no = any (${differing}::bigint[]) and upper_inf(valid)
        and lower(valid) < ${change.on}::date returning organization_no)
    insert into directory.memberships (person_no, organization_no, standing, valid)
    select ${change.personNo}, organization_no, ${change.standing}, daterange(${change.on}::date, null) from ended`.execute(db)
  return { organizationNos: rows.map((row) => row.organizationNo), changed: differing.length > 0 }
}

/** The first day on which a person belonged anywhere; `otherwise` for nobody. */
export async function firstDayOf(read: Read, personNo: number, otherwise: CivilDate): Promise<CivilDate> {
  const { rows } = await sql<{ on: CivilDate | null }>`select min(lower(valid)) as "on" from directory.memberships
    where person_no = ${personNo}`.execute(reading<'directory'>(read))
  return rows[0]?.on ?? otherwise
}

/** Memberships of today: where, of which kind, since when. */
export async function placesOf(
  read: Read,
  personNo: number,
): Promise<{ organizationNo: number; kind: string; since: CivilDate }[]> {
  const { rows } = await sql<{
    organizationNo: number
    kind: string
    since: CivilDate
  }>`select m.organization_no as "organizationNo", o.kind,
      lower(m.valid) as since
    from directory.memberships m join directory.organizations o on o.no = m.organization_no
    where m.person_no = ${personNo} and upper_inf(m.valid)`.execute(reading<'directory'>(read))
  return rows
}
