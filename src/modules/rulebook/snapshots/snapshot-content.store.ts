import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { DB } from '../../../kernel/database/schema.generated.ts'
import type { Snapshot } from '../../../kernel/database/stream.ts'
import { declaredInputs, type FrozenSpan, type InputTable } from '../engine/inputs.measures.ts'
import type { ResultName } from './snapshot-file.contract.ts'
import type { SectionRows } from './snapshot-lines.store.ts'

/** The organization and period that a snapshot is of. */
export interface Frozen {
  readonly organizationNo: number
  readonly periodNo: number
  readonly year: number
  /** First day of the figures. */
  readonly since: string
}

/** A moment of the database from which parts are read, and what spells its statements. */
export interface Source {
  readonly snapshot: Snapshot
  readonly kysely: Kysely<DB>
}

const near = ({ organizationNo, since }: Frozen, ask: 'under' | 'above') => {
  const [own, other] = ask === 'under' ? ['ancestor_no', 'organization_no'] : ['organization_no', 'ancestor_no']
  return sql`select x.${sql.ref(other ?? '')} from directory.organization_ancestry x where x.${sql.ref(own ?? '')} = ${organizationNo}::bigint
    and x.valid && daterange(${since}::date, null)`
}

function spanOf(frozen: Frozen): FrozenSpan {
  const organizations = near(frozen, 'under')
  return {
    organizations,
    tree: sql`${organizations} union ${near(frozen, 'above')}`,
    persons: sql`select y.person_no from directory.posts y where y.organization_no in (${organizations}) and y.valid && daterange(${frozen.since}::date, null)
      union select y.person_no from directory.memberships y where y.organization_no in (${organizations}) and y.valid && daterange(${frozen.since}::date, null)`,
    since: frozen.since,
  }
}

/** Rows in an order that no locale and no plan can change. */
async function* rowsOf(source: Source, asked: { columns: readonly string[]; key: readonly string[]; from: RawBuilder<unknown> }) {
  const cells = sql.join(asked.columns.map((column) => sql.ref(`t.${column}`)))
  const order = sql.join(asked.key.map((column) => sql`${sql.ref(`t.${column}`)}::text collate "C"`))
  const { sql: text, parameters } = sql`select json_build_array(${cells}) as row from ${asked.from} order by ${order}`.compile(
    source.kysely,
  )
  for await (const { row } of source.snapshot.rows<{ row: unknown[] }>(text, parameters)) yield row
}

const inputPart = (source: Source, input: InputTable, condition: RawBuilder<unknown>): SectionRows => ({
  section: 'input',
  name: input.table,
  columns: input.columns,
  rows: rowsOf(source, { ...input, from: sql`${sql.table(input.table)} t where ${condition}` }),
})

/** Everything that judgement reads and that bears on the span, table by table. */
export async function* inputParts(source: Source, frozen: Frozen): AsyncGenerator<SectionRows> {
  const span = spanOf(frozen)
  for (const input of declaredInputs()) {
    if (typeof input.rows === 'function') yield inputPart(source, input, input.rows(span))
  }
}

const key = ['organization_no', 'period_no', 'requirement_no', 'subject_kind', 'subject_no']
const counts = ['met', 'met_late', 'unmet', 'not_reported', 'exempt', 'numerator', 'denominator']

/** Columns of each part of the result, in their order, and what orders the rows. */
export const resultShape: Readonly<Record<ResultName, { columns: readonly string[]; key: readonly string[] }>> = {
  obligations: { columns: [...key, 'status', 'numerator', 'denominator', 'due_on'], key },
  evidence: {
    // Not the reason: its words may name people, and they are made anew from the same facts.
    columns: [...key, 'record_kind', 'record_no', 'numerator', 'denominator', 'recorded_on'],
    key: [...key, 'record_kind', 'record_no'],
  },
  cells: { columns: [...key.slice(0, 3), ...counts], key: key.slice(0, 3) },
}

const sums = sql.raw(counts.map((count) => `sum(${count}) as ${count}`).join(', '))
const names = sql.raw(counts.join(', '))

/** Rows of the result in a table, by the tree of each period's last day. The year is a literal: it leaves the other partitions out. */
function resultFrom(name: ResultName, frozen: Frozen): RawBuilder<unknown> {
  const under = (from: RawBuilder<unknown>, condition: RawBuilder<unknown>) => sql`(select c.* from ${from} c
    join rulebook.period_nesting n on n.period_no = c.period_no and n.outer_no = ${frozen.periodNo}
    join rulebook.periods p on p.no = c.period_no
    join directory.organization_ancestry a on a.organization_no = c.organization_no and a.ancestor_no = ${frozen.organizationNo}::bigint and a.valid @> p.ends
    where ${condition}) t`
  const inYear = sql`c.year = ${sql.lit(frozen.year)}`
  if (name !== 'cells') return under(sql.table(`rulebook.${name}`), inYear)
  // What is still on its way to the cells belongs to them.
  return under(
    sql`(select organization_no, period_no, requirement_no, ${sums} from (
        select organization_no, period_no, requirement_no, ${names} from rulebook.cells where year = ${sql.lit(frozen.year)}
        union all select d.organization_no, o.outer_no, d.requirement_no, ${names} from rulebook.cell_deltas d
        join rulebook.period_nesting o on o.period_no = d.period_no) every
      group by 1, 2, 3)`,
    sql`(${names}) <> (0, 0, 0, 0, 0, 0, 0)`,
  )
}

/** The judged result: obligations, the records behind them, the sums. */
export function resultPart(source: Source, name: ResultName, frozen: Frozen): SectionRows {
  const { columns, key: order } = resultShape[name]
  return { section: 'result', name, columns, rows: rowsOf(source, { columns, key: order, from: resultFrom(name, frozen) }) }
}
