import { sql } from 'kysely'
import { reading, type Tx } from '../../../kernel/database/handles.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { bandsOf, longEnough, type Passage, passagesOf, runsOf, sentToMany } from './minutes-text.rules.ts'

/** Minutes wait so long before they are compared: then it is known what was sent to many organizations alike. */
const waitDays = 7

const list = (numbers: readonly number[]) => `{${numbers.join(',')}}`

interface Unsketched {
  readonly no: number
  readonly revision: number
  readonly organizationNo: number
  readonly recordedOn: CivilDate
  readonly minutes: string
  readonly agenda: string[]
  /** An earlier revision was sketched. */
  readonly known: boolean
}

/** Among the given meetings or all, after a number: in the order of their numbers, so that a whole run passes each once. */
interface Asked {
  readonly meetings: readonly number[] | null
  readonly after?: number
  readonly most?: number
}

/** Meetings whose minutes in their present revision are not sketched yet. */
async function unsketched(tx: Tx, { meetings, after = 0, most = 500 }: Asked): Promise<Unsketched[]> {
  const { rows } =
    await sql<Unsketched>`select m.no, m.revision, m.organization_no as "organizationNo", m.recorded_on as "recordedOn", m.minutes,
      s.meeting_no is not null as known, array(select i.title from orglife.agenda_items i where i.meeting_no = m.no) as agenda
    from orglife.meetings m left join orglife.minutes_sketches s on s.meeting_no = m.no
    where m.minutes is not null and m.state = 'recorded' and s.revision is distinct from m.revision and m.no > ${after}
      and ${meetings === null ? sql`true` : sql`m.no = any (${list(meetings)}::bigint[])`}
    order by m.no limit ${most}`.execute(reading<'orglife'>(tx))
  return rows
}

/** Which of the passages are held by so many organizations that they were sent to them all; each is counted no further than that. */
export async function sentPassages(tx: Tx, passages: readonly number[]): Promise<Set<number>> {
  if (passages.length === 0) return new Set()
  const { rows } = await sql<{ hash: number }>`select h.hash from unnest(${list(passages)}::bigint[]) h (hash)
    where (select count(*) from (select distinct p.organization_no from orglife.minutes_passages p where p.hash = h.hash
      order by p.organization_no limit ${sentToMany}) t) >= ${sentToMany}`.execute(reading<'orglife'>(tx))
  return new Set(rows.map((row) => Number(row.hash)))
}

/** A text without what was sent to many. */
export const ownPassages = (passages: readonly Passage[], sent: ReadonlySet<number>): Passage[] =>
  passages.filter(({ hash }) => !sent.has(hash))

async function forget(tx: Tx, meetings: string): Promise<void> {
  for (const table of ['minutes_bands', 'minutes_passages', 'minutes_sketches'])
    await sql`delete from orglife.${sql.raw(table)} where meeting_no = any (${meetings}::bigint[])`.execute(
      reading<'orglife'>(tx),
    )
}

/** Keeps the numbers by which minutes are compared. Answers the last meeting that was sketched, to go on after it; 0 for none. */
export async function sketchMinutes(tx: Tx, asked: Asked): Promise<number> {
  const found = await unsketched(tx, asked)
  if (found.length === 0) return 0
  const texts = found.map((meeting) => ({ meeting, passages: passagesOf(meeting.minutes, meeting.agenda) }))
  const known = found.filter((meeting) => meeting.known).map(({ no }) => no)
  if (known.length > 0) await forget(tx, list(known))
  const db = reading<'orglife'>(tx)
  const held = texts.flatMap(({ meeting, passages }) =>
    [...new Set(passages.map(({ hash }) => hash))].map((hash) => ({ no: meeting.no, at: meeting.organizationNo, hash })),
  )
  await sql`insert into orglife.minutes_passages (meeting_no, organization_no, hash)
    select * from unnest(${list(held.map(({ no }) => no))}::bigint[], ${list(held.map(({ at }) => at))}::bigint[], ${list(held.map(({ hash }) => hash))}::bigint[])`.execute(
    db,
  )
  const sent = await sentPassages(tx, [...new Set(held.map(({ hash }) => hash))])
  const sketched = texts.map(({ meeting, passages }) => ({ meeting, runs: runsOf(ownPassages(passages, sent)) }))
  const bands = sketched.flatMap(({ meeting, runs }) =>
    longEnough(runs) ? bandsOf(runs).map((hash, band) => ({ no: meeting.no, band, hash })) : [],
  )
  await sql`insert into orglife.minutes_bands (meeting_no, band, hash)
    select * from unnest(${list(bands.map(({ no }) => no))}::bigint[], ${list(bands.map(({ band }) => band))}::smallint[], ${list(bands.map(({ hash }) => hash))}::integer[])`.execute(
    db,
  )
  await sql`insert into orglife.minutes_sketches (meeting_no, revision, words, compare_from)
    select * from unnest(${list(found.map(({ no }) => no))}::bigint[], ${list(found.map(({ revision }) => revision))}::integer[],
      ${list(sketched.map(({ runs }) => runs.size))}::integer[], ${`{${found.map((each) => addDays(each.recordedOn, waitDays)).join(',')}}`}::date[])`.execute(
    db,
  )
  return found.at(-1)?.no ?? 0
}
