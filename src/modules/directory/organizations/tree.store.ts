import { sql } from 'kysely'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { organizationPinyin } from './organization-name.rules.ts'
import type { OrganizationKind } from './organizations.contract.ts'

/** An organization as the tree has it last, with the days from which its name and its place hold. */
export interface OrganizationState {
  readonly no: number
  readonly id: string
  readonly kind: OrganizationKind
  readonly name: string
  readonly establishedOn: CivilDate
  readonly dissolvedOn: CivilDate | null
  readonly parentNo: number | null
  readonly placedSince: CivilDate | null
  readonly namedSince: CivilDate
}

/** Tree changes come one after another; the indicator engine holds the same lock shared while it computes. */
export async function lockTree(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(715010)`.execute(writing<'directory'>(tx))
}

/** The last state of organizations by public id. */
export async function statesOf(read: Read, ids: readonly string[]): Promise<OrganizationState[]> {
  const { rows } = await sql<OrganizationState>`select o.no, o.id, o.kind, n.name, o.established_on as "establishedOn",
      o.dissolved_on as "dissolvedOn", e.parent_no as "parentNo", lower(e.valid) as "placedSince", lower(n.valid) as "namedSince"
    from directory.organizations o
    join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
    left join directory.organization_edges e on e.organization_no = o.no and upper_inf(e.valid)
    where o.id = any (${[...ids]}::text[])`.execute(reading<'directory'>(read))
  return rows
}

/** Organizations directly under one, by their last place. */
export async function childrenOf(read: Read, organizationNo: number): Promise<OrganizationState[]> {
  const { rows } = await sql<{ id: string }>`select o.id from directory.organization_edges e
    join directory.organizations o on o.no = e.organization_no
    where e.parent_no = ${organizationNo} and upper_inf(e.valid)`.execute(reading<'directory'>(read))
  return rows.length === 0
    ? []
    : statesOf(
        read,
        rows.map(({ id }) => id),
      )
}

/** Strict ancestors on a day. */
export async function ancestorsOn(read: Read, organizationNo: number, on: CivilDate): Promise<number[]> {
  const { rows } = await sql<{ no: number }>`select ancestor_no as no from directory.organization_ancestry
    where organization_no = ${organizationNo} and depth > 0 and valid @> ${on}::date order by depth`.execute(
    reading<'directory'>(read),
  )
  return rows.map(({ no }) => no)
}

/** True when `above` is the organization itself or stands under it at any time from a day on. */
export async function standsUnderFrom(
  read: Read,
  asked: { organizationNo: number; above: number; on: CivilDate },
): Promise<boolean> {
  const { rows } = await sql`select 1 from directory.organization_ancestry where organization_no = ${asked.above}
    and ancestor_no = ${asked.organizationNo} and valid && daterange(${asked.on}::date, null) limit 1`.execute(
    reading<'directory'>(read),
  )
  return rows.length > 0
}

/** Creates an organization with its first name and place; without a position it stands last among its siblings. */
export async function insertOrganization(
  tx: Tx,
  made: {
    kind: OrganizationKind
    name: string
    shortName?: string | undefined
    parentNo: number
    on: CivilDate
    endsOn?: CivilDate | undefined
    position?: number | undefined
  },
): Promise<{ no: number; id: string }> {
  const db = writing<'directory'>(tx)
  const id = newId('org')
  const { rows } = await sql<{ no: number }>`insert into directory.organizations (id, kind, position, established_on, ends_on)
    select ${id}, ${made.kind}, coalesce(${made.position ?? null}::integer, 1 + coalesce((
      select max(s.position) from directory.organizations s join directory.organization_edges e on e.organization_no = s.no
      where e.parent_no = ${made.parentNo} and upper_inf(e.valid)), 0)), ${made.on}::date, ${made.endsOn ?? null}::date returning no`.execute(
    db,
  )
  const no = rows[0]?.no ?? 0
  await insertName(tx, no, made)
  await insertPlace(tx, no, made)
  return { no, id }
}

async function insertName(
  tx: Tx,
  no: number,
  named: { name: string; shortName?: string | undefined; on: CivilDate },
): Promise<void> {
  await sql`insert into directory.organization_names (organization_no, name, short_name, pinyin, valid)
    values (${no}, ${named.name}, ${named.shortName || null}, ${organizationPinyin(named.name)}, daterange(${named.on}::date, null))`.execute(
    writing<'directory'>(tx),
  )
}

async function insertPlace(tx: Tx, no: number, placed: { parentNo: number; on: CivilDate }): Promise<void> {
  await sql`insert into directory.organization_edges (organization_no, parent_no, valid)
    values (${no}, ${placed.parentNo}, daterange(${placed.on}::date, null))`.execute(writing<'directory'>(tx))
}

/** Row-level security leaves out what may not be written without a word; an act that changed nothing must not say that it did. */
function requireChanged({ numAffectedRows }: { numAffectedRows?: bigint | undefined }): void {
  if (numAffectedRows !== 1n) throw new Problem('directory.organization_not_found')
}

/** Ends the last name on a day and begins another. */
export async function changeName(
  tx: Tx,
  no: number,
  named: { name: string; shortName?: string | undefined; on: CivilDate },
): Promise<void> {
  const ended = await sql`update directory.organization_names set valid = daterange(lower(valid), ${named.on}::date)
    where organization_no = ${no} and upper_inf(valid)`.execute(writing<'directory'>(tx))
  requireChanged(ended)
  await insertName(tx, no, named)
}

/** Ends the last place on a day. The ancestry must be derived afterwards. */
export async function endPlace(tx: Tx, no: number, on: CivilDate): Promise<{ numAffectedRows?: bigint | undefined }> {
  return sql`update directory.organization_edges set valid = daterange(lower(valid), ${on}::date)
    where organization_no = ${no} and upper_inf(valid)`.execute(writing<'directory'>(tx))
}

/** Ends the last place on a day and begins another. The ancestry must be derived afterwards. */
export async function changePlace(tx: Tx, no: number, placed: { parentNo: number; on: CivilDate }): Promise<void> {
  requireChanged(await endPlace(tx, no, placed.on))
  await insertPlace(tx, no, placed)
}

/** Marks an organization as dissolved; its name stays as the last one. */
export async function markDissolved(tx: Tx, no: number, end: { on: CivilDate; successorNo: number | null }): Promise<void> {
  const marked = await sql`update directory.organizations set dissolved_on = ${end.on}::date, successor_no = ${end.successorNo}
    where no = ${no}`.execute(writing<'directory'>(tx))
  requireChanged(marked)
}

/** The last day on which one of the persons came to one of the organizations or took a post there that lasts; null for none. */
export async function lastComing(
  read: Read,
  asked: { organizations: readonly number[]; persons: readonly number[] },
): Promise<CivilDate | null> {
  const among = sql`organization_no = any (${[...asked.organizations]}::bigint[])
    and person_no = any (${[...asked.persons]}::bigint[]) and upper_inf(valid)`
  const { rows } = await sql<{ on: CivilDate | null }>`select max(since) as on from (
      select lower(valid) as since from directory.memberships where ${among}
      union all select lower(valid) from directory.posts where ${among}) come`.execute(reading<'directory'>(read))
  return rows[0]?.on ?? null
}

/** The last day on which anything about the organization began: its place, its name, a child, a member, a post, a committee. */
export async function lastBeginning(read: Read, no: number): Promise<CivilDate | null> {
  const { rows } = await sql<{ on: CivilDate | null }>`select max(since) as on from (
      select lower(valid) as since from directory.organization_edges where (organization_no = ${no} or parent_no = ${no}) and upper_inf(valid)
      union all select lower(valid) from directory.organization_names where organization_no = ${no} and upper_inf(valid)
      union all select lower(valid) from directory.memberships where organization_no = ${no} and upper_inf(valid)
      union all select lower(valid) from directory.posts where organization_no = ${no} and upper_inf(valid)
      union all select lower(valid) from directory.responsibilities where organization_no = ${no} and upper_inf(valid)
      union all select elected_on from directory.committees where organization_no = ${no} and ended_on is null) begun`.execute(
    reading<'directory'>(read),
  )
  return rows[0]?.on ?? null
}
