import { type RawBuilder, sql } from 'kysely'

/**
 * Who is asked about a record of an organization: itself, or for a group, a leading group and the like, what stands nearest above
 * and keeps records of its own. Null for an organization that is no more.
 */
export const askedOrganization = (column: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`(select k.no from directory.organization_ancestry up join directory.organizations k on k.no = up.ancestor_no
    where up.organization_no = ${column} and upper_inf(up.valid)
      and k.kind not in ('group', 'leading_group', 'discipline_committee', 'work_leading_group') order by up.depth limit 1)`

/** The meetings that are looked at, `m` by alias. */
export const isLookedAt = (looked: { meetings: readonly number[] | null; since: string; today: string }): RawBuilder<unknown> =>
  looked.meetings === null
    ? sql`m.held_on between ${looked.since}::date and ${looked.today}::date`
    : sql`m.no = any (${`{${looked.meetings.join(',')}}`}::bigint[])`

export const nameOf = (column: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`(select n.name from directory.organization_names n where n.organization_no = ${column} order by lower(n.valid) desc limit 1)`
