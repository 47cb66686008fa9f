import { sql } from 'kysely'
import { z } from 'zod'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { heldMeasure } from '../engine/engine.measures.ts'
import { heldEvents } from '../engine/event-sources.measures.ts'
import { cadenceInWords, subjectInWords, targetInWords } from './requirement-words.rules.ts'
import type { listClauses, listRulebooks, RequirementLine } from './requirements.contract.ts'

const db = (read: Read) => reading<'rulebook'>(read)

export interface ClauseCited {
  readonly document: string
  readonly code: string
  readonly title: string
  readonly gist: string
}

/** Clauses by their full code, `ZB2018:ZB-11`. */
export async function clausesByCode(read: Read, codes: readonly string[]): Promise<Map<string, ClauseCited>> {
  if (codes.length === 0) return new Map()
  const rows = await sql<
    ClauseCited & { key: string }
  >`select d.code || ':' || c.code as key, d.title as document, c.code, c.title, c.gist
    from rulebook.clauses c join rulebook.documents d on d.no = c.document_no
    where d.code || ':' || c.code = any (${[...new Set(codes)]}::text[])`.execute(db(read))
  return new Map(rows.rows.map(({ key, ...clause }) => [key, clause]))
}

const sourceSchema = z.object({
  regulation: z.string(),
  article: z.string(),
  tightened: z.object({ document: z.string(), article: z.string() }).optional(),
})

/** `《支部条例》第十一条；按《示例通知》第一条从严`. */
export function sourceInWords(stored: unknown): string {
  const source = sourceSchema.parse(stored)
  const own = `《${source.regulation}》${source.article}`
  return source.tightened ? `${own}；按《${source.tightened.document}》${source.tightened.article}从严` : own
}

export async function rulebooksLoaded(read: Read): Promise<z.output<(typeof listRulebooks)['reply']>> {
  const rows = await sql<
    z.output<(typeof listRulebooks)['reply']>['items'][number]
  >`select d.id, d.code, d.title, d.issuer, d.kind, d.issued_on::text as "issuedOn",
      lower(d.valid)::text as "from", upper(d.valid)::text as "to",
      (select count(*) from rulebook.clauses c where c.document_no = d.no)::int as clauses,
      (select count(distinct r.code) from rulebook.requirements r where r.document_no = d.no)::int as requirements
    from rulebook.documents d order by d.kind <> 'local_document', d.no`.execute(db(read))
  return { items: rows.rows, next: null }
}

export async function requirementsAsked(
  read: Read,
  rulebook: string | undefined,
): Promise<{ items: RequirementLine[]; next: null }> {
  const rows = await db(read)
    .selectFrom('rulebook.requirements as r')
    .innerJoin('rulebook.documents as d', 'd.no', 'r.document_no')
    .selectAll('r')
    .select((e) => [
      'd.code as document',
      e.fn<string>('lower', ['r.valid']).as('from'),
      e.fn<string | null>('upper', ['r.valid']).as('to'),
    ])
    .$if(rulebook !== undefined, (q) => q.where((e) => e.or([e('d.id', '=', rulebook ?? ''), e('d.code', '=', rulebook ?? '')])))
    // What was withdrawn before it began is kept on days long gone.
    .where(sql<boolean>`lower(r.valid) > date '1900-01-01'`)
    .orderBy('r.code')
    .orderBy('r.version')
    .execute()
  const items = rows.map((row) => ({
    code: row.code,
    version: row.version,
    title: row.title,
    rulebook: row.document,
    dimension: row.dimension,
    clauses: row.clauses,
    subject: subjectInWords(row.subject),
    cadence: cadenceInWords(row, (name) => heldEvents(name)?.title ?? '相应事项发生'),
    measure: heldMeasure(row.measure)?.title ?? row.measure,
    target: targetInWords(row.target, heldMeasure(row.measure)?.unit ?? '次'),
    strength: row.strength === 'hard' ? ('hard' as const) : ('soft' as const),
    enabled: row.enabled,
    reasonOff: row.reason_off,
    confidence: row.confidence,
    source: sourceInWords(row.source),
    formula: row.formula,
    remedy: row.remedy,
    from: row.from,
    to: row.to,
  }))
  return { items, next: null }
}

export async function clausesAsked(read: Read, rulebook: string | undefined): Promise<z.output<(typeof listClauses)['reply']>> {
  const rows = await sql<
    z.output<(typeof listClauses)['reply']>['items'][number]
  >`select d.code as rulebook, c.code, c.title, c.gist, c.dimension,
      array(select distinct r.code from rulebook.requirements r where (d.code || ':' || c.code) = any (r.clauses) order by 1) as requirements
    from rulebook.clauses c join rulebook.documents d on d.no = c.document_no
    where ${rulebook === undefined ? sql`true` : sql`(d.id = ${rulebook} or d.code = ${rulebook})`} order by d.kind <> 'local_document', d.no, c.position`.execute(
    db(read),
  )
  return { items: rows.rows, next: null }
}
