import { sql } from 'kysely'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { PostCode } from './posts.contract.ts'

export interface PostRow {
  readonly postNo: number
  readonly personNo: number
  readonly organizationNo: number
  readonly post: PostCode
  readonly from: CivilDate
  readonly to: CivilDate | null
}

const columns = sql`no as "postNo", person_no as "personNo", organization_no as "organizationNo", post, lower(valid) as "from", upper(valid) as "to"`

/** Begins a post. */
export async function insertPost(
  tx: Tx,
  held: { personNo: number; organizationNo: number; post: PostCode; fullTime: boolean; on: CivilDate },
): Promise<PostRow & { id: string }> {
  const id = newId('pst')
  const { rows } = await sql<PostRow>`insert into directory.posts (id, person_no, organization_no, post, full_time, valid)
    values (${id}, ${held.personNo}, ${held.organizationNo}, ${held.post}, ${held.fullTime}, daterange(${held.on}::date, null))
    returning ${columns}`.execute(writing<'directory'>(tx))
  const row = rows[0]
  if (!row) throw new Error('no post was written')
  return { ...row, id }
}

/** A post by public id. */
export async function postById(read: Read, id: string): Promise<PostRow | null> {
  const { rows } = await sql<PostRow>`select ${columns} from directory.posts where id = ${id}`.execute(reading<'directory'>(read))
  return rows[0] ?? null
}

/** Ends one post that has not ended yet; null when it has. */
export async function endPost(tx: Tx, postNo: number, on: CivilDate): Promise<PostRow | null> {
  const { rows } = await sql<PostRow>`update directory.posts set valid = daterange(lower(valid), ${on}::date)
    where no = ${postNo} and upper_inf(valid) returning ${columns}`.execute(writing<'directory'>(tx))
  return rows[0] ?? null
}

/** Ends every post of an organization, and of some persons only when they are given. */
export async function endPosts(
  tx: Tx,
  ended: { organizations: readonly number[]; persons: readonly number[] | null; on: CivilDate },
): Promise<PostRow[]> {
  const persons = ended.persons ? sql<boolean>`person_no = any (${[...ended.persons]}::bigint[])` : sql<boolean>`true`
  const { rows } = await sql<PostRow>`update directory.posts set valid = daterange(lower(valid), ${ended.on}::date)
    where organization_no = any (${[...ended.organizations]}::bigint[]) and upper_inf(valid) and ${persons} returning ${columns}`.execute(
    writing<'directory'>(tx),
  )
  return rows
}

/** Ends the responsibilities of an organization. */
export async function endResponsibilities(tx: Tx, organizationNo: number, on: CivilDate): Promise<void> {
  await sql`update directory.responsibilities set valid = daterange(lower(valid), ${on}::date)
    where organization_no = ${organizationNo} and upper_inf(valid)`.execute(writing<'directory'>(tx))
}

/** True when the post is held on the day or later: by anybody when it has one holder at a time, else by this person. */
export async function postTaken(
  read: Read,
  asked: { organizationNo: number; post: PostCode; on: CivilDate; personNo: number | null },
): Promise<boolean> {
  const { rows } =
    await sql`select 1 from directory.posts where organization_no = ${asked.organizationNo} and post = ${asked.post}
    and valid && daterange(${asked.on}::date, null) and (${asked.personNo}::bigint is null or person_no = ${asked.personNo}) limit 1`.execute(
      reading<'directory'>(read),
    )
  return rows.length > 0
}

/**
 * Begins a responsibility; one that has a single bearer ends for the former on the same day. Nothing is
 * written, and `after` says since when, where that began on the day or later.
 */
export async function assignResponsibility(
  tx: Tx,
  given: { organizationNo: number; personNo: number; duty: string; single: boolean; on: CivilDate },
): Promise<{ after: CivilDate | null }> {
  const db = writing<'directory'>(tx)
  const same = given.single ? sql<boolean>`true` : sql<boolean>`person_no = ${given.personNo}`
  const { rows } = await sql<{ since: CivilDate | null }>`select max(lower(valid)) as since from directory.responsibilities
    where organization_no = ${given.organizationNo} and duty = ${given.duty} and upper_inf(valid) and ${same}`.execute(db)
  const since = rows[0]?.since ?? null
  if (since !== null && since >= given.on) return { after: since }
  await sql`update directory.responsibilities set valid = daterange(lower(valid), ${given.on}::date)
    where organization_no = ${given.organizationNo} and duty = ${given.duty} and upper_inf(valid) and ${same}`.execute(db)
  await sql`insert into directory.responsibilities (organization_no, person_no, duty, valid)
    values (${given.organizationNo}, ${given.personNo}, ${given.duty}, daterange(${given.on}::date, null))`.execute(db)
  return { after: null }
}
