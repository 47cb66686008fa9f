import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import type { FindingLine, listFindings } from './findings.contract.ts'
import { findingLifecycle, type FindingState } from './inspections.lifecycle.ts'
import { findInspection } from './inspections.store.ts'
import { partIn } from './inspectors.queries.ts'

type Row = Omit<FindingLine, 'notedAt' | 'abilities'> & { no: number; notedAt: Date }

const rowSql = sql`f.no, f.id, f.client_id as "clientId", f.revision, f.state, f.kind, f.seen, f.serious, f.noted_at as "notedAt",
  case when f.requirement_code is null then null else jsonb_build_object('code', f.requirement_code, 'title',
    coalesce((select r.title from rulebook.requirements r where r.code = f.requirement_code order by r.version desc limit 1), f.requirement_code)) end as requirement,
  coalesce(directory.account_name(f.recorded_by), '系统') as by, i.id as "inspectionId",
  jsonb_build_object('id', o.id, 'name', o.name) as organization,
  coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name) order by k.no) from kernel.files k where k.id = any (f.file_ids)), '[]') as files,
  (select c.id from supervision.cases c where c.no = f.case_no) as "caseId",
  (select p.id from supervision.problems p where p.finding_no = f.no) as "problemId",
  exists (select 1 from supervision.inspection_sheets s where s.inspection_no = f.inspection_no and f.client_id = any (s.covers)) as signed
  from supervision.findings f join supervision.inspections i on i.no = f.inspection_no
  join directory.organizations_now o on o.no = f.organization_no`

async function rowsOf(read: Read, where: RawBuilder<unknown>, limit = 500): Promise<Row[]> {
  const { rows } = await sql<Row>`select ${rowSql} where ${where} order by f.no desc limit ${limit}`.execute(
    reading<'supervision' | 'directory' | 'rulebook' | 'kernel'>(read),
  )
  return rows
}

const shown = ({ no: _no, notedAt, ...row }: Row, abilities: string[] = []): FindingLine => ({
  ...row,
  notedAt: instantOf(notedAt),
  abilities,
})

const verbsOf = (state: FindingState, may: boolean) => (may ? Object.keys(findingLifecycle[state]) : [])

/** Findings of one inspection, the first one first, with what the reader may do with each. */
export async function findingsOf(read: Read, inspectionNo: number, may: boolean): Promise<FindingLine[]> {
  const rows = await rowsOf(read, sql`f.inspection_no = ${inspectionNo}`)
  return rows.toReversed().map((row) => shown(row, verbsOf(row.state, may)))
}

export async function findingAsked(read: Read, id: string, actor: Actor): Promise<FindingLine> {
  const [row] = await rowsOf(read, sql`f.id = ${id}`)
  const inspection = row && (await findInspection(read, row.inspectionId))
  if (!row || !inspection) throw new Problem('supervision.finding_not_found')
  const { inspects, sends } = await partIn(read, actor, inspection)
  return shown(row, verbsOf(row.state, inspects || sends))
}

export async function findingsAsked(
  read: Read,
  asked: z.output<(typeof listFindings)['query']>,
): Promise<{ items: FindingLine[]; next: string | null }> {
  const parts = [
    asked.under &&
      sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
        where a.organization_no = f.organization_no and u.id = ${asked.under} and upper_inf(a.valid))`,
    asked.kind && sql`f.kind = ${asked.kind}`,
    asked.state && sql`f.state = ${asked.state}`,
    asked.serious && sql`f.serious`,
    asked.after && sql`f.no < (select b.no from supervision.findings b where b.id = ${asked.after})`,
  ].filter((part) => part !== undefined && part !== '')
  const rows = await rowsOf(read, parts.length === 0 ? sql`true` : sql.join(parts, sql` and `), asked.limit + 1)
  const page = rows.slice(0, asked.limit)
  return { items: page.map((row) => shown(row)), next: rows.length > asked.limit ? (page.at(-1)?.id ?? null) : null }
}
