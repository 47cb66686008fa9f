import { type RawBuilder, sql } from 'kysely'
import type { Schema } from '../../../kernel/database/handles.ts'
import { type ItemsAsked, ownedItemSource, ownedItemSources } from '../../../kernel/work-items/owned-items.ts'
import type { Heap } from './items.contract.ts'

/** What the declared sources read. */
export type ItemSchemas = Extract<Schema, 'supervision' | 'directory'>

export interface Narrowed {
  readonly heap?: Heap | undefined
  readonly kind?: string | undefined
  readonly stage?: string | undefined
  readonly under?: string | undefined
  readonly waiting?: 'yes' | undefined
  readonly text?: string | undefined
}

const columns = sql.raw(
  'kind, no, id, at, title, organization_no, owner_no, state, stage, opened_on, due_on, closed_on, waiting, mine',
)

/** All owned items that the reader may see, as a table `i`; only of one kind where one is asked for. */
export function itemTable(asked: ItemsAsked, kind?: string): RawBuilder<unknown> {
  const one = kind === undefined ? undefined : ownedItemSource(kind)
  const sources = kind === undefined ? ownedItemSources() : one ? [one] : []
  const none = sql`select ''::text, 0::bigint, '', '', '', 0::bigint, 0::bigint, '', '', null::date, null::date, null::date, false, false where false`
  const parts = sources.length === 0 ? [none] : sources.map((source) => sql`(${source.rows(asked)})`)
  // Whoever owns nothing is asked nothing: where an owner or an account is missing, a condition answers neither yes nor no.
  return sql`(select kind, no, id, at, title, organization_no, owner_no, state, stage, opened_on, due_on, closed_on, coalesce(waiting, false),
    coalesce(mine, false) from (${sql.join(parts, sql` union all `)}) as s (${columns})) as i (${columns})`
}

/** Days count against whoever is to act only while it lies with them. */
const running = sql<boolean>`(i.stage in ('opened', 'working') and not i.waiting)`
export const overdueDays = ({ today }: ItemsAsked) =>
  sql<number>`case when ${running} and i.due_on < ${today}::date then ${today}::date - i.due_on else 0 end`

export const inHeap: Readonly<Record<Heap, (asked: ItemsAsked) => RawBuilder<boolean>>> = {
  today: ({ today }) => sql<boolean>`(${running} and i.due_on = ${today}::date)`,
  overdue: ({ today }) => sql<boolean>`(${running} and i.due_on < ${today}::date)`,
  mine: () => sql<boolean>`i.mine`,
  others: () => sql<boolean>`not i.mine`,
}

const contains = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

export const underId = (id: string) =>
  sql<boolean>`i.organization_no in (select a.organization_no from directory.organization_ancestry a
    join directory.organizations top on top.no = a.ancestor_no where top.id = ${id} and upper_inf(a.valid))`

/** The condition on items `i` for a list or an export: what is open, unless what was closed this year is asked for. */
export function narrowed(filters: Narrowed, asked: ItemsAsked): RawBuilder<boolean> {
  const closed = filters.stage === 'closed'
  const parts = [
    closed
      ? sql<boolean>`i.stage = 'closed' and i.closed_on >= ${`${asked.today.slice(0, 4)}-01-01`}::date`
      : sql<boolean>`i.stage <> 'closed'`,
  ]
  if (filters.stage && !closed) parts.push(sql<boolean>`i.stage = ${filters.stage}`)
  if (filters.heap) parts.push(inHeap[filters.heap](asked))
  if (filters.under) parts.push(underId(filters.under))
  if (filters.waiting) parts.push(sql<boolean>`i.waiting`)
  if (filters.text) parts.push(sql<boolean>`i.title like ${contains(filters.text)}`)
  return sql<boolean>`(${sql.join(parts, sql` and `)})`
}

/** The unit in which an organization stands, as `u`. */
export const unitOf = sql`left join lateral (select n.no, n.id, n.name from directory.organization_ancestry a
  join directory.organizations_now n on n.no = a.ancestor_no
  where a.organization_no = i.organization_no and upper_inf(a.valid) and n.kind = 'unit' order by a.depth limit 1) u on true`
