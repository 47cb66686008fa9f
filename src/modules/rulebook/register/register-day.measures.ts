import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { branchKinds, organizationKind } from '../../directory/organizations/organizations.contract.ts'

/** The day on which a register is looked at: the last one asked about, or today. */
export const onDay = sql`least(d.ends, d.as_of)`

/** The columns that name a row of `due`. */
export const subject = sql`d.subject_kind, d.subject_no, d.organization_no, d.period_no`

export const place = z.enum(['own', 'under']).default('own').meta({ title: '在哪里：own 本组织，under 本组织及其下' })
export type Place = z.output<typeof place>

/** Organizations (alias `a`, organization_no) that a register is looked up in: the subject's own, or all under it on the day. */
export const placesOf = (of: Place) =>
  of === 'own'
    ? sql`lateral (select d.organization_no) a on true`
    : sql`directory.organization_ancestry a on a.ancestor_no = d.organization_no and a.valid @> ${onDay}`

/** The same as a relation, to stand first behind FROM in a subquery. */
export const standingIn = (of: Place) =>
  of === 'own'
    ? sql`(select d.organization_no) a`
    : sql`(select u.organization_no from directory.organization_ancestry u where u.ancestor_no = d.organization_no and u.valid @> ${onDay}) a`

export const kinds = z.array(organizationKind).min(1)
export const texts = (list: readonly string[]) => sql`${[...list]}::text[]`

/**
 * Distinct people who belong to branches under an organization on the day, in one of these standings. The days are compared by hand:
 * the range operator would draw the planner to the index that is ordered by person.
 */
export const membersUnder = (standings: readonly string[]) => sql`(select count(distinct m.person_no)
  from directory.organization_ancestry u join directory.organizations w on w.no = u.organization_no and w.kind = any (${texts(branchKinds)})
  join directory.memberships m on m.organization_no = w.no and m.standing = any (${texts(standings)})
    and lower(m.valid) <= ${onDay} and coalesce(upper(m.valid) > ${onDay}, true)
  where u.ancestor_no = d.organization_no and u.valid @> ${onDay})`

/** A code as it is called, in SQL. */
export function called(column: RawBuilder<unknown>, titles: Readonly<Record<string, string>>): RawBuilder<unknown> {
  const cases = Object.entries(titles).map(([code, title]) => sql`when ${code} then ${title}`)
  return sql`case ${column} ${sql.join(cases, sql` `)} else ${column} end`
}
