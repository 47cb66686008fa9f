import { type RawBuilder, sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { type CivilDate, daysBetween } from '../../../kernel/time/civil-date.ts'
import type { BulkAct, ItemStage } from '../../../kernel/work-items/owned-items.contract.ts'
import { type ItemsAsked, ownedItemSource, ownedItemSources } from '../../../kernel/work-items/owned-items.ts'
import { ownerNames } from '../../supervision/index.ts'
import type { OwnedItem } from './items.contract.ts'
import {
  inHeap,
  itemTable,
  type ItemSchemas,
  type Narrowed,
  narrowed,
  overdueDays,
  underId,
  unitOf,
} from './items-from.queries.ts'

interface Row {
  readonly kind: string
  readonly no: number
  readonly id: string
  readonly at: string
  readonly title: string
  readonly state: string
  readonly stage: ItemStage
  readonly ownerNo: number | null
  readonly openedOn: CivilDate
  readonly dueOn: CivilDate | null
  readonly closedOn: CivilDate | null
  readonly waiting: boolean
  readonly mine: boolean
  readonly overdueDays: number
  readonly organization: { id: string; name: string }
  readonly unit: { id: string; name: string } | null
  readonly key: string
}

const orders = {
  dueOn: sql`coalesce(i.due_on, 'infinity'::date)`,
  openedOn: sql`i.opened_on`,
} as const

export interface ItemsPage extends Narrowed {
  readonly sort: keyof typeof orders
  readonly after?: string | undefined
  readonly limit: number
}

const cursorOf = ({ key, kind, no }: Row) => Buffer.from(`${key} ${kind} ${no}`).toString('base64url')

function past(after: string | undefined, order: RawBuilder<unknown>): RawBuilder<boolean> {
  if (after === undefined) return sql<boolean>`true`
  const [, key, kind, no] =
    /^(infinity|\d{4}-\d\d-\d\d) ([a-z_]+) (\d{1,18})$/.exec(Buffer.from(after, 'base64url').toString()) ?? []
  if (!key || !kind || !no) throw new Problem('desk.cursor_stale')
  return sql<boolean>`(${order}, i.kind, i.no) > (${key}::date, ${kind}, ${no}::bigint)`
}

const actsOf = (kind: string, state: string): BulkAct[] =>
  Object.entries(ownedItemSource(kind)?.acts ?? {}).flatMap(([act, states]) => (states.includes(state) ? [act as BulkAct] : []))

function itemOf(row: Row, { names, today }: { names: Map<number, { id: string; name: string }>; today: CivilDate }): OwnedItem {
  const source = ownedItemSource(row.kind)
  const { no: _no, at, key: _key, ownerNo, closedOn, ...shown } = row
  return {
    ...shown,
    line: source?.line ?? '',
    stateName: source?.states[row.state] ?? row.state,
    owner: (ownerNo !== null && names.get(ownerNo)) || null,
    ageDays: Math.max(0, daysBetween(row.openedOn, closedOn ?? today)),
    link: source?.link(at) ?? '/',
    acts: actsOf(row.kind, row.state),
  }
}

/** One page of what the reader's desk holds, the earliest due first: one question for the rows, one for the owners' names. */
export async function itemsAsked(
  read: Read,
  page: ItemsPage,
  asked: ItemsAsked,
): Promise<{ items: OwnedItem[]; next: string | null; total?: number }> {
  const order = orders[page.sort]
  const table = itemTable(asked, page.kind)
  const where = narrowed(page, asked)
  const db = reading<ItemSchemas>(read)
  const { rows } = await sql<
    Row & { total: number }
  >`select i.kind, i.no, i.id, i.at, i.title, i.state, i.stage, i.owner_no as "ownerNo", i.opened_on as "openedOn",
      i.due_on as "dueOn", i.closed_on as "closedOn", i.waiting, i.mine, ${overdueDays(asked)} as "overdueDays",
      jsonb_build_object('id', o.id, 'name', o.name) as organization,
      case when u.id is null then null else jsonb_build_object('id', u.id, 'name', u.name) end as unit, i.key, i.total
    from (select i.*, ${order}::text as key, ${page.after === undefined ? sql`count(*) over ()::int` : sql`0`} as total from ${table}
      where ${where} and ${past(page.after, order)} order by ${order}, i.kind, i.no limit ${page.limit + 1}) i
    join directory.organizations_now o on o.no = i.organization_no ${unitOf} order by ${order}, i.kind, i.no`.execute(db)
  const shown = rows.slice(0, page.limit)
  const names = await ownerNames(
    read,
    shown.flatMap((row) => row.ownerNo ?? []),
  )
  const last = shown.at(-1)
  return {
    items: shown.map(({ total: _total, ...row }) => itemOf(row, { names, today: asked.today })),
    next: rows.length > page.limit && last ? cursorOf(last) : null,
    ...(page.after === undefined && { total: rows[0]?.total ?? 0 }),
  }
}

/** How many stand in each heap; one question. */
export async function countsAsked(
  read: Read,
  filters: { under?: string | undefined; kind?: string | undefined },
  asked: ItemsAsked,
) {
  const count = (condition: RawBuilder<boolean>) => sql<number>`(count(*) filter (where ${condition}))::int`
  const { rows } = await sql<Record<'open' | 'today' | 'overdue' | 'mine' | 'others', number>>`select count(*)::int as open,
      ${count(inHeap.today(asked))} as today, ${count(inHeap.overdue(asked))} as overdue, ${count(inHeap.mine(asked))} as mine,
      ${count(inHeap.others(asked))} as others
    from ${itemTable(asked, filters.kind)} where i.stage <> 'closed' and ${filters.under ? underId(filters.under) : sql<boolean>`true`}`.execute(
    reading<ItemSchemas>(read),
  )
  const counts = rows[0] ?? { open: 0, today: 0, overdue: 0, mine: 0, others: 0 }
  return { ...counts, kinds: ownedItemSources().map(({ kind, line }) => ({ kind, line })) }
}

/** How the named items stand now; those that the reader may not see are left out. */
export async function itemsNamed(
  read: Read,
  items: readonly { kind: string; id: string }[],
  asked: ItemsAsked,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ key: string; state: string }>`select i.kind || ' ' || i.id as key, i.state from ${itemTable(asked)}
    where i.kind || ' ' || i.id = any (${items.map(({ kind, id }) => `${kind} ${id}`)}::text[])`.execute(
    reading<ItemSchemas>(read),
  )
  return new Map(rows.map(({ key, state }) => [key, state]))
}
