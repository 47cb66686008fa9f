import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { ceiling, costOf, roundsOf } from './burden.rules.ts'
import type { RequestBody, Weighing } from './data-requests.contract.ts'
import { type HeldData, heldAlready, heldInCases, heldInDirectory, heldInMeetings } from './held-data.rules.ts'

const db = (read: Read) => reading<'rulebook' | 'directory'>(read)

/** Organizations of the asked kinds at or under the issuer today, in the tree's order. */
export async function recipientsOf(read: Read, issuerNo: number, kinds: readonly string[]): Promise<number[]> {
  const rows = await sql<{ no: number }>`select o.no from directory.organization_ancestry a
    join directory.organizations o on o.no = a.organization_no and o.kind = any (${[...kinds]}::text[]) and o.dissolved_on is null
    where a.ancestor_no = ${issuerNo} and upper_inf(a.valid) order by o.position, o.no`.execute(db(read))
  return rows.rows.map(({ no }) => no)
}

/** Minutes that those who answered a request have told. */
export async function minutesTold(read: Read, requestNo: number | null): Promise<number[]> {
  if (requestNo === null) return []
  const rows = await sql<{ minutes: number }>`select minutes from rulebook.data_answers
    where request_no = ${requestNo} and minutes is not null`.execute(db(read))
  return rows.rows.map(({ minutes }) => minutes)
}

/** What is held: fixed places, tags of work records, and what other published requests ask for. */
async function heldAnywhere(read: Read, exceptNo: number | null): Promise<HeldData[]> {
  const tags = await sql<{ title: string }>`select title from rulebook.tags`.execute(db(read))
  const asked = await sql<{ id: string; title: string; words: string[] }>`select q.id, q.title,
      array(select f ->> 'title' from jsonb_array_elements(q.fields) f) as words
    from rulebook.data_requests q where q.state = 'published' and q.no is distinct from ${exceptNo}::bigint`.execute(db(read))
  return [
    ...heldInDirectory,
    ...heldInMeetings,
    ...heldInCases,
    { words: tags.rows.map(({ title }) => title), place: '工作纪实', link: '/work-records' },
    ...asked.rows.map(({ id, title, words }) => ({ words, place: `专项填报“${title}”`, link: `/data-requests/${id}` })),
  ]
}

/** How often each of some organizations is asked in each year, by everybody's published requests. */
async function askedAlready(read: Read, organizations: readonly number[], exceptNo: number | null): Promise<Map<string, number>> {
  const rows = await sql<{ organization_no: number; year: number; rounds: number }>`
    select r.organization_no, extract(year from d.due_on)::int as year, count(*)::int as rounds
    from rulebook.data_request_recipients r
    join rulebook.data_requests q on q.no = r.request_no and q.state in ('published', 'ended') and q.no is distinct from ${exceptNo}::bigint
    join rulebook.data_request_rounds d on d.request_no = q.no and (q.ended_on is null or d.due_on <= q.ended_on)
    where r.organization_no = any (${`{${organizations.join(',')}}`}::bigint[]) group by 1, 2`.execute(db(read))
  return new Map(rows.rows.map((row) => [`${row.organization_no} ${row.year}`, row.rounds]))
}

/** Hours that published requests ask for in a year, under an organization; and each with its own. */
export async function yearOf(read: Read, organizationNo: number, year: number) {
  const rows = await sql<{
    no: number
    id: string
    title: string
    issuer: string
    estimated: number
    rounds: number
    recipients: number
    minutes: number[]
  }>`select q.no, q.id, q.title, n.name as issuer, q.minutes_estimated as estimated,
      (select count(*)::int from rulebook.data_request_rounds d where d.request_no = q.no and extract(year from d.due_on) = ${year}
        and (q.ended_on is null or d.due_on <= q.ended_on)) as rounds,
      (select count(*)::int from rulebook.data_request_recipients r join directory.organization_ancestry a on a.organization_no = r.organization_no
        and a.ancestor_no = ${organizationNo} and upper_inf(a.valid) where r.request_no = q.no) as recipients,
      array(select a.minutes from rulebook.data_answers a where a.request_no = q.no and a.minutes is not null) as minutes
    from rulebook.data_requests q join directory.organization_names n on n.organization_no = q.issuer_no and upper_inf(n.valid)
    where q.state in ('published', 'ended') order by q.no`.execute(db(read))
  return rows.rows
    .filter(({ rounds, recipients }) => rounds > 0 && recipients > 0)
    .map((row) => ({ ...row, ...costOf({ ...row, minutes: row.minutes }) }))
}

