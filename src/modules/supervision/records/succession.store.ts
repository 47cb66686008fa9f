import { type RawBuilder, sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { asEngine, writing } from '../../../kernel/database/handles.ts'

interface Move {
  readonly from: number
  readonly to: number
}

/** How one kind of record goes over: which of its rows, what changes in them, and how its step is written. */
interface Handing {
  readonly table: RawBuilder<unknown>
  readonly where: (move: Move) => RawBuilder<boolean>
  readonly sets: (move: Move) => RawBuilder<unknown>
  /** What its step holds beside what every step has, from the moved row `m`. */
  readonly step: {
    readonly table: RawBuilder<unknown>
    readonly columns: string
    readonly values: (work: Work) => RawBuilder<unknown>
  }
}

const moved = (column: string, { from, to }: Move) =>
  sql`${sql.ref(column)} = case when ${sql.ref(column)} = ${from} then ${to} else ${sql.ref(column)} end`
const own = (move: Move) => sql`organization_no = ${move.to}`
const of = (states: string) => (move: Move) => sql<boolean>`organization_no = ${move.from} and state = any (${states}::text[])`

const record = (kind: string) => ({
  table: sql`supervision.record_steps`,
  columns: 'kind, record_no, signed_as, body',
  values: () => sql`${kind}, m.no, '系统', m.said`,
})

const kinds: readonly Handing[] = [
  {
    table: sql`supervision.tasks`,
    where: ({ from }) =>
      sql<boolean>`(organization_no = ${from} or given_by_no = ${from}) and state not in ('closed', 'cancelled')`,
    sets: (move) => sql`${moved('organization_no', move)}, ${moved('given_by_no', move)}`,
    step: {
      table: sql`supervision.task_steps`,
      columns: 'task_no, acted_on, body',
      values: ({ today }) => sql`m.no, ${today}::date, m.said`,
    },
  },
  {
    table: sql`supervision.key_projects`,
    where: of('{planned,running}'),
    sets: own,
    step: record('key_project'),
  },
  {
    table: sql`supervision.problems`,
    where: of('{raised,rectifying,rectified,verified}'),
    sets: own,
    step: record('problem'),
  },
  {
    table: sql`supervision.yellow_cards`,
    where: of('{proposed,heard,in_force}'),
    // The successor may have a card for the same run of periods; the one that comes to it then rests on its grounds alone.
    sets: (move) => sql`${own(move)}, entry = case when exists (select 1 from supervision.yellow_cards k
      where k.organization_no = ${move.to} and k.entry = i.entry) then null else entry end`,
    step: record('yellow_card'),
  },
  { table: sql`supervision.appeals`, where: of('{filed,taken}'), sets: own, step: record('appeal') },
  {
    table: sql`supervision.unit_plans`,
    // A unit has one plan a year: where the successor has its own, the other stays with the unit that was.
    where: (move) => sql<boolean>`${of('{drafted,submitted,returned,approved,amended}')(move)} and not exists (
      select 1 from supervision.unit_plans k where k.organization_no = ${move.to} and k.year = i.year)`,
    sets: own,
    step: { table: sql`supervision.unit_plan_steps`, columns: 'plan_no, version', values: () => sql`m.no, m.version` },
  },
]

const reason = '原组织撤销或合并，由承接组织继续办理'

async function handOverKind(work: Work, { table, where, sets, step }: Handing, move: Move): Promise<number> {
  const { rows } = await sql<{ moved: number }>`with gone as (
      update ${table} i set ${sets(move)}, revision = revision + 1 where ${where(move)} returning i.*),
    m as (select *, jsonb_build_object('from', ${move.from}::bigint, 'to', ${move.to}::bigint) as said from gone),
    noted as (insert into ${step.table} (revision, action, state, reason, acted_at, acted_by, ${sql.raw(step.columns)})
      select m.revision, 'hand_over', m.state, ${reason}, ${work.now}, ${work.actor.accountNo}, ${step.values(work)} from m)
    select count(*)::int as moved from gone`.execute(writing<'supervision'>(work.tx))
  return rows[0]?.moved ?? 0
}

/**
 * What is open of an organization that ends goes to its successor: tasks it has or gave, problems, yellow cards, appeals and unit
 * plans, each with a step that says so. What is over stays where it was. Answers how many were handed over.
 */
export async function handOverRecords(work: Work, move: Move): Promise<number> {
  return asEngine(work.tx, async () => {
    let total = 0
    for (const kind of kinds) total += await handOverKind(work, kind, move)
    return total
  })
}
