import { sql } from 'kysely'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { ceremonyForms } from '../ceremonies/ceremonies.contract.ts'
import { type MeetingKind, meetingKinds } from '../meetings/meetings.contract.ts'
import { checklist, type Source } from './checklist.contract.ts'
import type { Figure } from './political-checks.contract.ts'

/** Whose records are counted, with all under it, and of which days. */
export interface CheckSpan {
  readonly organizationNo: number
  readonly organizationId: string
  readonly from: CivilDate
  readonly to: CivilDate
  readonly today: CivilDate
}

const db = (read: Read) => reading<'orglife' | 'directory' | 'rulebook'>(read)
const below = ({ organizationNo }: CheckSpan) => sql`(select a.organization_no from directory.organization_ancestry a
  where a.ancestor_no = ${organizationNo} and upper_inf(a.valid))`
const days = ({ from, to }: CheckSpan) => sql`between ${from}::date and ${to}::date`
const spanned = (list: string, { organizationId, from, to }: CheckSpan, more = '') =>
  `/${list}?under=${organizationId}&from=${from}&to=${to}${more}`

/** Recorded meetings (alias `m`) of those organizations in those days. */
const held = (span: CheckSpan) => sql`orglife.meetings m where m.state = 'recorded' and m.held_on ${days(span)}
  and exists (select 1 from orglife.meeting_organizations o where o.meeting_no = m.no and o.organization_no in ${below(span)})`

async function discipline(read: Read, span: CheckSpan): Promise<Figure[]> {
  const { rows } = await sql<{ meetings: number; studied: number }>`select count(*)::int as meetings, count(*) filter (where
      exists (select 1 from orglife.agenda_items i where i.meeting_no = m.no and i.category = 'party_discipline'))::int as studied
    from ${held(span)}`.execute(db(read))
  const { meetings, studied } = rows[0] ?? { meetings: 0, studied: 0 }
  return [{ label: '有党规党纪学习议题的会议', value: `${studied} 次（共 ${meetings} 次会议）`, link: spanned('meetings', span) }]
}

async function requests(read: Read, span: CheckSpan): Promise<Figure[]> {
  const { rows } = await sql<{ requests: number; reports: number; late: number; owed: number }>`select
      count(*) filter (where r.kind = 'request')::int as requests, count(*) filter (where r.kind = 'report')::int as reports,
      count(*) filter (where r.kind = 'request' and r.after_act)::int as late,
      count(*) filter (where r.state = 'answered' and r.follow_due_on < ${span.today}::date)::int as owed
    from orglife.request_reports r where not r.by_member and r.organization_no in ${below(span)} and r.sent_on ${days(span)}
      and r.state not in ('drafted', 'withdrawn')`.execute(db(read))
  const row = rows[0] ?? { requests: 0, reports: 0, late: 0, owed: 0 }
  const link = `/request-reports?under=${span.organizationId}`
  return [
    { label: '请示', value: `${row.requests} 件，其中事前报送 ${row.requests - row.late} 件、事后 ${row.late} 件`, link },
    { label: '报告', value: `${row.reports} 件`, link },
    { label: '答复后到期没有报结果的', value: `${row.owed} 件`, link },
  ]
}

/** Entries of a kind: how often, by label, and how many pairs talked. */
async function entered(read: Read, span: CheckSpan): Promise<{ kind: string; label: string; times: number }[]> {
  const { rows } = await sql<{ kind: string; label: string; times: number }>`select e.kind, coalesce(l.label, '') as label,
      count(distinct e.no)::int as times
    from orglife.entries e left join lateral unnest(e.labels) as l (label) on true
    where e.state = 'recorded' and e.held_on ${days(span)} and exists (select 1 from orglife.entry_organizations o
      where o.entry_no = e.no and o.organization_no in ${below(span)}) group by 1, 2`.execute(db(read))
  return rows
}

