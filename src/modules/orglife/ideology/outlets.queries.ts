import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { offsetOf, offsetPage } from '../../../kernel/http/offset-page.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { OutletKind, OutletLine, OutletPage } from './outlets.contract.ts'
import { findOutlet } from './outlets.store.ts'

const person = (no: string) =>
  sql`(select json_build_object('id', p.id, 'name', p.name) from directory.persons p where p.no = ${sql.raw(no)})`
const columns = (
  today: CivilDate,
) => sql`t.id, t.state, t.kind, t.name, t.address, json_build_object('id', o.id, 'name', o.name) as organization,
  coalesce(${person('t.keeper_no')}, json_build_object('id', '', 'name', '已不在名册')) as keeper, ${person('t.deputy_no')} as deputy, t.opened_on as "openedOn",
  t.review_on as "reviewOn", t.state = 'open' and t.review_on <= ${today}::date as "reviewDue", t.closed_on as "closedOn"`
const from = sql`from orglife.outlets t join directory.organizations_now o on o.no = t.organization_no`

export interface OutletsAsked {
  readonly under?: string | undefined
  readonly kind?: OutletKind | undefined
  readonly state?: 'open' | 'closed' | undefined
  readonly review?: 'due' | undefined
  readonly text?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}
interface Asking {
  readonly actor: Actor
  readonly today: CivilDate
}

const readable = (
  actor: Actor,
) => sql`exists (select 1 from directory.organization_ancestry s where s.organization_no = t.organization_no
  and s.ancestor_no = any (${`{${organizationsFor(actor, 'orglife.outlet.read').join(',')}}`}::bigint[]) and upper_inf(s.valid))`

/** Outlets that the reader may see, in organization order, closed ones at the end. */
export async function outletsAsked(
  read: Read,
  asked: OutletsAsked,
  { actor, today }: Asking,
): Promise<{ items: OutletLine[]; next: string | null; total?: number }> {
  const start = offsetOf(asked.after)
  const conditions = [
    readable(actor),
    ...(asked.kind ? [sql`t.kind = ${asked.kind}`] : []),
    ...(asked.state ? [sql`t.state = ${asked.state}`] : []),
    ...(asked.review ? [sql`t.state = 'open' and t.review_on <= ${today}::date`] : []),
    ...(asked.text ? [sql`strpos(t.name, ${asked.text}) > 0`] : []),
    ...(asked.under
      ? [
          sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
            where a.organization_no = t.organization_no and upper_inf(a.valid) and u.id = ${asked.under})`,
        ]
      : []),
  ]
  const { rows } = await sql<OutletLine & { total: number }>`select ${columns(today)}, count(*) over ()::int as total ${from}
    where ${sql.join(conditions, sql` and `)} order by t.state desc, o.position, o.name, t.no limit ${asked.limit} offset ${start}`.execute(
    reading<'orglife' | 'directory'>(read),
  )
  return offsetPage(rows, start)
}

const actionNames: Readonly<Record<string, string>> = { register: '登记', correct: '更正', review: '复核', close: '注销' }

/** One outlet with what became of its entry in the register. */
export async function outletPageOf(read: Read, id: string, { actor, today }: Asking): Promise<OutletPage> {
  const stored = await findOutlet(read, id)
  const { rows } = await sql<Omit<OutletPage, 'history' | 'abilities'>>`select ${columns(today)}, t.revision ${from}
    where t.id = ${id} and ${readable(actor)}`.execute(reading<'orglife' | 'directory'>(read))
  const [outlet] = rows
  if (!stored || !outlet) throw new Problem('orglife.outlet_not_found')
  const history = await sql<{ action: string; by: string | null; at: Date; reason: string | null }>`select r.action,
      directory.account_name(r.recorded_by) as by, r.recorded_at as at, r.reason from orglife.outlet_revisions r
    where r.outlet_no = ${stored.no} order by r.revision`.execute(reading<'orglife'>(read))
  const abilities: string[] = []
  for (const verb of outlet.state === 'open' ? ['correct', 'review', 'close'] : [])
    if (await allowsAll(read, actor, { permission: `orglife.outlet.${verb}`, organizations: [stored.organizationNo] }))
      abilities.push(verb)
  return {
    ...outlet,
    history: history.rows.map(({ action, by, at, reason }) => ({
      action: actionNames[action] ?? action,
      by: by ?? '系统',
      at: instantOf(at),
      reason,
    })),
    abilities,
  }
}
