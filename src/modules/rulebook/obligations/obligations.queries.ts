import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { period, type PeriodName } from '../../../kernel/time/period.ts'
import { type RecordNumber, recordsShown } from '../engine/records-shown.queries.ts'
import { figuresSince, type LiveRequirement, liveRequirements, subjectKindOf } from '../engine/requirement.queries.ts'
import { statusRelations } from '../engine/status.store.ts'
import { type listObligations, type Obligation, type Status, storedStatus } from './obligations.contract.ts'
import type { Subject } from './subjects.queries.ts'

export type ObligationsAsked = z.output<(typeof listObligations)['query']>

const names: readonly Status[] = ['not_due', 'met', 'met_late', 'unmet', 'not_reported', 'exempt', 'not_applicable']
/** The status behind a number of the engine. */
export const statusName = (stored: number): Status => names[stored] ?? 'not_applicable'

interface JudgedRow {
  readonly period: string
  readonly due_on: string
  readonly late_after: string
  readonly status: number
  readonly numerator: number
  readonly denominator: number
  readonly organization_no: number
  readonly organization_id: string
  readonly organization_name: string
  readonly evidence: readonly RecordNumber[]
}

/** Evidence as numbers of records: their public ids are asked for once for all rows, of those kinds alone that occur. */
const evidenceOf = (rows: RawBuilder<unknown>) =>
  sql`coalesce((select jsonb_agg(jsonb_build_object('record_kind', f.record_kind, 'record_no', f.record_no) order by f.record_no) from ${rows}), '[]')`

type Evidence = Obligation['evidence']

/** The records behind rows with their public ids. */
async function identified(
  read: Read,
  rows: readonly { readonly evidence: readonly RecordNumber[] }[],
): Promise<(evidence: readonly RecordNumber[]) => Evidence> {
  const shown = await recordsShown(
    read,
    rows.flatMap(({ evidence }) => evidence),
  )
  return (evidence) =>
    evidence.flatMap(({ record_kind, record_no }) => {
      const id = shown.get(`${record_kind} ${record_no}`)?.id
      return id === undefined ? [] : [{ id, kind: record_kind }]
    })
}

async function judge(
  read: Read,
  requirement: LiveRequirement,
  asked: { subject: Subject; asOf: CivilDate; since: CivilDate; from: CivilDate; to: CivilDate },
): Promise<JudgedRow[]> {
  const scope = {
    asOf: asked.asOf,
    since: asked.since,
    organizations: asked.subject.organizations,
    from: asked.from,
    to: asked.to,
  }
  const rows = await sql<JudgedRow>`with ${statusRelations(requirement, scope)}
    select p.name as period, j.due_on, j.late_after, j.status, j.numerator, j.denominator, j.organization_no, o.id as organization_id, n.name as organization_name,
      ${evidenceOf(sql`found f where f.subject_kind = j.subject_kind and f.subject_no = j.subject_no
        and f.organization_no = j.organization_no and f.period_no = j.period_no`)} as evidence
    from judged j join rulebook.periods p on p.no = j.period_no join directory.organizations o on o.no = j.organization_no
    join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
    where j.subject_kind = ${asked.subject.kind} and j.subject_no = ${asked.subject.no} order by p.starts`.execute(
    reading<'rulebook' | 'directory'>(read),
  )
  return rows.rows
}

interface DutiesAsked {
  readonly subject: Subject
  readonly asOf: CivilDate
  readonly from: CivilDate
  readonly to: CivilDate
}

/**
 * What is due of one subject, worked out from the facts by the engine's own question: not yet due and not applicable included. The caller
 * has checked that the reader may see the subject. Records behind it are named to whom may open them: a duty may be met by what an organization above recorded.
 */
