import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { type Detector, detectors } from './detectors.contract.ts'
import type { detectorQuality, listQuestions, QuestionLine, QuestionPage } from './questions.contract.ts'
import { shareOf } from './questions.rules.ts'

type Asked = z.output<(typeof listQuestions)['query']>
const db = (read: Read) => reading<'orglife' | 'directory'>(read)

const lineSql = sql`q.id, q.detector, q.sentence, q.asked_on as "askedOn", q.seen_above_from as "seenAboveFrom", q.state,
  q.answer_kind as "answerKind", jsonb_build_object('id', o.id, 'name', n.name) as organization`
const fromSql = sql`from orglife.questions q join directory.organizations o on o.no = q.organization_no
  left join lateral (select l.name from directory.organization_names l where l.organization_no = o.no order by lower(l.valid) desc limit 1) n on true`

function filters(asked: Asked): RawBuilder<unknown> {
  const parts = [
    asked.state === undefined ? null : sql`q.state = ${asked.state}`,
    asked.detector === undefined ? null : sql`q.detector = ${asked.detector}`,
    asked.under === undefined
      ? null
      : sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
          where a.organization_no = q.organization_no and upper_inf(a.valid) and u.id = ${asked.under})`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** Questions that the reader may see, the open ones first, then by the day on which they were asked. */
export async function questionsAsked(
  read: Read,
  asked: Asked,
): Promise<{ items: QuestionLine[]; next: string | null; total: number }> {
  const place = sql`(q.state = 'open', q.asked_on, q.no)`
  const beyond = asked.after
    ? sql`${place} < (select l.state = 'open', l.asked_on, l.no from orglife.questions l where l.id = ${asked.after})`
    : sql`true`
  const { rows } = await sql<QuestionLine>`select ${lineSql} ${fromSql} where ${filters(asked)} and ${beyond}
    order by q.state = 'open' desc, q.asked_on desc, q.no desc limit ${asked.limit + 1}`.execute(db(read))
  const total = await sql<{ total: number }>`select count(*)::int as total ${fromSql} where ${filters(asked)}`.execute(db(read))
  const items = rows.slice(0, asked.limit)
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null, total: total.rows[0]?.total ?? 0 }
}

interface Row extends QuestionLine {
  readonly organizationNo: number
  readonly meetingNos: number[]
  readonly personNos: number[]
  readonly passages: string[]
  readonly answer: string | null
  readonly answeredAt: Date | null
  readonly by: string | null
}

/** One question with its records and persons, as far as the reader may see each. */
export async function questionPageOf(read: Read, actor: Actor, id: string): Promise<QuestionPage> {
  const { rows } = await sql<Row>`select ${lineSql}, q.organization_no as "organizationNo", q.meeting_nos as "meetingNos",
      q.person_nos as "personNos", q.passages, q.answer, q.answered_at as "answeredAt", directory.account_name(q.answered_by) as by
    ${fromSql} where q.id = ${id}`.execute(db(read))
  const row = rows[0]
  if (!row) throw new Problem('orglife.question_not_found')
  const persons = await personsOf(read, row.personNos)
  const { meetingNos, personNos, answer, answeredAt, by } = row
  return {
    id: row.id,
    detector: row.detector,
    organization: row.organization,
    sentence: row.sentence,
    askedOn: row.askedOn,
    seenAboveFrom: row.seenAboveFrom,
    state: row.state,
    answerKind: row.answerKind,
    passages: row.passages,
    records: await recordsOf(read, meetingNos),
    persons,
    personsHidden: personNos.length - persons.length,
    answer: answer === null || answeredAt === null ? null : { text: answer, answeredAt: instantOf(answeredAt), by: by ?? '系统' },
    abilities: (await mayAnswer(read, actor, row)) ? ['answer'] : [],
  }
}

async function mayAnswer(read: Read, actor: Actor, row: Row): Promise<boolean> {
  return (
    row.state === 'open' &&
    actor.writeOrganizations.includes(row.organizationNo) &&
    (await allowsAll(read, actor, { permission: 'orglife.question.answer', organizations: [row.organizationNo] }))
  )
}

async function recordsOf(read: Read, meetings: readonly number[]): Promise<QuestionPage['records']> {
  const { rows } = await sql<
    QuestionPage['records'][number]
  >`select m.id, m.title, m.held_on as "heldOn", m.recorded_on as "recordedOn",
      (select n.name from directory.organization_names n where n.organization_no = m.organization_no order by lower(n.valid) desc limit 1) as organization
    from unnest(${`{${meetings.join(',')}}`}::bigint[]) with ordinality as asked (no, place) join orglife.meetings m on m.no = asked.no
    order by asked.place`.execute(db(read))
  return rows
}

async function personsOf(read: Read, persons: readonly number[]): Promise<QuestionPage['persons']> {
  const { rows } = await sql<{ id: string; name: string }>`select p.id, p.name from directory.persons p
    where p.no = any (${`{${persons.join(',')}}`}::bigint[]) order by p.pinyin, p.no`.execute(db(read))
  return rows
}

/** By detector, what was asked and how often it was asked wrongly, among what the reader may see. */
export async function qualityOf(read: Read): Promise<z.output<(typeof detectorQuality)['reply']>> {
  const { rows } = await sql<{ detector: Detector; asked: number; answered: number; askedWrongly: number }>`
    select q.detector, count(*)::int as asked, (count(*) filter (where q.state = 'answered'))::int as answered,
      (count(*) filter (where q.answer_kind = 'asked_wrongly'))::int as "askedWrongly"
    from orglife.questions q group by q.detector`.execute(db(read))
  const known = new Map(rows.map((row) => [row.detector, row]))
  return {
    items: (Object.keys(detectors) as Detector[]).map((detector) => {
      const { asked = 0, answered = 0, askedWrongly = 0 } = known.get(detector) ?? {}
      return { detector, asked, answered, askedWrongly, share: shareOf(askedWrongly, answered) }
    }),
  }
}
