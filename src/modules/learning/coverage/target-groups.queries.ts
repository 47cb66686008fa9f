import { type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { TargetGroup } from '../classes/classes.contract.ts'

/** How a target group is found in the directory: by post, or by standing; null where it is for the organiser to choose. */
const posts: Partial<Record<TargetGroup, readonly string[]>> = {
  branch_secretary: ['branch_secretary'],
  committee_secretary: ['committee_secretary'],
  full_time_deputy: ['full_time_deputy'],
  discipline_secretary: ['discipline_secretary'],
  new_secretary: ['branch_secretary'],
  branch_committee: ['branch_secretary', 'branch_deputy', 'branch_committee_member'],
}
const standings: Partial<Record<TargetGroup, readonly string[]>> = {
  new_member: ['probationary'],
  activist: ['activist'],
  development_target: ['development_target'],
  party_member: ['full', 'probationary'],
  cadre: ['full', 'probationary', 'staff'],
}

/** Months after the appointment within which a secretary is new (PX3). */
export const newForMonths = 6

/** Those of a target group on a day: person_no, organization_no, since. */
export function groupMembers(group: TargetGroup, day: CivilDate): RawBuilder<unknown> {
  const held = posts[group]
  if (held) {
    const fresh =
      group === 'new_secretary'
        ? sql`and lower(t.valid) > ${day}::date - interval '${sql.raw(String(newForMonths))} months'`
        : sql``
    return sql`select distinct on (t.person_no) t.person_no, t.organization_no, lower(t.valid) as since from directory.posts t
      where t.post = any (${[...held]}::text[]) and t.valid @> ${day}::date ${fresh} order by t.person_no, lower(t.valid) desc`
  }
  return sql`select distinct on (m.person_no) m.person_no, m.organization_no, lower(m.valid) as since from directory.memberships m
    join directory.organizations o on o.no = m.organization_no and o.kind <> 'group'
    where m.standing = any (${[...(standings[group] ?? [])]}::text[]) and m.valid @> ${day}::date order by m.person_no, lower(m.valid) desc`
}

/** How often somebody (a column of person numbers) was trained in a year, or since a day (an expression) until its end: classes, being sent out, and work records tagged as training. */
export function timesTrained(person: RawBuilder<unknown>, year: number, since?: RawBuilder<unknown>): RawBuilder<unknown> {
  const first = since ?? sql`${`${year}-01-01`}::date`
  const span = sql`between ${first} and ${`${year}-12-31`}::date`
  return sql`((select count(*) from learning.participants x join learning.classes c on c.no = x.class_no and c.state = 'held'
      where x.person_no = ${person} and x.hours > 0 and x.held_on ${span})
    + (select count(*) from learning.study_records s where s.person_no = ${person} and s.kind = 'sent_out' and s.state = 'confirmed' and s.held_on ${span})
    + (select count(*) from orglife.work_record_persons w join orglife.work_records r on r.no = w.record_no and r.state = 'recorded'
      where w.person_no = ${person} and w.held_on ${span}
        and exists (select 1 from orglife.work_record_tags k where k.record_no = r.no and k.tag in ('training', 'induction'))))::int`
}
