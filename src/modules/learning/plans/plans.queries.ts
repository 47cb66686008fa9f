import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import type { listPlans, PlanLine, PlanPage } from './plans.contract.ts'
import { findPlan } from './plans.store.ts'

const db = (read: Read) => reading<'learning' | 'directory'>(read)

const lineSql = sql`l.id, l.revision, l.state, l.year, l.title, l.note, jsonb_build_object('id', h.id, 'name', n.name) as organization,
  (select jsonb_agg(jsonb_build_object('key', p::text) || i || jsonb_build_object('held', (select count(*) from learning.classes c
      where c.plan_no = l.no and c.plan_item = coalesce(i ->> 'key', p::text) and c.state = 'held')) order by p)
    from jsonb_array_elements(l.items) with ordinality as t (i, p)) as items`
const fromSql = sql`from learning.plans l join directory.organizations h on h.no = l.organization_no
  join directory.organization_names n on n.organization_no = h.no and upper_inf(n.valid)`

function filters(asked: z.output<(typeof listPlans)['query']>): RawBuilder<unknown> {
  const parts = [
    asked.year === undefined ? null : sql`l.year = ${asked.year}`,
    asked.state === undefined ? null : sql`l.state = ${asked.state}`,
    asked.under === undefined
      ? null
      : sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
          where a.organization_no = l.organization_no and u.id = ${asked.under} and upper_inf(a.valid))`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** Plans that the reader may see, the latest year first; the cursor is the last one's id. */
export async function plansAsked(read: Read, asked: z.output<(typeof listPlans)['query']>) {
  const beyond = asked.after
    ? sql`(l.year, l.no) < (select l.year, l.no from learning.plans l where l.id = ${asked.after})`
    : sql`true`
  const { rows } = await sql<PlanLine>`select ${lineSql} ${fromSql} where ${filters(asked)} and ${beyond}
    order by l.year desc, l.no desc limit ${asked.limit + 1}`.execute(db(read))
  const items = rows.slice(0, asked.limit)
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null }
}

/** What was set up and held by the organization in the plan's year, whether or not it was planned. */
async function classesOf(read: Read, id: string): Promise<PlanPage['classes']> {
  const { rows } = await sql<
    PlanPage['classes'][number]
  >`select c.id, c.title, case when c.plan_no = l.no then c.plan_item end as item, c.state,
      c.ends_on as "endsOn", c.hours::float8 as hours, (select count(*) from learning.participants x where x.class_no = c.no)::int as participants
    from learning.plans l join learning.classes c on c.state <> 'withdrawn' and (c.plan_no = l.no
      or (c.plan_no is null and c.organization_no = l.organization_no and extract(year from c.ends_on) = l.year))
    where l.id = ${id} order by c.ends_on, c.no`.execute(db(read))
  return rows
}

async function abilitiesAt(read: Read, actor: Actor, id: string): Promise<string[]> {
  const held = await findPlan(read, id)
  if (held?.state !== 'recorded') return []
  const may = await allowsAll(read, actor, { permission: 'learning.plan.correct', organizations: [held.organizationNo] })
  return may ? ['correct', 'withdraw'] : []
}

/** One plan beside what became of it. */
export async function planPageOf(read: Read, actor: Actor, id: string): Promise<PlanPage> {
  const { rows } = await sql<PlanLine>`select ${lineSql} ${fromSql} where l.id = ${id}`.execute(db(read))
  const [row] = rows
  if (!row) throw new Problem('learning.plan_not_found')
  const revisions = await sql<{ revision: number; state: string; at: Date; by: string | null; reason: string | null }>`
    select r.revision, r.state, r.recorded_at as at, directory.account_name(r.recorded_by) as by, r.reason
    from learning.plan_revisions r join learning.plans l on l.no = r.plan_no where l.id = ${id} order by r.revision`.execute(
    db(read),
  )
  return {
    ...row,
    classes: await classesOf(read, id),
    abilities: await abilitiesAt(read, actor, id),
    revisions: revisions.rows.map(({ at, by, ...each }) => ({ ...each, recordedAt: instantOf(at), by: by ?? '系统' })),
  }
}
