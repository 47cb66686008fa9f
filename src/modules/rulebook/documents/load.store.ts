import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { owedChanged } from '../engine/engine.actions.ts'
import type { RulebookFile, RulebookRequirement } from './rulebook-file.contract.ts'
import { mistakesInWords, type ParsedRulebook, parseRulebookFile } from './rulebook-file.rules.ts'
import { checkMeasures } from './rulebook-measures.queries.ts'
import { checkRulebookSet } from './rulebook-set.rules.ts'
import { storeTags } from './tags.store.ts'
import { type TighteningOf, versionsOf } from './versions.rules.ts'

/** Rulebook files that can't be loaded; the message names file, line and remedy of each mistake. */
export class RulebooksRefused extends Error {
  override readonly name = 'RulebooksRefused'
}

interface ReadRulebook extends ParsedRulebook {
  readonly hash: string
}

async function readAll(folder: string): Promise<ReadRulebook[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()
  const parsed = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { outcome: parseRulebookFile(text, name), hash: createHash('sha256').update(text).digest('hex') }
    }),
  )
  const refused = parsed.filter(({ outcome }) => !outcome.ok)
  if (refused.length > 0) {
    throw new RulebooksRefused(refused.map(({ outcome }) => (outcome.ok ? '' : mistakesInWords(outcome))).join('\n'))
  }
  return parsed.flatMap(({ outcome, hash }) => (outcome.ok ? [{ ...outcome, hash }] : []))
}

/**
 * Loads all rulebook files of a folder into an empty database, all or nothing. Where rulebooks are loaded already, nothing is
 * changed: the database is the truth. Answers the number of documents loaded.
 */
export async function loadRulebooks(tx: Tx, folder: string): Promise<number> {
  const present = await writing<'rulebook'>(tx).selectFrom('rulebook.documents').select('no').limit(1).executeTakeFirst()
  if (present) return 0
  const files = await readAll(folder)
  const mistakes = [...checkRulebookSet(files), ...checkMeasures(files)].map(
    ({ fileName, line, message }) => `${fileName} 第 ${line} 行：${message}`,
  )
  if (mistakes.length > 0) throw new RulebooksRefused(mistakes.join('\n'))
  const tightenings = files.flatMap(({ rulebook }) =>
    rulebook.tightens.map((tightening): TighteningOf => ({ document: rulebook.document, tightening })),
  )
  for (const file of files) await loadOne(tx, file, tightenings)
  await owedChanged(tx)
  return files.length
}

const open = (from: string, to: string | null | undefined) => sql<string>`daterange(${from}::date, ${to ?? null}::date)`

async function loadOne(tx: Tx, { rulebook, hash }: ReadRulebook, tightenings: readonly TighteningOf[]): Promise<void> {
  const db = writing<'rulebook'>(tx)
  const { document } = rulebook
  const { no } = await db
    .insertInto('rulebook.documents')
    .values({
      id: newId('doc'),
      code: document.code,
      title: document.title,
      issuer: document.issuer,
      kind: document.kind,
      issued_on: document.issued_on,
      valid: open(document.in_force_from, document.in_force_to),
      note: document.note ?? null,
      content_hash: hash,
      loaded_at: sql`now()`,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
  if (rulebook.clauses.length > 0) await db.insertInto('rulebook.clauses').values(clauseRows(no, rulebook)).execute()
  const rows = rulebook.requirements.flatMap((requirement) => requirementRows(no, document.code, { requirement, tightenings }))
  if (rows.length > 0) await db.insertInto('rulebook.requirements').values(rows).execute()
  await storeTags(tx, no, rulebook.tags)
}

export function clauseRows(documentNo: number, { clauses }: RulebookFile) {
  return clauses.map((clause, position) => ({
    document_no: documentNo,
    code: clause.code,
    title: clause.title,
    gist: clause.gist,
    dimension: clause.dimension === 'general' ? null : clause.dimension,
    position,
    uncounted: clause.uncounted ?? null,
  }))
}

export function requirementRows(
  documentNo: number,
  documentCode: string,
  given: { requirement: RulebookRequirement; tightenings: readonly TighteningOf[] },
) {
  const { requirement } = given
  const own = given.tightenings.filter(({ tightening }) => tightening.requirement === requirement.code)
  return versionsOf(documentCode, requirement, own).map((version) => ({
    id: newId('req'),
    document_no: documentNo,
    code: requirement.code,
    version: version.version,
    title: requirement.title,
    dimension: requirement.dimension,
    strength: version.strength,
    confidence: requirement.confidence,
    enabled: requirement.enabled,
    reason_off: requirement.reason_off ?? null,
    subject: JSON.stringify(requirement.subject),
    cadence: requirement.cadence,
    due_by: requirement.by ?? null,
    event: requirement.event ? JSON.stringify(requirement.event) : null,
    awaits: requirement.awaits ?? null,
    late_counts: requirement.late.counts,
    late_credit: requirement.late.credit,
    weight: requirement.weight,
    notice_days: requirement.notice_days,
    due_offset_days: requirement.due.offset_days,
    grace_days: requirement.grace_days,
    measure: requirement.measure.name,
    params: JSON.stringify(requirement.measure.params),
    target: JSON.stringify(requirement.target),
    formula: requirement.formula,
    remedy: requirement.remedy,
    source: JSON.stringify(version.source),
    clauses: [...version.clauses],
    valid: open(version.from, version.to),
  }))
}
