import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { audienceOf } from './audience.queries.ts'
import { findStudyPlan, type StoredStudyPlan } from './studies.store.ts'

interface Asked {
  readonly id: string
  readonly under: string | undefined
  readonly actor: Actor
  readonly today: CivilDate
}
interface Line {
  readonly organization: { readonly id: string; readonly name: string }
  readonly people: number
  readonly owed: number
  readonly done: number
}

const dayOf = (plan: StoredStudyPlan, today: CivilDate) => (today < `${plan.year}-12-31` ? today : `${plan.year}-12-31`)

/** Those for whom the plan is, under whoever laid it out and under the named tops: person_no, organization_no. */
const meant = (plan: StoredStudyPlan, day: CivilDate, tops: RawBuilder<unknown>) => sql`select x.person_no, x.organization_no
  from (${audienceOf(plan.audience, sql`${day}::date`)}) x
  where exists (select 1 from directory.organization_ancestry a where a.organization_no = x.organization_no and a.ancestor_no = ${plan.organizationNo}
      and a.valid @> ${day}::date)
    and exists (select 1 from directory.organization_ancestry a where a.organization_no = x.organization_no and ${tops} and upper_inf(a.valid))`

const units = (plan: StoredStudyPlan) =>
  sql`select u.no, u.title, u.position from learning.study_units u where u.plan_no = ${plan.no} and not u.removed`

/** Counts by organization within what the reader may read: how many are owed and how many are done, and no names. */
async function countsOf(read: Read, plan: StoredStudyPlan, { actor, under, today }: Asked): Promise<Line[]> {
  const day = dayOf(plan, today)
  const tops = sql`a.ancestor_no = any (${`{${actor.readOrganizations.join(',')}}`}::bigint[])`
  const narrowed =
    under === undefined
      ? sql`true`
      : sql`exists (select 1 from directory.organization_ancestry b
    join directory.organizations t on t.no = b.ancestor_no where b.organization_no = m.organization_no and t.id = ${under} and upper_inf(b.valid))`
  return asEngine(read, async () => {
    const { rows } = await sql<Line>`with m as (${meant(plan, day, tops)}), u as (${units(plan)})
      select jsonb_build_object('id', o.id, 'name', n.name) as organization, count(*)::int as people, (count(*) * (select count(*) from u))::int as owed,
        sum((select count(*) from learning.study_done d where d.person_no = m.person_no and d.unit_no in (select no from u)))::int as done
      from m join directory.organizations o on o.no = m.organization_no
      join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid) where ${narrowed}
      group by o.no, o.id, o.position, n.name order by o.position, n.name limit 2000`.execute(
      reading<'learning' | 'directory'>(read),
    )
    return rows
  })
}

/** By name, and only of exactly the branches that the reader keeps. */
async function holesOf(read: Read, plan: StoredStudyPlan, { actor, today }: Asked) {
  const own = organizationsFor(actor, 'learning.study.names')
  if (own.length === 0) return []
  const tops = sql`a.depth = 0 and a.ancestor_no = any (${`{${own.join(',')}}`}::bigint[])`
  const { rows } = await sql<{
    name: string
    organization: string
    units: string[]
  }>`with m as (${meant(plan, dayOf(plan, today), tops)}), u as (${units(plan)})
    select p.name, n.name as organization, jsonb_agg(u.title order by u.position) as units from m cross join u
    join directory.persons p on p.no = m.person_no
    join directory.organization_names n on n.organization_no = m.organization_no and upper_inf(n.valid)
    where not exists (select 1 from learning.study_done d where d.person_no = m.person_no and d.unit_no = u.no)
    group by p.no, p.name, p.pinyin, n.name order by p.pinyin, p.no`.execute(reading<'learning' | 'directory'>(read))
  return rows
}

/** How far a plan has come: counts for whoever stands above, names for the branch alone. */
export async function studyCoverageOf(read: Read, asked: Asked) {
  const plan = await findStudyPlan(read, asked.id)
  if (!plan) throw new Problem('learning.study_plan_not_found')
  return { items: await countsOf(read, plan, asked), holes: await holesOf(read, plan, asked), next: null }
}
