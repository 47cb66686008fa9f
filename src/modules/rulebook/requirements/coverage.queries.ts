import { sql } from 'kysely'
import type { z } from 'zod'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { addMonths, type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { publishedDocuments } from '../drafts/editions.queries.ts'
import { moduleTitles } from '../documents/rulebook-file.contract.ts'
import { heldMeasure, heldMeasures } from '../engine/engine.measures.ts'
import { withChoiceTitles } from './choice-titles.rules.ts'
import type { CoverageLine, listMeasures, showCoverage } from './coverage.contract.ts'
import { clauseStanding, type Feed, feedOf } from './coverage.rules.ts'

const db = (read: Read) => reading<'rulebook' | 'directory'>(read)

interface VersionRow {
  readonly no: number
  readonly code: string
  readonly title: string
  readonly rulebook: string
  readonly strength: 'hard' | 'soft'
  readonly measure: string
  readonly enabled: boolean
  readonly reasonOff: string | null
  readonly awaits: string | null
  readonly from: CivilDate
  readonly to: CivilDate | null
  readonly clauses: readonly string[]
}

/** The version of each requirement that speaks today: the valid one, else the next, else the last. */
async function speakingVersions(read: Read, today: CivilDate): Promise<VersionRow[]> {
  const rows = await sql<VersionRow>`
    select distinct on (r.code) r.no, r.code, r.title, d.code as rulebook, r.strength, r.measure, r.enabled, r.reason_off as "reasonOff",
      r.awaits, lower(r.valid)::text as "from", upper(r.valid)::text as "to", r.clauses
    from rulebook.requirements r join rulebook.documents d on d.no = r.document_no
    where lower(r.valid) > date '1900-01-01'
    order by r.code, (r.valid @> ${today}::date) desc, (lower(r.valid) > ${today}::date) desc,
      case when lower(r.valid) > ${today}::date then lower(r.valid) end, lower(r.valid) desc`.execute(db(read))
  return rows.rows
}

/**
 * Records of the last twelve months for each requirement: from the city's own sums, where a sum counts records; where it adds up hours,
 * from the evidence.
 */
async function recordsSeen(read: Read, today: CivilDate): Promise<Map<string, number>> {
  const since = addMonths(today, -12)
  const years = sql`between ${sql.lit(Number(since.slice(0, 4)))} and ${sql.lit(Number(today.slice(0, 4)))}`
  return asEngine(read, async () => {
    const rows = await sql<{ code: string; records: number }>`
      with tops as (
        select o.no from directory.organizations o where o.kind in ('working_committee', 'unit', 'party_committee', 'general_branch')
          and not exists (select 1 from directory.organization_edges e where e.organization_no = o.no and upper_inf(e.valid))),
      own as (
        select c.requirement_no, sum(case when r.target ? 'ratio_at_least' then c.denominator else c.numerator end) as records
        from rulebook.cells c join tops on tops.no = c.organization_no
        join rulebook.requirements r on r.no = c.requirement_no and not r.target ? 'sum_at_least'
        join rulebook.periods p on p.no = c.period_no and p.cadence = r.period_cadence
        where c.year ${years} and p.ends > ${since}::date and p.starts <= ${today}::date group by 1),
      hours as (
        select e.requirement_no, count(distinct (e.record_kind, e.record_no)) as records
        from rulebook.evidence e join rulebook.requirements r on r.no = e.requirement_no and r.target ? 'sum_at_least'
        where e.year ${years} and e.recorded_on > ${since}::date group by 1)
      select r.code, sum(s.records)::int as records
      from (select * from own union all select * from hours) s join rulebook.requirements r on r.no = s.requirement_no
      group by r.code`.execute(db(read))
    return new Map(rows.rows.map(({ code, records }) => [code, records]))
  })
}

interface ClauseRow {
  readonly rulebook: string
  readonly code: string
  readonly title: string
  readonly gist: string
  readonly dimension: string | null
  readonly uncounted: string | null
}

async function clauseRows(read: Read, rulebook: string | undefined): Promise<ClauseRow[]> {
  const rows = await sql<ClauseRow>`select d.code as rulebook, c.code, c.title, c.gist, c.dimension, c.uncounted
    from rulebook.clauses c join rulebook.documents d on d.no = c.document_no
    where ${rulebook === undefined ? sql`true` : sql`(d.id = ${rulebook} or d.code = ${rulebook})`} order by d.kind <> 'local_document', d.no, c.position`.execute(
    db(read),
  )
  return rows.rows
}

/** Article and confidence of each clause by its full code: they stand in the text alone. */
async function clauseTexts(read: Read): Promise<Map<string, { article: string | null; confidence: string }>> {
  const documents = await publishedDocuments(read)
  return new Map(
    documents.flatMap(({ code, rulebook }) =>
      rulebook.clauses.map(
        ({ code: clause, article = null, confidence }) => [`${code}:${clause}`, { article, confidence }] as const,
      ),
    ),
  )
}

type Listed = CoverageLine['requirements'][number]

function listed(row: VersionRow, feed: Feed, records: number): Listed {
  const { code, title, rulebook, strength } = row
  const measure = { name: row.measure, title: heldMeasure(row.measure)?.title ?? row.measure }
  return { code, title, rulebook, ...feed, strength, measure, records }
}

/** Clause by clause: what counts it, and what does not and why. Nothing is live that is off, not yet valid or without a source. */
export async function coverage(
  read: Read,
  asked: { rulebook: string | undefined; today: CivilDate },
): Promise<z.input<(typeof showCoverage)['reply']>> {
  const { today } = asked
  const seen = await recordsSeen(read, today)
  const versions = await speakingVersions(read, today)
  const texts = await clauseTexts(read)
  const moduleName = (name: string) => (name in moduleTitles ? moduleTitles[name as keyof typeof moduleTitles] : name)
  const items = (await clauseRows(read, asked.rulebook)).map(({ uncounted, ...clause }): CoverageLine => {
    const own = versions
      .filter(({ clauses }) => clauses.includes(`${clause.rulebook}:${clause.code}`))
      .map((row) => {
        const standing = {
          ...row,
          held: heldMeasure(row.measure) !== undefined,
          moduleName: moduleName(row.awaits ?? row.measure.split('.')[0] ?? ''),
        }
        return listed(row, feedOf(standing, { today, dayInWords: inChinese }), seen.get(row.code) ?? 0)
      })
    const text = texts.get(`${clause.rulebook}:${clause.code}`) ?? { article: null, confidence: 'A' }
    const records = own.reduce((sum, one) => sum + one.records, 0)
    return { ...clause, ...text, ...clauseStanding(own, uncounted), requirements: own, records }
  })
  const live = items.filter(({ dataSource }) => dataSource === 'live').length
  return { items, next: null, live, none: items.length - live }
}

/** Every measure that may be counted with, and the requirements that do. */
export async function measuresAsked(read: Read, today: CivilDate): Promise<z.input<(typeof listMeasures)['reply']>> {
  const versions = await speakingVersions(read, today)
  const items = heldMeasures().map(({ name, version, title, unit, schema }) => ({
    name,
    version,
    title,
    unit,
    params: withChoiceTitles(schema) as Record<string, unknown>,
    usedBy: versions.filter((row) => row.measure === name && row.enabled).map(({ code }) => code),
  }))
  return { items, next: null }
}
