import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { costOf } from './burden.rules.ts'
import type { answerLine, listRequests, requestLine, RequestPage } from './data-requests.contract.ts'
import { requestLifecycle, type RequestAction } from './data-requests.lifecycle.ts'
import { type KeptField, requestBehind } from './data-requests.store.ts'
import { minutesTold, recipientsOf } from './weighing.queries.ts'
import { roundsOf } from './burden.rules.ts'

const db = (read: Read) => reading<'rulebook' | 'directory'>(read)
const numbers = (list: readonly number[]) => sql`${`{${list.join(',')}}`}::bigint[]`

interface Asking {
  readonly actor: Actor
  readonly today: CivilDate
}

/** How far ahead a round is shown as waiting. */
const ahead = 30

/** Whether an organization is asked for an answer in a round. */
export async function isAsked(
  read: Read,
  asked: { requestNo: number; organizationNo: number; dueOn: CivilDate },
): Promise<boolean> {
  const rows = await sql`select 1 from rulebook.data_request_recipients r
    join rulebook.data_request_rounds d on d.request_no = r.request_no and d.due_on = ${asked.dueOn}::date
    where r.request_no = ${asked.requestNo} and r.organization_no = ${asked.organizationNo}`.execute(db(read))
  return rows.rows.length > 0
}

/** Organizations for which the actor answers: where the permission stands itself, so that those above are not asked in their stead. */
const answering = (actor: Actor): RawBuilder<unknown> => numbers(organizationsFor(actor, 'rulebook.data_request.answer'))

/** Rounds of request `q` that the actor has not answered and that are due soon or were. */
const waitingOf = ({ actor, today }: Asking) => sql`(select count(*)::int from rulebook.data_request_rounds d
    join rulebook.data_request_recipients r on r.request_no = d.request_no and r.organization_no = any (${answering(actor)})
    where d.request_no = q.no and q.state = 'published' and d.due_on <= ${addDays(today, ahead)}::date
      and not exists (select 1 from rulebook.data_answers a where a.request_no = d.request_no and a.due_on = d.due_on and a.organization_no = r.organization_no))`

type Line = z.output<typeof requestLine>
type Asked = z.output<(typeof listRequests)['query']>

const lineColumns = (
  asking: Asking,
) => sql`q.id, q.title, jsonb_build_object('id', o.id, 'name', n.name) as issuer, q.kind, q.cadence,
  q.first_due::text as "firstDue", q.last_day::text as "lastDay", q.state, jsonb_array_length(q.fields) as fields, ${waitingOf(asking)} as waiting`
const lineTables = sql`rulebook.data_requests q join directory.organizations o on o.no = q.issuer_no
  join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)`

/** What the reader is asked or asks, the latest first. Drafts are seen by those who read the issuer. */
export async function requestsAsked(
  read: Read,
  asked: Asked,
  asking: Asking,
): Promise<{ items: Line[]; next: string | null; total: number }> {
  const where = sql`${asked.state === undefined ? sql`q.state <> 'discarded'` : sql`q.state = ${asked.state}`}
    and (${asked.text ?? ''} = '' or q.title like ${`%${(asked.text ?? '').replace(/[\\%_]/g, '\\$&')}%`})`
  const after =
    asked.after === undefined ? sql`true` : sql`q.no < (select b.no from rulebook.data_requests b where b.id = ${asked.after})`
  const rows = await sql<Line>`select ${lineColumns(asking)} from ${lineTables} where ${where} and ${after}
    order by q.no desc limit ${asked.limit + 1}`.execute(db(read))
  const total = await sql<{ total: number }>`select count(*)::int as total from ${lineTables} where ${where}`.execute(db(read))
  const items = rows.rows.slice(0, asked.limit)
  const next = rows.rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null
  return { items, next, total: total.rows[0]?.total ?? 0 }
}

async function ownAnswers(read: Read, requestNo: number, { actor }: Asking): Promise<RequestPage['own']> {
  const rows = await sql<
    RequestPage['own'][number]
  >`select jsonb_build_object('id', o.id, 'name', n.name) as organization, d.due_on::text as "dueOn",
      case when a.no is not null then jsonb_build_object('values', a.values, 'minutes', a.minutes, 'revision', a.revision,
        'answeredOn', (a.answered_at at time zone 'Asia/Shanghai')::date) end as answer
    from rulebook.data_request_recipients r join rulebook.data_request_rounds d on d.request_no = r.request_no
    join directory.organizations o on o.no = r.organization_no
    join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
    left join rulebook.data_answers a on a.request_no = r.request_no and a.due_on = d.due_on and a.organization_no = r.organization_no
    where r.request_no = ${requestNo} and r.organization_no = any (${answering(actor)})
    order by d.due_on, o.position`.execute(db(read))
  return rows.rows
}

