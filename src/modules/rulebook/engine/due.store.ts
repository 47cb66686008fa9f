import { type RawBuilder, sql } from 'kysely'
import { exemptByDecision } from './relief.store.ts'
import { type LiveRequirement, subjectKindOf, subjectKinds } from './requirement.queries.ts'
import { numbers, type Scope, whoseEvent, windowsOf } from './windows.store.ts'

const texts = (list: readonly string[]) => sql`${list as string[]}::text[]`

/** Compared by hand: the range operator would draw the planner to the index of all memberships, which is ordered by person. */
const belongsOn = (alias: string, day: RawBuilder<unknown>) =>
  sql`lower(${sql.ref(`${alias}.valid`)}) <= ${day} and coalesce(upper(${sql.ref(`${alias}.valid`)}) > ${day}, true)`

const fullMembers = sql`(select count(*) from directory.memberships m
  where m.organization_no = o.no and m.standing = 'full' and ${belongsOn('m', sql`p.day`)})`

/** Filters of a requirement's subject, on the last day or today when that is still to come. */
function filters({ subject }: LiveRequirement): RawBuilder<unknown> {
  const { where } = subject
  const parts = [
    where.has_committee === undefined
      ? null
      : // ZB20: below seven full members there is no committee, whatever an old register says.
        sql`${where.has_committee} = (${fullMembers} >= 7 and exists (select 1 from directory.committees c where c.organization_no = o.no
          and c.kind = 'committee' and c.elected_on <= p.day and (c.ended_on is null or c.ended_on > p.day)))`,
    where.has_groups === undefined
      ? null
      : sql`${where.has_groups} = exists (select 1 from directory.organization_edges g join directory.organizations w on w.no = g.organization_no
          where g.parent_no = o.no and w.kind = 'group' and g.valid @> p.day)`,
    where.min_full_members === undefined ? null : sql`${fullMembers} >= ${where.min_full_members}`,
    where.max_full_members === undefined ? null : sql`${fullMembers} <= ${where.max_full_members}`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** Facts of the register and decided grounds for which the subject is exempt rather than due. */
function exemption(requirement: LiveRequirement, kind: 'o' | 'p'): RawBuilder<unknown> {
  const { exempt } = requirement.subject
  return sql`(${exempt.includes('temporary_branch')} and o.kind = 'temporary_branch')
    or (${exempt.includes('no_full_members')} and ${fullMembers} = 0)
    or ${exemptByDecision(requirement, kind, kind === 'o' ? sql`o.no` : sql`t.person_no`)}`
}

/**
 * Joins the persons `t` who owe it: holders of the post, or those who belong there in a standing. Who came to that standing within
 * the time starts with the next whole one; who only came from another organization does not.
 */
function persons({ subject }: LiveRequirement): RawBuilder<unknown> {
  if (subject.post)
    return sql`join directory.posts t on t.organization_no = o.no and t.post = ${subject.post.code} and t.valid @> p.day`
  if (!subject.members) return sql``
  const standing = texts(subject.members.standing)
  return sql`join directory.memberships t on t.organization_no = o.no and t.standing = any (${standing}) and ${belongsOn('t', sql`p.day`)}
      and (t.valid @> p.starts or exists (select 1 from directory.memberships b
        where b.person_no = t.person_no and b.standing = any (${standing}) and ${belongsOn('b', sql`p.starts`)}))`
}

/**
 * Who owes this requirement in which stretch of time: subject to the tree, the posts and the members of its last day. One row each;
 * columns of the window `p` beside the subject, and whether it is exempt.
 */
export function dueRelation(requirement: LiveRequirement, scope: Scope): RawBuilder<unknown> {
  const kind = subjectKindOf(requirement)
  const chosen = scope.organizations === null ? sql`true` : sql`o.no = any (${numbers(scope.organizations)})`
  const subject = kind === 'p' ? sql`t.person_no` : sql`o.no`
  return sql`select ${kind}::"char" as subject_kind, ${subject} as subject_no, o.no as organization_no, p.no as period_no, p.window_no, p.year,
      p.opens, p.closes, p.starts, p.ends, p.due_on, p.late_after, ${scope.asOf}::date as as_of, p.record_kind, p.record_no,
      (${exemption(requirement, kind)}) as exempt
    from (${windowsOf(requirement, scope)}) p
    join directory.organizations o on o.kind = any (${texts(subjectKinds(requirement))}) and ${chosen}
      and o.established_on <= p.starts and (o.dissolved_on is null or o.dissolved_on > p.ends)
    ${persons(requirement)}
    where ${whoseEvent(requirement, subject)} and ${filters(requirement)}`
}
