import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { within } from '../records/records.queries.ts'
import type { LetterLine } from './letters.contract.ts'

/** Units that a letter may be about: their names are public, and nothing else of them is told here. */
export async function unitsForLetters(read: Read): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from directory.organizations_now
    where kind = 'unit' and dissolved_on is null order by position, no limit 2000`.execute(reading<'directory'>(read))
  return rows
}

/** Letters that wait, by day; within a day in no order of arrival. */
export async function lettersAsked(read: Read, asked: { after?: string | undefined; limit: number }, actor: Actor) {
  const db = reading<'supervision' | 'directory'>(read)
  const [day, last] = placeOf(asked.after)
  const mine = sql<boolean>`l.state = 'waiting' and ${within(actor, 'supervision.letter.sift', 'l.organization_no')}`
  const { rows } = await sql<Omit<LetterLine, 'organization'> & { place: string; name: string }>`select l.id, l.dimension, l.body,
      l.told_on as "toldOn", o.id as place, o.name
    from supervision.letters l join directory.organizations_now o on o.no = l.organization_no
    where ${mine} and (${day === null ? sql<boolean>`true` : sql<boolean>`(l.told_on, l.id) > (${day}::date, ${last})`})
    order by l.told_on, l.id limit ${asked.limit + 1}`.execute(db)
  const page = rows.slice(0, asked.limit)
  const end = page.at(-1)
  return {
    items: page.map(({ place, name, ...letter }) => ({ ...letter, organization: { id: place, name } })),
    next: rows.length > asked.limit && end ? Buffer.from(`${end.toldOn} ${end.id}`).toString('base64url') : null,
  }
}

function placeOf(cursor: string | undefined): [string | null, string] {
  if (cursor === undefined) return [null, '']
  const [, day, id] = /^(\d{4}-\d{2}-\d{2}) ([\w-]+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (!day || !id) throw new Problem('supervision.cursor_stale')
  return [day, id]
}
