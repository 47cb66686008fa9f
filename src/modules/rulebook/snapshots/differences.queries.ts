import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { recordsRelation } from '../engine/engine.measures.ts'
import { statusName } from '../obligations/obligations.queries.ts'
import type { Cause, listDifferences } from './snapshots.contract.ts'
import { requireSnapshot, type SnapshotPlace } from './snapshots.queries.ts'

const db = (read: Read) => reading<'rulebook' | 'directory'>(read)
const key = sql.raw('organization_no, period_no, requirement_no, subject_kind, subject_no')
const cellKey = sql.raw('organization_no, period_no, requirement_no')

/** What stands now for the organization and period, by the tree of each period's last day. */
const nowIn = (
  table: 'obligations' | 'evidence' | 'cells',
  { periodNo, organizationNo, period }: SnapshotPlace,
) => sql`select c.* from ${sql.table(`rulebook.${table}`)} c
  join rulebook.period_nesting n on n.period_no = c.period_no and n.outer_no = ${periodNo} join rulebook.periods p on p.no = c.period_no
  join directory.organization_ancestry a on a.organization_no = c.organization_no and a.ancestor_no = ${organizationNo} and a.valid @> p.ends
  where c.year = ${sql.lit(Number(period.slice(0, 4)))}`

const frozenIn = (table: 'obligations' | 'evidence' | 'cells', { no }: SnapshotPlace) =>
  sql`select * from ${sql.table(`rulebook.snapshot_${table}`)} where snapshot_no = ${no}`

/** How many cells the reader sees differ from the frozen ones; those with nothing in them are as good as none. */
export async function changedCells(read: Read, snapshot: SnapshotPlace, within?: RawBuilder<unknown>): Promise<number> {
  const sums = (alias: string) =>
    sql.join(
      ['met', 'met_late', 'unmet', 'not_reported', 'exempt', 'numerator', 'denominator'].map(
        (name) => sql`coalesce(${sql.ref(`${alias}.${name}`)}, 0)`,
      ),
    )
  const { rows } = await sql<{ changed: number }>`select count(*)::int as changed
    from (${frozenIn('cells', snapshot)}) f full join (${nowIn('cells', snapshot)}) o using (${cellKey})
    where (${sums('f')}) <> (${sums('o')}) and ${within ?? sql`true`}`.execute(db(read))
  return rows[0]?.changed ?? 0
}

/** Obligations that stand otherwise now, with what was and what is. */
const changedRelation = (snapshot: SnapshotPlace) => sql`select ${key}, f.status as was, o.status as is,
    coalesce(f.numerator, 0) as was_numerator, coalesce(f.denominator, 0) as was_denominator,
    coalesce(o.numerator, 0) as is_numerator, coalesce(o.denominator, 0) as is_denominator
  from (${frozenIn('obligations', snapshot)}) f full join (${nowIn('obligations', snapshot)}) o using (${key})
  where (f.status, f.numerator, f.denominator) is distinct from (o.status, o.numerator, o.denominator)`

/** How many obligations that the reader sees changed since, under an organization and inside a period. */
export async function changedObligations(
  read: Read,
  snapshot: SnapshotPlace,
  within: { organizationNo: number; period: string },
): Promise<number> {
  const { rows } = await sql<{ changed: number }>`select count(*)::int as changed from (${changedRelation(snapshot)}) c
    join rulebook.periods q on q.no = c.period_no
    where exists (select 1 from directory.organization_ancestry u where u.organization_no = c.organization_no
        and u.ancestor_no = ${within.organizationNo} and u.valid @> q.ends)
      and exists (select 1 from rulebook.period_nesting i join rulebook.periods w on w.no = i.outer_no
        where i.period_no = c.period_no and w.name = ${within.period})`.execute(db(read))
  return rows[0]?.changed ?? 0
}

interface Row {
  readonly place: string
  readonly code: string
  readonly title: string
  readonly version: number
  readonly organization: { id: string; name: string }
  readonly subject: { id: string; name: string; kind: 'organization' | 'person' }
  readonly period: string
  readonly was: number | null
  readonly is: number | null
  readonly was_numerator: number
  readonly was_denominator: number
  readonly is_numerator: number
  readonly is_denominator: number
  readonly new_rule: boolean
  readonly was_open: boolean
  readonly decided: boolean
  readonly records: z.input<(typeof listDifferences)['reply']>['items'][number]['records']
}

/** What is not a record of work: what a register or another requirement says. */
const followed: readonly string[] = ['requirement', 'organization']
const registered: readonly string[] = [...followed, 'committee', 'post', 'person']

/** The first that holds explains it: a record before a decision before a rule before what follows from others and the calendar. */
function causeOf(row: Row): Cause {
  const facts = row.records.filter((record) => !registered.includes(record.kind))
  if (facts.some((record) => record.change !== 'added')) return 'corrected'
  if (facts.length > 0) return 'recorded_late'
  if (row.decided) return 'decided'
  if (row.new_rule) return 'rule_changed'
  if (row.records.some((record) => followed.includes(record.kind))) return 'follows'
  return row.was_open ? 'time_passed' : 'tree_or_people'
}

