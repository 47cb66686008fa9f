import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { type RulebookFile, rulebookFile } from '../documents/rulebook-file.contract.ts'
import { baseStretches, type StoredRequirement, tightensOf } from './reconstruction.rules.ts'

const db = (read: Read) => reading<'rulebook'>(read)

interface DocumentRow {
  readonly no: number
  readonly code: string
  readonly title: string
  readonly document: Record<string, unknown>
}

async function requirementRows(read: Read): Promise<(StoredRequirement & { documentNo: number })[]> {
  const rows = await sql<StoredRequirement & { documentNo: number }>`
    select r.document_no as "documentNo", r.code, r.version, r.strength, r.clauses, r.source,
      lower(r.valid)::text as "from", upper(r.valid)::text as "to",
      jsonb_strip_nulls(jsonb_build_object('title', r.title, 'dimension', r.dimension, 'confidence', r.confidence, 'enabled', r.enabled,
        'reason_off', r.reason_off, 'cadence', r.cadence, 'by', r.due_by::text, 'event', r.event,
        'due', jsonb_build_object('offset_days', r.due_offset_days), 'grace_days', r.grace_days, 'awaits', r.awaits,
        'late', jsonb_build_object('counts', r.late_counts, 'credit', r.late_credit), 'weight', r.weight, 'notice_days', r.notice_days,
        'formula', r.formula, 'remedy', r.remedy, 'target', r.target))
        || jsonb_build_object('subject', r.subject, 'measure', jsonb_build_object('name', r.measure, 'params', r.params)) as content
    from rulebook.requirements r where lower(r.valid) > date '1900-01-01' order by r.code, lower(r.valid)`.execute(db(read))
  return rows.rows
}

/**
 * The text of a document that was loaded before texts were kept, from its rows. What the rows never held (articles of clauses, usual
 * months) is missing from it.
 */
export async function reconstructed(read: Read, documentNo: number): Promise<RulebookFile> {
  const heads = await sql<DocumentRow>`select no, code, title, jsonb_strip_nulls(jsonb_build_object('code', code, 'title', title,
      'issuer', issuer, 'issued_on', issued_on::text, 'in_force_from', lower(valid)::text, 'in_force_to', upper(valid)::text,
      'kind', kind, 'note', note)) as document
    from rulebook.documents where no = ${documentNo}`.execute(db(read))
  const clauses = await sql<
    Record<string, unknown>
  >`select code, title, gist, coalesce(dimension, 'general') as dimension, uncounted
    from rulebook.clauses where document_no = ${documentNo} order by position`.execute(db(read))
  const tags = await sql<
    Record<string, unknown>
  >`select code, title, hint, fields, unit, categories, grades as quality, kinds as for
    from rulebook.tags where document_no = ${documentNo} order by position`.execute(db(read))
  const rows = await requirementRows(read)
  const [head] = heads.rows
  const filled = (part: Record<string, unknown>) => Object.fromEntries(Object.entries(part).filter(([, value]) => value !== null))
  return rulebookFile.parse({
    document: head?.document,
    clauses: clauses.rows.map(filled),
    requirements: baseStretches(
      rows.filter((row) => row.documentNo === documentNo),
      head?.code ?? '',
    ),
    tightens: tightensOf(rows, { code: head?.code ?? '', title: head?.title ?? '' }),
    tags: tags.rows.map(filled),
  })
}
