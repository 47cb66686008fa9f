import { type RawBuilder, sql } from 'kysely'
import type { Audience } from './studies.contract.ts'

const workers = [
  'committee_secretary',
  'full_time_deputy',
  'committee_deputy',
  'discipline_secretary',
  'general_branch_secretary',
  'branch_secretary',
  'branch_deputy',
  'branch_committee_member',
  'group_leader',
]
const posts: Partial<Record<Audience, readonly string[]>> = { party_workers: workers, branch_secretaries: ['branch_secretary'] }
const branchOf = (
  person: RawBuilder<unknown>,
  day: RawBuilder<unknown>,
) => sql`(select m.organization_no from directory.memberships m
  join directory.organizations o on o.no = m.organization_no and o.kind <> 'group' where m.person_no = ${person} and m.valid @> ${day} order by 1 limit 1)`

const byPost = (codes: readonly string[], day: RawBuilder<unknown>) => sql`select distinct t.person_no,
    coalesce(${branchOf(sql`t.person_no`, day)}, t.organization_no) as organization_no
  from directory.posts t where t.post = any (${[...codes]}::text[]) and t.valid @> ${day}`

const members = (
  day: RawBuilder<unknown>,
) => sql`select distinct on (m.person_no) m.person_no, m.organization_no from directory.memberships m
  join directory.organizations o on o.no = m.organization_no and o.kind <> 'group'
  where m.standing in ('full', 'probationary') and m.valid @> ${day} order by m.person_no, m.organization_no`

/** Those for whom a plan is, wherever they are, on a day (an expression): person_no, organization_no of the branch or other home. */
export function audienceOf(audience: Audience, day: RawBuilder<unknown>): RawBuilder<unknown> {
  const held = posts[audience]
  return held ? byPost(held, day) : members(day)
}

/** The same for every plan at once, where the kind is a column. */
export function everyAudience(kind: RawBuilder<unknown>, day: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select x.person_no, x.organization_no from (${byPost(workers, day)}) x where ${kind} = 'party_workers'
    union all select y.person_no, y.organization_no from (${byPost(['branch_secretary'], day)}) y where ${kind} = 'branch_secretaries'
    union all select z.person_no, z.organization_no from (${members(day)}) z where ${kind} = 'party_members'`
}

interface Under {
  readonly kind: RawBuilder<unknown>
  readonly under: RawBuilder<unknown>
  readonly plannedBy: RawBuilder<unknown>
  readonly day: RawBuilder<unknown>
}

/** Persons meant by a plan who hold the post, or belong, both under an organization and under the one that laid the plan out. */
export function audiencesUnder({ kind, under, plannedBy, day }: Under): RawBuilder<unknown> {
  const at = (column: string) => sql`from directory.organization_ancestry a
    join directory.organization_ancestry b on b.organization_no = a.organization_no and b.ancestor_no = ${plannedBy} and b.valid @> ${day}
    join ${sql.raw(column)} h on h.organization_no = a.organization_no and h.valid @> ${day}
    where a.ancestor_no = ${under} and a.valid @> ${day}`
  return sql`select h.person_no ${at('directory.posts')} and ${kind} = 'party_workers' and h.post = any (${workers}::text[])
    union select h.person_no ${at('directory.posts')} and ${kind} = 'branch_secretaries' and h.post = 'branch_secretary'
    union select h.person_no ${at('directory.memberships')} and ${kind} = 'party_members' and h.standing in ('full', 'probationary')`
}
