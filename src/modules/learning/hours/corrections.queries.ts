import { sql } from 'kysely'
import type { z } from 'zod'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CorrectionLine, listCorrections } from './corrections.contract.ts'

/** Requests of the reader's own, and those that the reader may answer; the open ones first. */
export async function correctionsAsked(read: Read, actor: Actor, asked: z.output<(typeof listCorrections)['query']>) {
  const skip = asked.after !== undefined && /^\d{1,7}$/.test(asked.after) ? Number(asked.after) : 0
  const answering = `{${organizationsFor(actor, 'learning.correction.answer').join(',')}}`
  const { rows } = await sql<CorrectionLine>`select q.id, q.state, p.name as person, coalesce(c.title, s.title, '') as about,
      case when q.class_no is null then '/study-records/' || coalesce(s.id, '') else '/training-classes/' || coalesce(c.id, '') end as link, q.text, q.answer,
      q.state = 'asked' and exists (select 1 from directory.organization_ancestry a where a.organization_no = q.organization_no
        and a.ancestor_no = any (${answering}::bigint[]) and upper_inf(a.valid)) as "mayAnswer"
    from learning.correction_requests q join directory.persons p on p.no = q.person_no
    left join learning.classes c on c.no = q.class_no left join learning.study_records s on s.no = q.record_no
    where ${asked.state === undefined ? sql`true` : sql`q.state = ${asked.state}`}
    order by q.state = 'asked' desc, q.no desc limit ${asked.limit + 1} offset ${skip}`.execute(
    reading<'learning' | 'directory'>(read),
  )
  return { items: rows.slice(0, asked.limit), next: rows.length > asked.limit ? String(skip + asked.limit) : null }
}

/** One person's requests about a year's entries. */
export async function requestsOf(read: Read, personId: string) {
  const { rows } = await sql<{ id: string; about: string; text: string; state: string; answer: string | null }>`
    select q.id, coalesce(c.title, s.title, '') as about, q.text, q.state, q.answer from learning.correction_requests q
    join directory.persons p on p.no = q.person_no left join learning.classes c on c.no = q.class_no
    left join learning.study_records s on s.no = q.record_no where p.id = ${personId} order by q.no desc limit 50`.execute(
    reading<'learning' | 'directory'>(read),
  )
  return rows
}
