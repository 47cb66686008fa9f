import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { requestsOf } from './corrections.queries.ts'
import type { showLedger } from './hours.contract.ts'
import { ledgerOf } from './hours.queries.ts'

type Asked = z.output<(typeof showLedger)['query']>

async function personAsked(read: Read, actor: Actor, id: string | undefined): Promise<{ no: number; id: string; name: string }> {
  if (id === undefined && actor.personNo === null) throw new Problem('learning.not_a_person')
  const which = id === undefined ? sql`p.no = ${actor.personNo}` : sql`p.id = ${id}`
  const { rows } = await sql<{
    no: number
    id: string
    name: string
  }>`select p.no, p.id, p.name from directory.persons p where ${which}`.execute(reading<'directory'>(read))
  const [person] = rows
  if (!person) throw new Problem('directory.person_not_found')
  return person
}

/** What rules ask of this person in hours this year, from the obligations that are known or still running. */
async function hoursWanted(read: Read, personNo: number, year: number): Promise<{ title: string; hours: number }[]> {
  const { rows } = await sql<{
    title: string
    hours: number
  }>`select distinct r.title, (r.target ->> 'sum_at_least')::float8 as hours
    from rulebook.requirements r
    where r.enabled and r.awaits is null and r.measure = 'learning.training_hours' and r.target ? 'sum_at_least'
      and r.valid && daterange(make_date(${year}::int, 1, 1), make_date(${year}::int, 12, 31))
      and (exists (select 1 from directory.posts t where t.person_no = ${personNo} and t.post = r.subject -> 'post' ->> 'code' and upper_inf(t.valid))
        or exists (select 1 from directory.memberships m where m.person_no = ${personNo} and upper_inf(m.valid)
          and (r.subject -> 'members' -> 'standing') ? m.standing))
    order by 2 desc`.execute(reading<'rulebook' | 'directory'>(read))
  return rows
}

/** The hours ledger of one person and year: who is named, else the reader. */
export async function ledgerShown(read: Read, actor: Actor, { asked, today }: { asked: Asked; today: CivilDate }) {
  const person = await personAsked(read, actor, asked.subject)
  const year = asked.year ?? Number(today.slice(0, 4))
  return {
    personId: person.id,
    person: person.name,
    year,
    asked: await hoursWanted(read, person.no, year),
    ...(await ledgerOf(read, person.id, year)),
    requests: await requestsOf(read, person.id),
  }
}
