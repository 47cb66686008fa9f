import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { type TargetGroup, targetGroups } from '../classes/classes.contract.ts'
import type { GroupCoverage, ShareLine } from './coverage.contract.ts'
import { groupMembers, newForMonths, timesTrained } from './target-groups.queries.ts'

/** The six of D3.4, and new secretaries (PX3). */
const covered: readonly TargetGroup[] = [
  'committee_secretary',
  'full_time_deputy',
  'discipline_secretary',
  'branch_secretary',
  'new_member',
  'activist',
  'new_secretary',
]

interface Asked {
  readonly year: number
  readonly under: string | undefined
  readonly today: CivilDate
}

const underOf = (under: string | undefined, organization: ReturnType<typeof sql>, day: CivilDate) =>
  under === undefined
    ? sql`true`
    : sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
        where a.organization_no = ${organization} and u.id = ${under} and a.valid @> ${day}::date)`

async function groupCovered(read: Read, group: TargetGroup, asked: Asked): Promise<GroupCoverage> {
  const day = asked.today < `${asked.year}-12-31` ? asked.today : `${asked.year}-12-31`
  // A new secretary is asked for training since the appointment, not since the new year (PX3).
  const fresh = group === 'new_secretary'
  const due = fresh ? sql`(g.since + interval '${sql.raw(String(newForMonths))} months')::date::text` : sql`null::text`
  const { rows } = await sql<
    GroupCoverage['missing'][number] & { times: number }
  >`select p.id as "personId", p.name, n.name as organization,
      g.since::text as since, ${due} as due, ${timesTrained(sql`p.no`, asked.year, fresh ? sql`g.since` : undefined)} as times
    from (${groupMembers(group, day)}) g join directory.persons p on p.no = g.person_no
    join directory.organization_names n on n.organization_no = g.organization_no and upper_inf(n.valid)
    where ${underOf(asked.under, sql`g.organization_no`, day)} order by p.pinyin, p.no`.execute(
    reading<'learning' | 'directory' | 'orglife'>(read),
  )
  const held = await sql<{
    count: number
  }>`select count(*)::int as count from learning.classes c where c.state = 'held' and c.target_group = ${group}
    and c.ends_on between make_date(${asked.year}::int, 1, 1) and make_date(${asked.year}::int, 12, 31)
    and ${underOf(asked.under, sql`c.organization_no`, day)}`.execute(reading<'learning' | 'directory'>(read))
  const missing = rows.filter(({ times }) => times === 0)
  return {
    group,
    title: targetGroups[group],
    total: rows.length,
    trained: rows.length - missing.length,
    classes: held.rows[0]?.count ?? 0,
    missing: missing.slice(0, 200).map(({ times: _times, ...person }) => person),
  }
}

/** Who of each target group was trained in the year, and who was not, by name. */
export async function coverageOf(read: Read, asked: Asked): Promise<GroupCoverage[]> {
  const groups: GroupCoverage[] = []
  for (const group of covered) groups.push(await groupCovered(read, group, asked))
  return groups
}

/** Hours of the classes held in the year by each organization, and how much was political theory. */
export async function sharesOf(read: Read, asked: Asked): Promise<ShareLine[]> {
  const { rows } =
    await sql<ShareLine>`select jsonb_build_object('id', h.id, 'name', n.name) as organization, count(*)::int as classes,
      sum(c.hours)::float8 as hours, sum(c.theory_hours)::float8 as "theoryHours", sum(c.theory_hours) * 10 >= sum(c.hours) * 7 as met,
      count(*) filter (where c.exception_reason is not null)::int as exceptions
    from learning.classes c join directory.organizations h on h.no = c.organization_no
    join directory.organization_names n on n.organization_no = h.no and upper_inf(n.valid)
    where c.state = 'held' and c.ends_on between make_date(${asked.year}::int, 1, 1) and make_date(${asked.year}::int, 12, 31)
      and ${underOf(asked.under, sql`c.organization_no`, asked.today)}
    group by h.no, h.id, h.position, n.name order by h.position, n.name limit 2000`.execute(
      reading<'learning' | 'directory'>(read),
    )
  return rows
}
