import { type RawBuilder, sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { OriginKind } from './local-rules.lifecycle.ts'

const originTitles: Readonly<Record<OriginKind, (id: string) => RawBuilder<{ title: string }>>> = {
  problem: (id) => sql`select title from supervision.problems where id = ${id}`,
  decision: (id) => sql`select title from supervision.decisions where id = ${id}`,
  case: (id) => sql`select title from supervision.cases where id = ${id}`,
  example: (id) => sql`select title from supervision.examples where id = ${id}`,
}

/** Title of what a rule came from, as far as the reader may see it. */
export async function originTitle(read: Read, origin: { kind: OriginKind; id: string }): Promise<string | null> {
  const { rows } = await originTitles[origin.kind](origin.id).execute(reading<'supervision'>(read))
  return rows[0]?.title ?? null
}