function abilitiesOf(
  actor: Actor,
  found: { issuerId: string; state: keyof typeof requestLifecycle },
  given: { issues: boolean; answers: boolean },
) {
  const possible = Object.keys(requestLifecycle[found.state]) as RequestAction[]
  return possible.filter((verb) => (verb === 'answer' ? given.answers : given.issues))
}

async function stands(read: Read, organizationNo: number, under: readonly number[]): Promise<boolean> {
  const rows = await sql`select 1 from directory.organization_ancestry where organization_no = ${organizationNo}
    and ancestor_no = any (${numbers(under)}) and upper_inf(valid) limit 1`.execute(db(read))
  return rows.rows.length > 0
}

/** One request with its cost, its rounds and what the reader has to answer. */
export async function requestShown(read: Read, id: string, asking: Asking): Promise<RequestPage> {
  const found = await requestBehind(read, id)
  const { body } = found
  const lines = await sql<
    Line & { endedOn: string | null; endReason: string | null }
  >`select ${lineColumns(asking)}, q.ended_on::text as "endedOn",
    q.end_reason as "endReason" from ${lineTables} where q.no = ${found.no}`.execute(db(read))
  const [line] = lines.rows
  const rounds = await sql<RequestPage['rounds'][number]>`select d.due_on::text as "dueOn",
      (select count(*)::int from rulebook.data_answers a where a.request_no = d.request_no and a.due_on = d.due_on) as answered,
      (select count(*)::int from rulebook.data_request_recipients r where r.request_no = d.request_no) as asked
    from rulebook.data_request_rounds d where d.request_no = ${found.no} order by d.due_on`.execute(db(read))
  const draft = found.state === 'draft'
  const recipients = draft ? (await recipientsOf(read, found.issuerNo, body.recipientKinds)).length : (rounds.rows[0]?.asked ?? 0)
  const counted = draft ? roundsOf(body).length : rounds.rows.length
  const minutes = await minutesTold(read, found.no)
  const own = await ownAnswers(read, found.no, asking)
  const issues = await stands(read, found.issuerNo, organizationsFor(asking.actor, 'rulebook.data_request.issue'))
  return {
    ...(line as Line & { endedOn: string | null; endReason: string | null }),
    purpose: body.purpose,
    fieldList: body.fields as unknown as KeptField[],
    recipientKinds: [...body.recipientKinds],
    minutesEstimated: body.minutesEstimated,
    revision: found.revision,
    cost: costOf({ recipients, rounds: counted, estimated: body.minutesEstimated, minutes }),
    rounds: rounds.rows,
    own,
    abilities: abilitiesOf(asking.actor, found, { issues, answers: own.length > 0 }),
  }
}

/** Answers of one round, in the tree's order; who has not answered stands there with nothing. */
export async function answersOf(
  read: Read,
  id: string,
  dueOn: CivilDate,
): Promise<{ items: z.output<typeof answerLine>[]; fields: KeptField[] }> {
  const found = await requestBehind(read, id)
  const rows = await sql<
    z.output<typeof answerLine>
  >`select jsonb_build_object('id', o.id, 'name', n.name) as organization, d.due_on::text as "dueOn", a.values,
      (a.answered_at at time zone 'Asia/Shanghai')::date::text as "answeredOn",
      coalesce((a.answered_at at time zone 'Asia/Shanghai')::date > d.due_on, false) as late
    from rulebook.data_request_recipients r
    join rulebook.data_request_rounds d on d.request_no = r.request_no and d.due_on = ${dueOn}::date
    join directory.organizations o on o.no = r.organization_no
    join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
    left join rulebook.data_answers a on a.request_no = r.request_no and a.due_on = d.due_on and a.organization_no = r.organization_no
    where r.request_no = ${found.no} order by o.position, n.name limit 5000`.execute(db(read))
  return { items: rows.rows, fields: found.body.fields as unknown as KeptField[] }
}
