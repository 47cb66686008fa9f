import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { recordsNumbered } from './engine.measures.ts'

/** A record as evidence names it. */
export interface RecordNumber {
  readonly record_kind: string
  readonly record_no: number
}

interface ShownRecord {
  readonly kind: string
  readonly no: number
  readonly id: string
  readonly title: string
  readonly happened_on: CivilDate
}

/** The records behind rows, by kind and inner number; those the reader may not open are left out. */
export async function recordsShown(read: Read, wanted: readonly RecordNumber[]): Promise<ReadonlyMap<string, ShownRecord>> {
  const nos = Map.groupBy(wanted, ({ record_kind }) => record_kind)
  const relation = recordsNumbered(
    new Map([...nos].map(([kind, rows]) => [kind, [...new Set(rows.map(({ record_no }) => record_no))]])),
  )
  if (relation === null) return new Map()
  const { rows } = await sql<ShownRecord>`select k.kind, k.no, k.id, k.title, k.happened_on::text from (${relation}) k`.execute(
    reading(read),
  )
  return new Map(rows.map((row) => [`${row.kind} ${row.no}`, row]))
}
