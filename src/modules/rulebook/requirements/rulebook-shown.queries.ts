import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { holds } from '../../../kernel/access/permissions.ts'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { type CivilDate } from '../../../kernel/time/civil-date.ts'
import { periodOf } from '../../../kernel/time/period.ts'
import { type LiveRequirement, liveRequirements } from '../engine/requirement.queries.ts'
import { figuresSince } from '../engine/requirement.queries.ts'
import { statusRelations } from '../engine/status.store.ts'
import { publishedDocument } from '../drafts/editions.queries.ts'
import type { showRulebook } from './coverage.contract.ts'
import { clausesAsked, requirementsAsked } from './requirements.queries.ts'

type Shown = z.input<(typeof showRulebook)['reply']>
const db = (read: Read) => reading<'rulebook' | 'directory'>(read)

interface Head extends Pick<Shown, 'id' | 'code' | 'title' | 'issuer' | 'kind' | 'issuedOn' | 'from' | 'to' | 'note'> {
  readonly no: number
}

/** One document by id or code, or by the id of the draft that became it; throws `rulebook.rulebook_not_found`. */
async function headOf(read: Read, asked: string): Promise<Head> {
  const rows = await sql<Head>`select d.no, d.id, d.code, d.title, d.issuer, d.kind, d.issued_on::text as "issuedOn",
      lower(d.valid)::text as "from", upper(d.valid)::text as "to", d.note
    from rulebook.documents d where d.id = ${asked} or d.code = ${asked}
      or d.no = (select f.document_no from rulebook.drafts f where f.id = ${asked} and f.state = 'published')`.execute(db(read))
  const [head] = rows.rows
  if (!head) throw new Problem('rulebook.rulebook_not_found')
  return head
}

async function editionsOf(read: Read, documentNo: number): Promise<Shown['editions']> {
  const rows = await sql<Omit<Shown['editions'][number], 'at'> & { at: Date }>`
    select e.edition, e.begins::text as "from", directory.account_name(e.published_by) as by, e.published_at as at, e.reason
    from rulebook.editions e where e.document_no = ${documentNo} order by e.edition desc`.execute(db(read))
  return rows.rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

async function draftsOf(read: Read, documentNo: number): Promise<Shown['drafts']> {
  const rows = await db(read)
    .selectFrom('rulebook.drafts')
    .select(['id', 'version', 'origin', 'changed_at'])
    .where('document_no', '=', documentNo)
    .where('state', '=', 'open')
    .orderBy('no')
    .execute()
  return rows.map(({ changed_at: at, ...row }) => ({ ...row, changedAt: at.toISOString() }))
}

/** How many owe a requirement in the period that runs today. */
async function owingNow(read: Read, requirement: LiveRequirement, today: CivilDate): Promise<number> {
  const { starts: from, ends: to } = periodOf(today, requirement.periodCadence)
  const scope = { asOf: today, since: await figuresSince(read), organizations: null, from, to }
  const rows = await sql<{ owing: number }>`with ${statusRelations(requirement, scope)}
    select count(*)::int as owing from due`.execute(db(read))
  return rows.rows[0]?.owing ?? 0
}

/** Counts for each requirement of the list that somebody can owe today. */
async function owingOf(read: Read, codes: readonly string[], today: CivilDate): Promise<Map<string, number>> {
  return asEngine(read, async () => {
    const owing = new Map<string, number>()
    for (const requirement of await liveRequirements(read)) {
      if (!codes.includes(requirement.code) || requirement.from > today || (requirement.to ?? '9999') <= today) continue
      owing.set(requirement.code, await owingNow(read, requirement, today))
    }
    return owing
  })
}

type Line = Awaited<ReturnType<typeof requirementsAsked>>['items'][number]

/** The version valid today, or the next one, or the last. */
function speaking(versions: readonly Line[], today: CivilDate): Line | undefined {
  return (
    versions.find(({ from, to }) => from <= today && (to ?? '9999') > today) ??
    versions.find(({ from }) => from > today) ??
    versions.at(-1)
  )
}

function requirementsOf(lines: readonly Line[], owing: ReadonlyMap<string, number>, today: CivilDate): Shown['requirements'] {
  return [...new Set(lines.map(({ code }) => code))].flatMap((code) => {
    const versions = lines.filter((line) => line.code === code)
    const line = speaking(versions, today)
    if (!line) return []
    const { dimension: _d, rulebook: _r, source: _s, formula: _f, remedy: _m, from: _from, to: _to, ...shown } = line
    return [
      {
        ...shown,
        versions: versions.map(({ version, from, to, strength, enabled }) => ({ version, from, to, strength, enabled })),
        owing: owing.get(code) ?? null,
      },
    ]
  })
}

/** One document whole: head, clauses, requirements in versions with how many owe them, editions and drafts. */
export async function rulebookShown(read: Read, asked: { id: string; today: CivilDate; actor: Actor }): Promise<Shown> {
  const { no, ...head } = await headOf(read, asked.id)
  const { items: clauses } = await clausesAsked(read, head.code)
  const { items: lines } = await requirementsAsked(read, head.code)
  const owing = await owingOf(read, [...new Set(lines.map(({ code }) => code))], asked.today)
  const editions = await editionsOf(read, no)
  const written = (await publishedDocument(read, head.id))?.rulebook.clauses ?? []
  const details = new Map(written.map((clause) => [clause.code, clause]))
  return {
    ...head,
    edition: editions[0]?.edition ?? 0,
    clauses: clauses.map(({ rulebook: _document, ...clause }) => ({
      ...clause,
      article: details.get(clause.code)?.article ?? null,
      confidence: details.get(clause.code)?.confidence ?? 'A',
    })),
    requirements: requirementsOf(lines, owing, asked.today),
    editions,
    drafts: await draftsOf(read, no),
    abilities: { edit: holds(asked.actor, 'rulebook.rule.edit'), publish: holds(asked.actor, 'rulebook.rule.publish') },
  }
}
