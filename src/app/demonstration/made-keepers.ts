import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import type { CivilDate } from '../../kernel/time/civil-date.ts'

/** One organization in so many has nobody named yet, so that there is a gap to see. */
const gapEvery = 23

/** 意识形态责任人: who leads an organization answers for it since the city began to keep records. */
export async function nameKeepers(tx: Tx, is: { since: CivilDate; shownNo: number; by: number }): Promise<void> {
  await sql`insert into orglife.ideology_keepers (id, organization_no, person_no, duty, valid, recorded_on, recorded_at, recorded_by)
    select distinct on (o.no) 'ikp_' || substr(md5(o.id), 1, 24), o.no, p.person_no, 'first', daterange(greatest(${is.since}::date, lower(p.valid)), null),
      greatest(${is.since}::date, lower(p.valid)), greatest(${is.since}::date, lower(p.valid))::timestamptz, ${is.by}::bigint
    from directory.organizations o join directory.posts p on p.organization_no = o.no and upper_inf(p.valid)
      and p.post in ('working_committee_officer', 'committee_secretary', 'general_branch_secretary', 'branch_secretary')
    where o.dissolved_on is null and o.kind in ('working_committee', 'party_committee', 'general_branch', 'branch', 'joint_branch')
      and (o.no = ${is.shownNo} or o.no % ${gapEvery} <> 0)
    order by o.no, lower(p.valid), p.no`.execute(reading<'orglife' | 'directory'>(tx))
}