/** What differs now from what was frozen, one obligation after another, down to the records. */
export async function differencesOf(
  read: Read,
  id: string,
  asked: z.output<(typeof listDifferences)['query']>,
): Promise<z.input<(typeof listDifferences)['reply']>> {
  const snapshot = await requireSnapshot(read, id)
  if (snapshot.state !== 'frozen') throw new Problem('rulebook.not_yet_frozen')
  const { rows } = await sql<Row>`${rowsOf(snapshot, asked.after)} limit ${asked.limit + 1}`.execute(db(read))
  const items = rows.slice(0, asked.limit).map((row) => ({
    requirement: { code: row.code, title: row.title, version: row.version },
    organization: row.organization,
    subject: row.subject,
    period: row.period,
    frozen: {
      status: row.was === null ? null : statusName(row.was),
      numerator: row.was_numerator,
      denominator: row.was_denominator,
    },
    now: { status: row.is === null ? null : statusName(row.is), numerator: row.is_numerator, denominator: row.is_denominator },
    cause: causeOf(row),
    records: row.records,
  }))
  const next = rows.length > asked.limit ? (rows[asked.limit - 1]?.place ?? null) : null
  return { items, next, cells: await changedCells(read, snapshot) }
}

/** Records that were added, are gone or count otherwise, of one obligation. */
const recordsOf = (
  snapshot: SnapshotPlace,
) => sql`(select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'kind', k.kind, 'title', k.title,
      'recordedOn', coalesce(e.recorded_on, f.recorded_on), 'change', case when f.record_no is null then 'added' when e.record_no is null then 'gone' else 'changed' end)
      order by k.happened_on, k.no), '[]')
    from (select * from rulebook.snapshot_evidence x where x.snapshot_no = ${snapshot.no} and (${sql.raw('x.organization_no, x.period_no, x.requirement_no, x.subject_kind, x.subject_no')})
        = (${sql.raw('c.organization_no, c.period_no, c.requirement_no, c.subject_kind, c.subject_no')})) f
    full join (select * from rulebook.evidence x where x.year = ${sql.lit(Number(snapshot.period.slice(0, 4)))}
        and (${sql.raw('x.organization_no, x.period_no, x.requirement_no, x.subject_kind, x.subject_no')})
        = (${sql.raw('c.organization_no, c.period_no, c.requirement_no, c.subject_kind, c.subject_no')})) e
      on e.record_kind = f.record_kind and e.record_no = f.record_no
    join (${recordsRelation()}) k on k.kind = coalesce(e.record_kind, f.record_kind) and k.no = coalesce(e.record_no, f.record_no)
    where (f.numerator, f.denominator, f.recorded_on) is distinct from (e.numerator, e.denominator, e.recorded_on))`

/** A place in the list: the numbers of the obligation's key, joined. */
const placeOf =
  sql.raw(`lpad(c.period_no::text, 8, '0') || '.' || lpad(c.organization_no::text, 12, '0') || '.' || lpad(c.requirement_no::text, 8, '0') || '.'
    || c.subject_kind::text || '.' || lpad(c.subject_no::text, 12, '0')`)

const rowsOf = (snapshot: SnapshotPlace, after: string | undefined) => sql<Row>`
  select ${placeOf} as place, r.code, r.title, r.version, jsonb_build_object('id', o.id, 'name', n.name) as organization,
    jsonb_build_object('id', coalesce(h.id, o.id), 'name', coalesce(h.name, n.name), 'kind', case when c.subject_kind = 'p' then 'person' else 'organization' end) as subject,
    p.name as period, c.was, c.is, c.was_numerator, c.was_denominator, c.is_numerator, c.is_denominator,
    not exists (select 1 from rulebook.snapshots s, jsonb_array_elements(s.head -> 'rules') x where s.no = ${snapshot.no} and (x ->> 'no')::int = c.requirement_no)
      or c.is is null and exists (select 1 from rulebook.requirements v where v.no = c.requirement_no and not (v.enabled and v.valid @> p.starts)) as new_rule,
    c.was is null and p.ends + r.due_offset_days + r.grace_days >= (select s.as_of from rulebook.snapshots s where s.no = ${snapshot.no}) as was_open,
    coalesce(c.was, 0) = 5 or coalesce(c.is, 0) = 5 or exists (select 1 from rulebook.declarations d, rulebook.snapshots s where s.no = ${snapshot.no}
      and d.requirement_code = r.code and d.organization_no = c.organization_no and d.period_no = c.period_no and d.subject_no = c.subject_no
      and (d.declared_at > s.frozen_at or d.withdrawn_at > s.frozen_at)) as decided,
    ${recordsOf(snapshot)} as records
  from (${changedRelation(snapshot)}) c join rulebook.periods p on p.no = c.period_no join rulebook.requirements r on r.no = c.requirement_no
  join directory.organizations o on o.no = c.organization_no
  join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
  left join directory.persons h on c.subject_kind = 'p' and h.no = c.subject_no
  where ${after === undefined ? sql`true` : sql`${placeOf} > ${after}`} order by 1`