/** Pairs that talked. Such entries are confined, so they are counted behind the walls and told as a number alone (docs/decisions/0025). */
async function pairs(read: Read, span: CheckSpan): Promise<number> {
  return asEngine(read, async () => {
    const { rows } = await sql<{
      n: number
    }>`select count(distinct (least(x.person_no, y.person_no), greatest(x.person_no, y.person_no)))::int as n
      from orglife.entries e join orglife.entry_persons x on x.entry_no = e.no and x.role = 'talker'
      join orglife.entry_persons y on y.entry_no = e.no and y.role = 'talked_with'
      where e.kind = 'heart-talk' and e.state = 'recorded' and e.held_on ${days(span)} and exists (select 1 from orglife.entry_organizations o
        where o.entry_no = e.no and o.organization_no in ${below(span)})`.execute(db(read))
    return rows[0]?.n ?? 0
  })
}

async function life(read: Read, span: CheckSpan): Promise<Figure[]> {
  const { rows } = await sql<{ kind: MeetingKind; times: number }>`select k.kind, count(*)::int as times
    from (select m.kinds from ${held(span)}) m cross join lateral unnest(m.kinds) as k (kind) group by 1`.execute(db(read))
  const times = new Map(rows.map((row) => [row.kind, row.times]))
  const talks = (await entered(read, span)).filter(({ kind }) => kind === 'talk').reduce((sum, row) => sum + row.times, 0)
  const meetings = (Object.keys(meetingKinds) as MeetingKind[])
    .filter((kind) => times.has(kind))
    .map((kind) => ({
      label: meetingKinds[kind],
      value: `${times.get(kind) ?? 0} 次`,
      link: spanned('meetings', span, `&kind=${kind}`),
    }))
  const none = { label: '会议', value: '没有记录', link: spanned('meetings', span) }
  return [
    ...(meetings.length > 0 ? meetings : [none]),
    { label: '微宣讲', value: `${talks} 次`, link: spanned('talks', span) },
    { label: '谈心谈话', value: `${await pairs(read, span)} 对`, link: null },
  ]
}

async function ceremonies(read: Read, span: CheckSpan): Promise<Figure[]> {
  const rows = (await entered(read, span)).filter(({ kind }) => kind === 'ceremony')
  // A political birthday is nobody's duty, so nobody is checked for it.
  return (['oath', 'application'] as const).map((label) => ({
    label: ceremonyForms[label],
    value: `${rows.find((row) => row.label === label)?.times ?? 0} 次`,
    link: spanned('ceremonies', span, `&label=${label}`),
  }))
}

/** What requirements under the clause ask in those years, as it stands now; what is yet to come stands nowhere. */
async function duties(read: Read, span: CheckSpan): Promise<Figure[]> {
  const { rows } = await sql<{
    code: string
    title: string
    met: number
    late: number
    open: number
  }>`select r.code, max(r.title) as title,
      count(*) filter (where b.status = 1)::int as met, count(*) filter (where b.status = 2)::int as late,
      count(*) filter (where b.status in (3, 4))::int as open
    from rulebook.obligations b join rulebook.requirements r on r.no = b.requirement_no and 'SBS2020:D1.4' = any (r.clauses)
    where b.organization_no in ${below(span)} and b.status between 1 and 4
      and b.year between ${Number(span.from.slice(0, 4))} and ${Number(span.to.slice(0, 4))} group by r.code order by r.code`.execute(
    db(read),
  )
  if (rows.length === 0) return [{ label: '各项要求', value: '这些年度还没有办结或到期的', link: null }]
  return rows.map(({ code, title, met, late, open }) => ({
    label: title,
    value: `已办 ${met} 项，迟办 ${late} 项，没有办 ${open} 项`,
    link: `/obligations?under=${span.organizationId}&requirement=${code}`,
  }))
}

const fillers: Readonly<Record<Source, (read: Read, span: CheckSpan) => Promise<Figure[]>>> = {
  discipline,
  requests,
  life,
  ceremonies,
  duties,
}

export interface FilledQuestion {
  readonly code: string
  readonly question: string
  readonly figures: Figure[]
}

/** The checklist filled from the records as they stand today. */
export async function filledChecklist(read: Read, span: CheckSpan): Promise<FilledQuestion[]> {
  const filled: FilledQuestion[] = []
  for (const { code, question, source } of checklist)
    filled.push({ code, question, figures: source ? await fillers[source](read, span) : [] })
  return filled
}
