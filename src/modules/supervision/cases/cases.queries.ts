import { type RawBuilder, sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { storedStatus } from '../../rulebook/obligations/obligations.contract.ts'
import type { CaseLine } from './cases.contract.ts'
import { caseStates, type CaseState } from './cases.lifecycle.ts'
import { type Asking, type CaseFilters, matching, obligationStatusOf, overdueBy, toVerify } from './case-scope.queries.ts'
import { ownerNames } from './case-names.queries.ts'

const orders = {
  '-proposedOn': { key: sql`c.proposed_at`, cast: 'timestamptz', descending: true },
  dueOn: { key: sql`coalesce(c.due_on, 'infinity'::date)`, cast: 'date', descending: false },
  '-dueOn': { key: sql`coalesce(c.due_on, '-infinity'::date)`, cast: 'date', descending: true },
} as const
export type CaseSort = keyof typeof orders

/** One page of a list. */
export interface CasesAsked extends CaseFilters {
  readonly sort: CaseSort
  readonly after?: string | undefined
  readonly limit: number
}

/** A case as the list shows it, with what finds its names. */
export interface CaseRow extends Omit<CaseLine, 'owner' | 'obligationStatus' | 'organization' | 'unit'> {
  readonly no: number
  readonly key: string
  readonly ownerNo: number | null
  readonly organizationId: string
  readonly organizationName: string
  readonly unitId: string | null
  readonly unitName: string | null
  readonly fromObligation: boolean
  readonly status: number | null
}

/** Columns of a list's line, from a case `c`. */
export const lineColumns = (
  today: CivilDate,
) => sql`c.no, c.id, c.number, c.title, c.state, c.owner_no as "ownerNo", c.due_on as "dueOn",
  ${overdueBy(today)} as "overdueDays", c.waiting_since is not null as waiting, (c.proposed_at at time zone 'Asia/Shanghai')::date as "proposedOn",
  c.requirement_code as requirement, c.period, o.id as "organizationId", o.name as "organizationName", u.id as "unitId", u.name as "unitName",
  c.source = 'obligation' as "fromObligation", (${obligationStatusOf}) as status`

export const lineTables = sql`supervision.cases c
  join directory.organizations_now o on o.no = c.organization_no
  left join lateral (select n.id, n.name from directory.organization_ancestry a join directory.organizations_now n on n.no = a.ancestor_no
    where a.organization_no = c.organization_no and upper_inf(a.valid) and n.kind = 'unit' order by a.depth limit 1) u on true`

const statusWords = new Map<number, string>(Object.entries(storedStatus).map(([word, number]) => [number, word]))

/** Lines as the interface shows them, owners named. */
export async function linesOf(read: Read, rows: readonly CaseRow[]): Promise<CaseLine[]> {
  const names = await ownerNames(
    read,
    rows.flatMap((row) => row.ownerNo ?? []),
  )
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    title: row.title,
    state: row.state,
    organization: { id: row.organizationId, name: row.organizationName },
    unit: row.unitId === null || row.unitName === null ? null : { id: row.unitId, name: row.unitName },
    owner: (row.ownerNo !== null && names.get(row.ownerNo)) || null,
    dueOn: row.dueOn,
    overdueDays: row.overdueDays,
    waiting: row.waiting,
    proposedOn: row.proposedOn,
    requirement: row.requirement,
    period: row.period,
    obligationStatus: row.fromObligation ? (statusWords.get(row.status ?? 0) ?? 'not_applicable') : null,
  }))
}

const cursorOf = (row: CaseRow) => Buffer.from(`${row.no} ${row.key}`).toString('base64url')

function past(cursor: string | undefined, order: (typeof orders)[CaseSort]): RawBuilder<boolean> {
  if (cursor === undefined) return sql<boolean>`true`
  const [, no, key] = /^(\d{1,18}) ([0-9a-z :.+-]+)$/i.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (!no || !key)
    throw new Problem('kernel.invalid_input', { errors: [{ field: 'after', message: '翻页位置已失效，请从第一页重新查看。' }] })
  const place = sql`(${key}::${sql.raw(order.cast)}, ${no}::bigint)`
  return order.descending ? sql<boolean>`(${order.key}, c.no) < ${place}` : sql<boolean>`(${order.key}, c.no) > ${place}`
}

async function countOf(read: Read, asked: CasesAsked, asking: Asking): Promise<number> {
  const { rows } = await sql<{
    total: number
  }>`select count(*)::int as total from supervision.cases c where ${matching(asked, asking)}`.execute(
    reading<'supervision' | 'directory' | 'rulebook'>(read),
  )
  return rows[0]?.total ?? 0
}

/** One page of the cases that the reader may see; the first page says how many there are in all. */
export async function casesAsked(
  read: Read,
  asked: CasesAsked,
  asking: Asking,
): Promise<{ items: CaseLine[]; next: string | null; total?: number }> {
  const order = orders[asked.sort]
  const direction = order.descending ? sql`desc` : sql`asc`
  const { rows } = await sql<CaseRow>`select ${lineColumns(asking.today)}, ${order.key}::text as key from ${lineTables}
    where ${matching(asked, asking)} and ${past(asked.after, order)}
    order by ${order.key} ${direction}, c.no ${direction} limit ${asked.limit + 1}`.execute(
    reading<'supervision' | 'directory' | 'rulebook'>(read),
  )
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  return {
    items: await linesOf(read, page),
    next: rows.length > asked.limit && last ? cursorOf(last) : null,
    ...(asked.after === undefined && { total: await countOf(read, asked, asking) }),
  }
}

interface Stage {
  readonly state: CaseState
  readonly count: number
  readonly overdue: number
  readonly waiting: number
  readonly longestWait: number
  readonly toVerify: number
}

/** How many cases stand at each stage, for what the reader may see. */
export async function funnelAsked(
  read: Read,
  asked: { under?: string | undefined; from?: CivilDate | undefined; to?: CivilDate | undefined },
  asking: Asking,
) {
  const within = sql<boolean>`(c.proposed_at at time zone 'Asia/Shanghai')::date between ${asked.from ?? '-infinity'}::date and ${asked.to ?? 'infinity'}::date`
  const { rows } = await sql<Stage>`select c.state, count(*)::int as count,
      count(*) filter (where ${overdueBy(asking.today)} > 0)::int as overdue, count(c.waiting_since)::int as waiting,
      coalesce(max(${asking.today}::date - c.waiting_since), 0) as "longestWait", count(*) filter (where ${toVerify(asking.actor)})::int as "toVerify"
    from supervision.cases c where ${matching({ under: asked.under }, asking)} and ${within} group by c.state`.execute(
    reading<'supervision' | 'directory'>(read),
  )
  const sum = (of: (stage: Stage) => number) => rows.reduce((total, stage) => total + of(stage), 0)
  return {
    stages: (Object.keys(caseStates) as CaseState[]).map((state) => ({
      state,
      name: caseStates[state],
      count: rows.find((stage) => stage.state === state)?.count ?? 0,
    })),
    overdue: sum((stage) => stage.overdue),
    waiting: sum((stage) => stage.waiting),
    longestWait: Math.max(0, ...rows.map((stage) => stage.longestWait)),
    toVerify: sum((stage) => stage.toVerify),
  }
}