export async function dutiesOf(read: Read, asked: DutiesAsked): Promise<Obligation[]> {
  const found = await asEngine(read, () => judgedDuties(read, asked))
  const evidence = await identified(
    read,
    found.map(({ row }) => row),
  )
  return found.map(({ requirement, remedy, row }) => ({
    requirement: requirement.code,
    title: requirement.title,
    dimension: requirement.dimension,
    subject: {
      id: asked.subject.id,
      name: asked.subject.name,
      kind: asked.subject.kind === 'p' ? 'person' : 'organization',
    },
    organization: { id: row.organization_id, name: row.organization_name },
    period: row.period,
    due: row.due_on,
    lateAfter: row.late_after,
    status: statusName(row.status),
    value: { numerator: row.numerator, denominator: row.denominator },
    strength: requirement.strength,
    remedy,
    measure: { name: requirement.measure, params: paramsOf(requirement.params) },
    evidence: evidence(row.evidence),
  }))
}

async function judgedDuties(read: Read, asked: DutiesAsked) {
  const since = await figuresSince(read)
  const found: { requirement: LiveRequirement; remedy: string; row: JudgedRow }[] = []
  for (const requirement of await liveRequirements(read)) {
    if (subjectKindOf(requirement) !== asked.subject.kind || !concerns(requirement, asked.subject)) continue
    const remedy = await remedyOf(read, requirement.no)
    for (const row of await judge(read, requirement, { ...asked, since })) found.push({ requirement, remedy, row })
  }
  return found
}

/** An organization owes only what is asked of its kind. */
const concerns = ({ subject }: LiveRequirement, { organizationKind }: Subject): boolean =>
  organizationKind === undefined || subject.kinds === undefined || subject.kinds.includes(organizationKind)

/** A measure's parameters as they stand in the rulebook. */
function paramsOf(stored: unknown): Record<string, unknown> {
  return typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? { ...stored } : {}
}

async function remedyOf(read: Read, requirementNo: number): Promise<string> {
  const row = await reading<'rulebook'>(read)
    .selectFrom('rulebook.requirements')
    .select('remedy')
    .where('no', '=', requirementNo)
    .executeTakeFirst()
  return row?.remedy ?? ''
}

