import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { Subject } from './subjects.queries.ts'

/** Names of organizations are open, their duties are not: refuses a subject outside what the actor reads. */
export async function guardSubject(read: Read, actor: Actor, subject: Subject): Promise<void> {
  if (subject.kind === 'p' && subject.no === actor.personNo) return
  const rows = await sql<{ readable: boolean }>`select coalesce(bool_or(directory.reads(o)), false) as readable
    from unnest(${`{${subject.organizations.join(',')}}`}::bigint[]) o`.execute(reading<'directory'>(read))
  if (!rows.rows[0]?.readable) throw new Problem('rulebook.subject_not_found')
}