/** The most that one organization at or under another is asked for in a year. */
export async function mostAsked(read: Read, organizationNo: number, year: number): Promise<number> {
  const rows = await sql<{ most: number }>`select coalesce(max(t.rounds), 0)::int as most from (
      select r.organization_no, count(*) as rounds from rulebook.data_request_recipients r
      join directory.organization_ancestry a on a.organization_no = r.organization_no and a.ancestor_no = ${organizationNo} and upper_inf(a.valid)
      join rulebook.data_requests q on q.no = r.request_no and q.state in ('published', 'ended')
      join rulebook.data_request_rounds d on d.request_no = q.no and extract(year from d.due_on) = ${year}
        and (q.ended_on is null or d.due_on <= q.ended_on)
      group by 1) t`.execute(db(read))
  return rows.rows[0]?.most ?? 0
}

interface Weighed {
  readonly body: Omit<RequestBody, 'issuerId'>
  readonly issuerNo: number
  /** The request itself when it stands as a draft already. */
  readonly requestNo: number | null
  readonly rootNo: number
}

/** What a request would cost and what keeps it from being published. */
export async function weigh(read: Read, { body, issuerNo, requestNo, rootNo }: Weighed): Promise<Weighing> {
  const recipients = await recipientsOf(read, issuerNo, body.recipientKinds)
  const dueOn = roundsOf(body)
  const minutes = await minutesTold(read, requestNo)
  const cost = costOf({ recipients: recipients.length, rounds: dueOn.length, estimated: body.minutesEstimated, minutes })
  const already = await askedAlready(read, recipients, requestNo)
  const years = Map.groupBy(dueOn, (due) => due.slice(0, 4))
  const loads = recipients.flatMap((no) =>
    [...years].map(([year, rounds]) => (already.get(`${no} ${year}`) ?? 0) + rounds.length),
  )
  const most = Math.max(0, ...loads)
  const over = new Set(
    recipients.filter((no) => [...years].some(([year, rounds]) => (already.get(`${no} ${year}`) ?? 0) + rounds.length > ceiling)),
  ).size
  const held = await heldAnywhere(read, requestNo)
  const year = Number(body.firstDue.slice(0, 4))
  const others = await yearOf(read, rootNo, year)
  const otherHours = others.reduce((sum, each) => sum + (each.no === requestNo ? 0 : each.hours), 0)
  return {
    cost,
    dueOn,
    yearHours: Math.round((otherHours + cost.hours) * 10) / 10,
    ceiling,
    most,
    problems: [
      ...body.fields.flatMap((field, at) => {
        const found = heldAlready(field.title, held)
        const sentence = found && `“${field.title}”系统里已有，请到“${found.place}”直接看（${found.word}），不要再让下级填。`
        return found ? [{ code: 'held', field: `fields.${at}.title`, sentence: sentence ?? '', link: found.link }] : []
      }),
      ...(recipients.length === 0
        ? [{ code: 'nobody', field: 'recipientKinds', sentence: '下级没有这类组织，请换由谁填。', link: null }]
        : []),
      ...(over > 0
        ? [
            {
              code: 'ceiling',
              field: 'cadence',
              sentence: `发布后有 ${over} 个组织一年要填 ${most} 次，超过上限 ${ceiling} 次。请减少次数，或先停掉别的填报。`,
              link: '/burden',
            },
          ]
        : []),
    ],
  }
}
