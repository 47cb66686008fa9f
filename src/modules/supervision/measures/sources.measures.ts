import { sql } from 'kysely'

/** Organizations that stand at or under an organization's duty on its last day, or today when that is still to come (alias `a`). */
export const underDuty = sql`due d join directory.organization_ancestry a on a.ancestor_no = d.organization_no
      and a.valid @> least(d.ends, d.as_of) and d.subject_kind = 'o'`

export const duty = sql`d.subject_kind, d.subject_no, d.organization_no, d.period_no`

/** The civil day of a moment. */
export const dayOf = (moment: string) => sql`(${sql.ref(moment)} at time zone 'Asia/Shanghai')::date`
