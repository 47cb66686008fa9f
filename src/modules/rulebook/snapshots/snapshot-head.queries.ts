import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../../../kernel/database/schema.generated.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { heldMeasure } from '../engine/engine.measures.ts'
import { type LiveRequirement, liveRequirements } from '../engine/requirement.queries.ts'
import { statusRelations } from '../engine/status.store.ts'
import type { SnapshotHead } from './snapshot-file.contract.ts'

/** Versions that bear on a period: of rules, of the measures they ask for, of the tables. */
export type Versions = Pick<SnapshotHead, 'schema' | 'measures' | 'rules'>

/** The same question for every snapshot, so that only the way of judging shows in its digest: a version's own first day. */
const firstDay = ({ from }: LiveRequirement) => ({ asOf: from, since: '2000-01-01', organizations: null, from, to: from })

/** Digest of the statement by which this program judges a requirement; a change of the program shows here. */
export function statementDigest(kysely: Kysely<DB>, requirement: LiveRequirement): string {
  const { sql: text, parameters } = sql`${statusRelations(requirement, firstDay(requirement))}`.compile(kysely)
  return createHash('sha256').update(text).update(JSON.stringify(parameters)).digest('hex')
}

/** Rules in force at the beginning of a period inside the span, with what judges them. */
export async function versionsOf(read: Read, kysely: Kysely<DB>, span: { starts: string; ends: string }): Promise<Versions> {
  const bearing = (await liveRequirements(read)).filter(
    (rule) => rule.from <= span.ends && (rule.to === null || rule.to > span.starts || rule.once !== null || rule.event !== null),
  )
  const numbers = await reading<'rulebook'>(read).selectFrom('rulebook.requirements').select(['no', 'version']).execute()
  const versions = new Map(numbers.map((row) => [row.no, row.version]))
  const names = [...new Set(bearing.map((rule) => rule.measure))].sort()
  return {
    schema: await schemaOf(read),
    measures: names.map((name) => {
      const held = heldMeasure(name)
      return { name, version: held?.version ?? 0, title: held?.title ?? '' }
    }),
    rules: bearing
      .map((rule) => ({
        no: rule.no,
        code: rule.code,
        version: versions.get(rule.no) ?? 0,
        measure: rule.measure,
        statement: statementDigest(kysely, rule),
      }))
      .sort((one, other) => one.no - other.no),
  }
}

async function schemaOf(read: Read): Promise<string> {
  const rows = await sql<{ name: string }>`select rulebook.schema_version() as name`.execute(reading<'rulebook'>(read))
  return rows.rows[0]?.name ?? ''
}
