import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { servedBy } from '../../rulebook/index.ts'
import type { listMeetings, MeetingLine, MeetingPage } from './meetings.contract.ts'
import { meetingLifecycle } from './meetings.lifecycle.ts'
import { type Heads, quorumWarnings } from './meetings.rules.ts'
import { findMeeting, type StoredMeeting } from './meetings.store.ts'

export type MeetingsAsked = z.output<(typeof listMeetings)['query']>

const db = (read: Read) => reading<'orglife' | 'directory' | 'rulebook' | 'kernel'>(read)

/** Late: recorded after the day by which some requirement that counts it wanted it. */
const lateSql = sql`exists (select 1 from rulebook.evidence e join rulebook.requirements r on r.no = e.requirement_no
  join rulebook.periods p on p.no = e.period_no
  where e.record_kind = 'meeting' and e.record_no = m.no and e.recorded_on > p.ends + r.due_offset_days + r.grace_days)`

const lineSql = sql`m.id, m.title, m.kinds, m.state, m.held_on as "heldOn", m.recorded_on as "recordedOn", (m.late_reason is not null or ${lateSql}) as late,
  jsonb_build_object('id', h.id, 'name', n.name) as organization,
  (select count(*) from orglife.meeting_organizations o where o.meeting_no = m.no)::int as together,
  (select coalesce(sum(o.expected), 0) from orglife.meeting_organizations o where o.meeting_no = m.no)::int as expected,
  (select coalesce(sum(o.present), 0) from orglife.meeting_organizations o where o.meeting_no = m.no)::int as present,
  (m.first_category is not distinct from 'political_theory') as "firstIsTheory"`

const fromSql = sql`from orglife.meetings m join directory.organizations h on h.no = m.organization_no
  join directory.organization_names n on n.organization_no = h.no and upper_inf(n.valid)`