/** What is asked, said of the stored obligations alone, so that they are read in the order of their key and only as far as one page. */
function conditions(asked: ObligationsAsked): RawBuilder<unknown> {
  const stored = asked.status === undefined ? undefined : (storedStatus as Partial<Record<Status, number>>)[asked.status]
  const ofRequirement = [
    asked.requirement === undefined ? null : sql`r.code = ${asked.requirement}`,
    asked.dimension === undefined ? null : sql`r.dimension = ${asked.dimension}`,
    asked.strength === undefined ? null : sql`r.strength = ${asked.strength}`,
  ].filter((part) => part !== null)
  const parts = [
    asked.period === undefined ? null : within(spanOf(asked.period)),
    asked.under === undefined
      ? null
      : sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
          join rulebook.periods p on p.no = o.period_no
          where u.id = ${asked.under} and a.organization_no = o.organization_no and a.valid @> p.ends)`,
    ofRequirement.length === 0
      ? null
      : sql`o.requirement_no = any (array(select r.no from rulebook.requirements r where ${sql.join(ofRequirement, sql` and `)}))`,
    asked.status === undefined ? null : stored === undefined ? sql`false` : sql`o.status = ${stored}`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

const within = ({ from, to }: { from: CivilDate; to: CivilDate }) =>
  sql`o.year between ${Number(from.slice(0, 4))} and ${Number(to.slice(0, 4))}
    and o.period_no = any (array(select p.no from rulebook.periods p where p.starts >= ${from}::date and p.ends <= ${to}::date))`

interface ListedRow {
  readonly key: string
  readonly requirement: string
  readonly title: string
  readonly dimension: string
  readonly strength: 'hard' | 'soft'
  readonly period: string
  readonly due: string
  readonly late_after: string
  readonly status: number
  readonly numerator: number
  readonly denominator: number
  readonly remedy: string
  readonly measure: string
  readonly params: unknown
  readonly subject: Obligation['subject']
  readonly organization: Obligation['organization']
  readonly evidence: readonly RecordNumber[]
}

const keySql = sql`concat_ws('.', o.year, o.organization_no, o.period_no, o.requirement_no, o.subject_kind, o.subject_no)`
const keyColumns = sql`o.year, o.organization_no, o.period_no, o.requirement_no, o.subject_kind, o.subject_no`

/** Stored obligations in the reader's scope, one page: met, late, unmet, not reported, exempt. */
export async function obligationsAsked(
  read: Read,
  asked: ObligationsAsked,
): Promise<{ items: Obligation[]; next: string | null }> {
  if (asked.after && !/^(\d{1,9}\.){4}[op]\.\d{1,9}$/.test(asked.after)) {
    throw new Problem('kernel.invalid_input', { errors: [{ field: 'after', message: '翻页位置已失效，请从第一页重新查看。' }] })
  }
  const [year, organizationNo, periodNo, requirementNo, kind, subjectNo] = (asked.after ?? '').split('.')
  const beyond = asked.after
    ? sql`(${keyColumns}) > (${Number(year)}::smallint, ${Number(organizationNo)}::bigint, ${Number(periodNo)}::int, ${Number(requirementNo)}::int, ${kind ?? 'o'}::"char", ${Number(subjectNo)}::bigint)`
    : sql`true`
  const rows = await sql<ListedRow>`with page as (select * from rulebook.obligations o where ${conditions(asked)} and ${beyond}
      order by ${keyColumns} limit ${asked.limit + 1})
    select ${keySql} as key, r.code as requirement, r.title, r.dimension, r.strength, p.name as period, o.due_on as due,
      (o.due_on + r.grace_days) as late_after, o.status, o.numerator, o.denominator, r.remedy, r.measure, r.params,
      case o.subject_kind when 'p' then (select jsonb_build_object('id', s.id, 'name', s.name, 'kind', 'person') from directory.persons s where s.no = o.subject_no)
        else jsonb_build_object('id', w.id, 'name', n.name, 'kind', 'organization') end as subject,
      jsonb_build_object('id', w.id, 'name', n.name) as organization,
      ${evidenceOf(sql`rulebook.evidence f where f.year = o.year and f.organization_no = o.organization_no and f.period_no = o.period_no and f.requirement_no = o.requirement_no
          and f.subject_kind = o.subject_kind and f.subject_no = o.subject_no`)} as evidence
    from page o join rulebook.requirements r on r.no = o.requirement_no join rulebook.periods p on p.no = o.period_no
    join directory.organizations w on w.no = o.organization_no
    join directory.organization_names n on n.organization_no = w.no and upper_inf(n.valid)
    order by ${keyColumns}`.execute(reading<'rulebook' | 'directory'>(read))
  const page = rows.rows.slice(0, asked.limit)
  const evidence = await identified(read, page)
  const items = page.map(
    (row): Obligation => ({
      requirement: row.requirement,
      title: row.title,
      dimension: row.dimension,
      subject: row.subject,
      organization: row.organization,
      period: row.period,
      due: row.due,
      lateAfter: row.late_after,
      status: statusName(row.status),
      value: { numerator: row.numerator, denominator: row.denominator },
      strength: row.strength,
      remedy: row.remedy,
      measure: { name: row.measure, params: paramsOf(row.params) },
      evidence: evidence(row.evidence),
    }),
  )
  return { items, next: rows.rows.length > asked.limit ? (page.at(-1)?.key ?? null) : null }
}

/** First and last day of a period by name. */
export function spanOf(name: PeriodName): { from: CivilDate; to: CivilDate } {
  const { starts, ends } = period(name)
  return { from: starts, to: ends }
}

/** Whether a duty matches the filters of a list; for the duties of one subject, which are worked out rather than read. */
export function matches(duty: Obligation, asked: ObligationsAsked): boolean {
  return (
    (asked.requirement === undefined || duty.requirement === asked.requirement) &&
    (asked.dimension === undefined || duty.dimension === asked.dimension) &&
    (asked.status === undefined || duty.status === asked.status) &&
    (asked.strength === undefined || duty.strength === asked.strength)
  )
}
