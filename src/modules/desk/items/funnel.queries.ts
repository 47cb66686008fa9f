import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { type ItemStage, itemStages } from '../../../kernel/work-items/owned-items.contract.ts'
import { type ItemsAsked, ownedItemSource } from '../../../kernel/work-items/owned-items.ts'
import type { ItemFunnel } from './items.contract.ts'
import { inHeap, itemTable, type ItemSchemas, underId, unitOf } from './items-from.queries.ts'

interface Row {
  /** Which of the three groupings the row belongs to. */
  readonly by: 'stage' | 'kind' | 'unit'
  readonly stage: ItemStage | null
  readonly kind: string | null
  readonly unitId: string | null
  readonly unitName: string | null
  readonly count: number
  readonly open: number
  readonly overdue: number
  readonly closed: number
  readonly ages: readonly number[] | null
  readonly oldest: number | null
}

const figures = ({ open, overdue, closed, ages, oldest }: Row) => ({
  open,
  overdue,
  closed,
  median: ages?.[0] ?? null,
  ninetieth: ages?.[1] ?? null,
  oldest,
})

/** From entered to closed, and how old what is open has become: all three groupings in one question. */
export async function funnelOf(
  read: Read,
  filters: { under?: string | undefined; kind?: string | undefined; since?: CivilDate | undefined },
  asked: ItemsAsked,
): Promise<ItemFunnel> {
  const since = filters.since ?? `${asked.today.slice(0, 4)}-01-01`
  // The unit is looked up once an organization, not once an item.
  const { rows } = await sql<Row>`with i as materialized (select * from ${itemTable(asked, filters.kind)}
        where (i.stage <> 'closed' or i.closed_on >= ${since}::date) and ${filters.under ? underId(filters.under) : sql<boolean>`true`}),
      u as (select i.organization_no, u.id, u.name from (select distinct organization_no from i) i ${unitOf})
    select case when grouping(i.stage) = 0 then 'stage' when grouping(i.kind) = 0 then 'kind' else 'unit' end as by,
      i.stage, i.kind, u.id as "unitId", u.name as "unitName", count(*)::int as count, (count(*) filter (where i.stage <> 'closed'))::int as open,
      (count(*) filter (where ${inHeap.overdue(asked)}))::int as overdue, (count(*) filter (where i.stage = 'closed'))::int as closed,
      percentile_disc(array[0.5, 0.9]) within group (order by ${asked.today}::date - i.opened_on) filter (where i.stage <> 'closed') as ages,
      max(${asked.today}::date - i.opened_on) filter (where i.stage <> 'closed') as oldest
    from i join u on u.organization_no = i.organization_no
    group by grouping sets ((i.stage), (i.kind), (u.id, u.name))`.execute(reading<ItemSchemas>(read))
  const of = (by: Row['by']) => rows.filter((row) => row.by === by)
  const busiest = (one: Row, other: Row) =>
    other.open - one.open || (one.unitName ?? '').localeCompare(other.unitName ?? '', 'zh-CN')
  return {
    since,
    stages: (Object.keys(itemStages) as ItemStage[]).map((stage) => ({
      stage,
      name: itemStages[stage],
      count: of('stage').find((row) => row.stage === stage)?.count ?? 0,
    })),
    lines: of('kind')
      .sort(busiest)
      .map((row) => ({ kind: row.kind ?? '', line: ownedItemSource(row.kind ?? '')?.line ?? '', ...figures(row) })),
    units: of('unit')
      .sort(busiest)
      .map((row) => ({ id: row.unitId, name: row.unitName ?? '不属于单位的组织', ...figures(row) })),
  }
}
