import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { PostCode } from './posts.contract.ts'

export interface PostHolder {
  readonly postNo: number
  readonly personNo: number
  readonly personId: string
  readonly name: string
  readonly fullTime: boolean
}

/** Who held a post of an organization on a day. */
export async function postHoldersOn(
  read: Read,
  held: { organizationNo: number; post: PostCode; on: CivilDate },
): Promise<PostHolder[]> {
  const { rows } =
    await sql<PostHolder>`select q.no as "postNo", p.no as "personNo", p.id as "personId", p.name, q.full_time as "fullTime"
    from directory.posts q join directory.persons p on p.no = q.person_no
    where q.organization_no = ${held.organizationNo} and q.post = ${held.post} and q.valid @> ${held.on}::date order by q.no`.execute(
      reading<'directory'>(read),
    )
  return rows
}