function filters(asked: MeetingsAsked): RawBuilder<unknown> {
  const parts = [
    asked.under === undefined
      ? null
      : sql`exists (select 1 from orglife.meeting_organizations o join directory.organization_ancestry a on a.organization_no = o.organization_no
          join directory.organizations u on u.no = a.ancestor_no where o.meeting_no = m.no and u.id = ${asked.under} and (upper_inf(a.valid) or a.valid @> m.held_on))`,
    asked.kind === undefined ? null : sql`${asked.kind} = any (m.kinds)`,
    asked.state === undefined ? null : sql`m.state = ${asked.state}`,
    asked.from === undefined ? null : sql`m.held_on >= ${asked.from}::date`,
    asked.to === undefined ? null : sql`m.held_on <= ${asked.to}::date`,
    asked.late === undefined ? null : sql`(m.late_reason is not null or ${lateSql}) = ${asked.late === 'yes'}`,
    asked.text === undefined || asked.text === ''
      ? null
      : sql`(strpos(m.title, ${asked.text}) > 0 or strpos(n.name, ${asked.text}) > 0)`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

const orders = {
  heldOn: { column: sql`m.held_on`, descending: false },
  '-heldOn': { column: sql`m.held_on`, descending: true },
  recordedOn: { column: sql`coalesce(m.recorded_on, m.held_on)`, descending: false },
  '-recordedOn': { column: sql`coalesce(m.recorded_on, m.held_on)`, descending: true },
} as const

/** Meetings that the reader may see, one page; the cursor is the last meeting's id. */
export async function meetingsAsked(
  read: Read,
  asked: MeetingsAsked,
): Promise<{ items: MeetingLine[]; next: string | null; total: number }> {
  const { column, descending } = orders[asked.sort]
  const direction = descending ? sql`desc` : sql`asc`
  const beyond = asked.after
    ? sql`(${column}, m.no) ${descending ? sql`<` : sql`>`} (select ${column}, m.no from orglife.meetings m where m.id = ${asked.after})`
    : sql`true`
  const rows = await sql<MeetingLine>`select ${lineSql} ${fromSql} where ${filters(asked)} and ${beyond}
    order by ${column} ${direction}, m.no ${direction} limit ${asked.limit + 1}`.execute(db(read))
  const total = await sql<{ total: number }>`select count(*)::int as total ${fromSql} where ${filters(asked)}`.execute(db(read))
  const items = rows.rows.slice(0, asked.limit)
  return { items, next: rows.rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null, total: total.rows[0]?.total ?? 0 }
}

interface PageRow extends MeetingLine {
  readonly place: string | null
  readonly startsAt: string | null
  readonly endsAt: string | null
  readonly minutes: string | null
  readonly lateReason: string | null
  readonly stateReason: string | null
  readonly organizations: MeetingPage['organizations']
  readonly chair: MeetingPage['chair']
  readonly speaker: MeetingPage['speaker']
  readonly agenda: MeetingPage['agenda']
  readonly attendance: MeetingPage['attendance']
  readonly votes: MeetingPage['votes']
  readonly resolutions: MeetingPage['resolutions']
  readonly files: MeetingPage['files']
  readonly leave: MeetingPage['leave']
}

const listed = (query: RawBuilder<unknown>) => sql`coalesce((select jsonb_agg(to_jsonb(t)) from (${query}) t), '[]')`
const person = (column: RawBuilder<unknown>) =>
  sql`(select jsonb_build_object('id', p.id, 'name', p.name) from directory.persons p where p.no = ${column})`

async function pageRow(read: Read, meetingNo: number): Promise<PageRow | undefined> {
  const rows =
    await sql<PageRow>`select ${lineSql}, m.place, to_char(m.starts_at, 'HH24:MI') as "startsAt", to_char(m.ends_at, 'HH24:MI') as "endsAt", m.minutes, m.late_reason as "lateReason", m.state_reason as "stateReason",
      ${person(sql`m.chair_no`)} as chair, ${person(sql`m.speaker_no`)} as speaker,
      ${listed(sql`select w.id, wn.name, o.expected, o.present, o.eligible, o.eligible_present as "eligiblePresent"
        from orglife.meeting_organizations o join directory.organizations w on w.no = o.organization_no
        join directory.organization_names wn on wn.organization_no = w.no and upper_inf(wn.valid)
        where o.meeting_no = m.no order by w.no <> m.organization_no, w.position, w.no`)} as organizations,
      ${listed(sql`select i.title, i.category from orglife.agenda_items i where i.meeting_no = m.no order by i.position`)} as agenda,
      ${listed(sql`select p.id as "personId", p.name, t.presence, t.reason from orglife.attendances t join directory.persons p on p.no = t.person_no
        where t.meeting_no = m.no order by t.presence = 'present', p.pinyin`)} as attendance,
      ${listed(sql`select v.matter, v.eligible, v.present, v.yes, v.no_votes as no, v.abstained, v.passed from orglife.votes v where v.meeting_no = m.no order by v.position`)} as votes,
      ${listed(sql`select r.content, ${person(sql`r.owner_no`)} as owner, r.due_on as "dueOn" from orglife.resolutions r where r.meeting_no = m.no order by r.position`)} as resolutions,
      ${listed(sql`select f.id, f.name, f.bytes from orglife.meeting_files mf join kernel.files f on f.no = mf.file_no where mf.meeting_no = m.no`)} as files,
      ${listed(sql`select p.id as "personId", p.name, l.reason from orglife.leave_requests l join directory.persons p on p.no = l.person_no where l.meeting_no = m.no`)} as leave
    ${fromSql} where m.no = ${meetingNo}`.execute(db(read))
  return rows.rows[0]
}

async function revisionsOf(read: Read, meetingNo: number): Promise<MeetingPage['revisions']> {
  const rows = await sql<{ revision: number; state: string; recorded_at: Date; by: string | null; reason: string | null }>`
    select r.revision, r.state, r.recorded_at, directory.account_name(r.recorded_by) as by, r.reason
    from orglife.meeting_revisions r where r.meeting_no = ${meetingNo} order by r.revision`.execute(db(read))
  return rows.rows.map((row) => ({
    revision: row.revision,
    state: row.state,
    recordedAt: instantOf(row.recorded_at),
    by: row.by ?? '系统',
    reason: row.reason,
  }))
}

/** What is said against the meeting for want of people, by the heads that were counted when it was recorded. */
async function notValid(read: Read, no: number, kinds: MeetingLine['kinds']): Promise<string[]> {
  const { rows } = await sql<Heads>`select sum(eligible)::int as eligible, sum(eligible_present)::int as "eligiblePresent",
      sum(committee_expected)::int as "committeeExpected", sum(committee_present)::int as "committeePresent",
      sum(expected)::int as expected, sum(present)::int as present
    from orglife.meeting_organizations where meeting_no = ${no}`.execute(db(read))
  return rows.flatMap((heads) => quorumWarnings(kinds, heads)).map(({ message }) => message)
}

async function abilitiesAt(read: Read, actor: Actor, meeting: StoredMeeting): Promise<string[]> {
  const possible = Object.keys(meetingLifecycle[meeting.state])
  const checks = await Promise.all(
    possible.map(async (verb) =>
      (await allowsAll(read, actor, { permission: `orglife.meeting.${verb}`, organizations: meeting.organizationNos }))
        ? verb
        : null,
    ),
  )
  return checks.filter((verb) => verb !== null)
}

/** Everything about one meeting that the reader may see. */
export async function meetingPageOf(read: Read, actor: Actor, id: string): Promise<MeetingPage> {
  const meeting = await findMeeting(read, id)
  const row = meeting && (await pageRow(read, meeting.no))
  if (!meeting || !row) throw new Problem('orglife.meeting_not_found')
  const served = await servedBy(read, { kind: 'meeting', no: meeting.no, heldOn: meeting.heldOn })
  return {
    ...row,
    notValid: meeting.state === 'recorded' ? await notValid(read, meeting.no, row.kinds) : [],
    revision: meeting.revision,
    revisions: await revisionsOf(read, meeting.no),
    serves: served.map(({ requirement, title, period, organization, reason }) => ({
      requirement,
      title,
      period,
      organization,
      reason,
    })),
    abilities: await abilitiesAt(read, actor, meeting),
  }
}
