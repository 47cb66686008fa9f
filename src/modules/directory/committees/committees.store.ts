import { sql } from 'kysely'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'

export interface CommitteeRow {
  readonly no: number
  readonly id: string
  readonly electedOn: CivilDate
  readonly termYears: number
  readonly dueOn: CivilDate
  readonly extendedTo: CivilDate | null
}

/** The committee that was in office on a day; null when there was none. */
export async function committeeInOffice(read: Read, organizationNo: number, on: CivilDate): Promise<CommitteeRow | null> {
  const { rows } = await sql<CommitteeRow>`select no, id, elected_on as "electedOn", term_years as "termYears", due_on as "dueOn",
      extended_to as "extendedTo"
    from directory.committees where organization_no = ${organizationNo} and elected_on <= ${on}::date
      and (ended_on is null or ended_on > ${on}::date)
    order by elected_on desc limit 1`.execute(reading<'directory'>(read))
  return rows[0] ?? null
}

/** Begins a term with its members; the one before ends the same day. */
export async function insertCommittee(
  tx: Tx,
  elected: {
    organizationNo: number
    kind: 'committee' | 'discipline_committee'
    on: CivilDate
    termYears: number
    dueOn: CivilDate
    members: readonly { personNo: number; duty: string }[]
  },
): Promise<{ no: number; id: string }> {
  await endCommittees(tx, elected.organizationNo, elected.on)
  const db = writing<'directory'>(tx)
  const id = newId('cmt')
  const { rows } = await sql<{
    no: number
  }>`insert into directory.committees (id, organization_no, kind, elected_on, term_years, due_on)
    values (${id}, ${elected.organizationNo}, ${elected.kind}, ${elected.on}::date, ${elected.termYears}, ${elected.dueOn}::date)
    returning no`.execute(db)
  const no = rows[0]?.no ?? 0
  await sql`insert into directory.committee_members (committee_no, person_no, duty, valid)
    select ${no}, m.person_no, m.duty, daterange(${elected.on}::date, null)
    from unnest(${elected.members.map((one) => one.personNo)}::bigint[], ${elected.members.map((one) => one.duty)}::text[]) as m (person_no, duty)`.execute(
    db,
  )
  return { no, id }
}

/** Ends the term in office of an organization, and the membership of whoever sits on it. */
export async function endCommittees(tx: Tx, organizationNo: number, on: CivilDate): Promise<void> {
  const db = writing<'directory'>(tx)
  await sql`update directory.committee_members m set valid = daterange(lower(m.valid), ${on}::date)
    from directory.committees c where c.no = m.committee_no and c.organization_no = ${organizationNo} and c.ended_on is null
      and upper_inf(m.valid)`.execute(db)
  await sql`update directory.committees set ended_on = ${on}::date where organization_no = ${organizationNo} and ended_on is null`.execute(
    db,
  )
}
