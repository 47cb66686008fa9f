import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { listReliefs, Relief } from './relief.contract.ts'
import { type ReliefAction, reliefLifecycle } from './relief.lifecycle.ts'

export type ReliefsAsked = z.output<(typeof listReliefs)['query']>

/** Whether the actor holds a permission over the organization of `r`: there or, with `depth` 1, only from above it. */
const holdsOver = (actor: Actor, permission: string, depth: 0 | 1) =>
  sql`exists (select 1 from directory.organization_ancestry a where a.organization_no = r.organization_no and upper_inf(a.valid)
    and a.depth >= ${depth} and a.ancestor_no = any (${`{${organizationsFor(actor, permission).join(',')}}`}::bigint[]))`

/** What waits for this actor's decision. */
export const toDecide = (actor: Actor): RawBuilder<unknown> =>
  sql`r.state = 'asked' and r.asked_by <> ${actor.accountNo} and ${holdsOver(actor, 'rulebook.relief.grant', 1)}`

function conditions(asked: ReliefsAsked, actor: Actor): RawBuilder<unknown> {
  const { subject } = asked
  const parts = [
    asked.under === undefined
      ? null
      : sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
          where u.id = ${asked.under} and a.organization_no = r.organization_no and upper_inf(a.valid))`,
    subject === undefined
      ? null
      : subject.startsWith('per_')
        ? sql`r.subject_kind = 'p' and r.subject_no = (select s.no from directory.persons s where s.id = ${subject})`
        : sql`r.subject_kind = 'o' and r.subject_no = (select o.no from directory.organizations o where o.id = ${subject})`,
    asked.requirement === undefined ? null : sql`r.requirement_code = ${asked.requirement}`,
    asked.period === undefined ? null : sql`p.name = ${asked.period}`,
    asked.kind === undefined ? null : sql`r.kind = ${asked.kind}`,
    asked.state === undefined ? null : sql`r.state = ${asked.state}`,
    asked.mine === undefined ? null : toDecide(actor),
    asked.after === undefined ? null : sql`r.no < (select b.no from rulebook.reliefs b where b.id = ${asked.after})`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

type Row = Omit<Relief, 'abilities'> & { readonly decides: boolean; readonly asks: boolean }

async function selected(read: Read, where: RawBuilder<unknown>, given: { actor: Actor; limit: number }): Promise<Relief[]> {
  const { actor } = given
  const { rows } = await sql<Row>`select r.id, r.kind, r.state, r.requirement_code as requirement, p.name as period, r.reason,
      coalesce((select q.title from rulebook.requirements q where q.code = r.requirement_code order by q.version desc limit 1), '') as title,
      case when r.subject_kind = 'p' then coalesce((select jsonb_build_object('id', s.id, 'name', s.name, 'kind', 'person') from directory.persons s
          where s.no = r.subject_no), jsonb_build_object('id', '', 'name', '（已转出）', 'kind', 'person'))
        else jsonb_build_object('id', o.id, 'name', o.name, 'kind', 'organization') end as subject,
      jsonb_build_object('id', o.id, 'name', o.name) as organization, r.until::text as until, r.stopped_from::text as "stoppedFrom",
      r.ended_on::text as "endedOn", r.answer, (r.asked_at at time zone 'Asia/Shanghai')::date::text as "askedOn",
      (r.decided_at at time zone 'Asia/Shanghai')::date::text as "decidedOn", r.decision_reason as "decisionReason",
      ${holdsOver(actor, 'rulebook.relief.grant', 1)} as decides, ${holdsOver(actor, 'rulebook.relief.ask', 0)} as asks, r.asked_by = ${actor.accountNo} as own
    from rulebook.reliefs r join rulebook.periods p on p.no = r.period_no join directory.organizations_now o on o.no = r.organization_no
    where ${where} order by r.no desc limit ${given.limit}`.execute(reading<'rulebook' | 'directory'>(read))
  return rows.map(shown)
}

/** What the actor may do with a relief now. */
function shown({ decides, asks, own, ...row }: Row & { readonly own?: boolean }): Relief {
  const next = Object.keys(reliefLifecycle[row.kind][row.state] ?? {}) as ReliefAction[]
  const may = { grant: decides && !own, refuse: decides && !own, end: decides, withdraw: asks }
  return { ...row, abilities: next.filter((verb) => may[verb]) }
}

/** Extensions and clock stops that the reader may see, the latest first, page by page. */
export async function reliefsAsked(
  read: Read,
  asked: ReliefsAsked,
  actor: Actor,
): Promise<{ items: Relief[]; next: string | null }> {
  const rows = await selected(read, conditions(asked, actor), { actor, limit: asked.limit + 1 })
  const items = rows.slice(0, asked.limit)
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null }
}

export async function reliefShown(read: Read, id: string, actor: Actor): Promise<Relief> {
  const [found] = await selected(read, sql`r.id = ${id}`, { actor, limit: 1 })
  if (!found) throw new Problem('rulebook.relief_not_found')
  return found
}
