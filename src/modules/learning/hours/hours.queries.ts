import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import type { HoursLine, listHours, StudyPage, Sums, sumHours } from './hours.contract.ts'
import { studyLifecycle } from './study-records.lifecycle.ts'
import { findStudy, type StoredStudy } from './study-records.store.ts'

const db = (read: Read) => reading<'learning' | 'directory'>(read)

/** Every entry of the hours ledger that the reader may see: classes held, being sent out, self-study. */
const linesSql = sql`(
  select c.id, 'class' as source, 'held' as state, c.title, x.person_no, x.organization_no, x.held_on, x.hours + x.missed_hours as hours,
    x.theory_hours, x.hours as credited
  from learning.participants x join learning.classes c on c.no = x.class_no and c.state = 'held' where x.hours is not null
  union all
  select s.id, s.kind, s.state, s.title, s.person_no, s.organization_no, s.held_on, s.hours,
    case when k.political_theory then coalesce(s.credited, 0) else 0 end, coalesce(s.credited, 0)
  from learning.study_records s join learning.categories k on k.code = s.category where s.state <> 'withdrawn')`

const fromSql = sql`from ${linesSql} l join directory.persons p on p.no = l.person_no
  left join directory.organization_names n on n.organization_no = l.organization_no and upper_inf(n.valid)`

const lineSql = sql`l.id, l.source, l.state, l.title, p.id as "personId", p.name as person, coalesce(n.name, '') as organization,
  l.held_on as "heldOn", l.hours::float8 as hours, l.theory_hours::float8 as "theoryHours", l.credited::float8 as credited`

const inYear = (year: number) => sql`l.held_on between make_date(${year}::int, 1, 1) and make_date(${year}::int, 12, 31)`
const underOf = (
  id: string,
) => sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
  where a.organization_no = l.organization_no and u.id = ${id} and (upper_inf(a.valid) or a.valid @> l.held_on))`

interface Narrowed {
  readonly year?: number | undefined
  readonly under?: string | undefined
  readonly subject?: string | undefined
  readonly source?: string | undefined
  readonly state?: string | undefined
}

function filters(asked: Narrowed): RawBuilder<unknown> {
  const parts = [
    asked.year === undefined ? null : inYear(asked.year),
    asked.under === undefined ? null : underOf(asked.under),
    asked.subject === undefined ? null : sql`p.id = ${asked.subject}`,
    asked.source === undefined ? null : sql`l.source = ${asked.source}`,
    asked.state === undefined ? null : sql`l.state = ${asked.state}`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** The cursor is how many were read: the lines of a class have no number of their own. */
const skipped = (after: string | undefined): number => (after !== undefined && /^\d{1,7}$/.test(after) ? Number(after) : 0)

function page<Row>(rows: readonly Row[], asked: { after?: string | undefined; limit: number }, total: number) {
  const next = rows.length > asked.limit ? String(skipped(asked.after) + asked.limit) : null
  return { items: rows.slice(0, asked.limit), next, total }
}

/** Entries of the ledger, the latest first. */
export async function hoursAsked(read: Read, asked: z.output<(typeof listHours)['query']>) {
  const rows = await sql<HoursLine>`select ${lineSql} ${fromSql} where ${filters(asked)}
    order by l.held_on desc, l.id, p.no limit ${asked.limit + 1} offset ${skipped(asked.after)}`.execute(db(read))
  const total = await sql<{ total: number }>`select count(*)::int as total ${fromSql} where ${filters(asked)}`.execute(db(read))
  return page(rows.rows, asked, total.rows[0]?.total ?? 0)
}

const of = (source: string) => sql`coalesce(sum(l.credited) filter (where l.source = ${source}), 0)::float8`
const sumsSql = sql`coalesce(sum(l.credited), 0)::float8 as total, coalesce(sum(l.credited) filter (where l.source <> 'self_study'), 0)::float8 as collective,
  ${of('class')} as class, ${of('sent_out')} as sent_out, ${of('self_study')} as self_study, coalesce(sum(l.theory_hours), 0)::float8 as theory`

/** Sums of each person over a year, by name: never in the order of hours. */
export async function hoursByPerson(read: Read, asked: z.output<(typeof sumHours)['query']>, year: number) {
  const where = filters({ year, under: asked.under })
  const rows = await sql<Sums & { personId: string; person: string; organization: string }>`
    select p.id as "personId", p.name as person, coalesce(min(n.name), '') as organization, ${sumsSql} ${fromSql} where ${where}
    group by p.no, p.id, p.name, p.pinyin order by p.pinyin, p.no limit ${asked.limit + 1} offset ${skipped(asked.after)}`.execute(
    db(read),
  )
  const total = await sql<{ total: number }>`select count(distinct p.no)::int as total ${fromSql} where ${where}`.execute(
    db(read),
  )
  return page(rows.rows, asked, total.rows[0]?.total ?? 0)
}

const none: Sums = { total: 0, collective: 0, class: 0, sent_out: 0, self_study: 0, theory: 0 }

/** Sums and entries of one person in a year. */
export async function ledgerOf(read: Read, personId: string, year: number): Promise<{ sums: Sums; items: HoursLine[] }> {
  const where = filters({ year, subject: personId })
  const sums = await sql<Sums>`select ${sumsSql} ${fromSql} where ${where}`.execute(db(read))
  const items = await sql<HoursLine>`select ${lineSql} ${fromSql} where ${where} order by l.held_on desc, l.id limit 500`.execute(
    db(read),
  )
  return { sums: sums.rows[0] ?? none, items: items.rows }
}

async function abilitiesAt(read: Read, actor: Actor, held: StoredStudy): Promise<string[]> {
  const organizations = [held.organizationNo]
  const keeps = await allowsAll(read, actor, { permission: 'learning.hours.keep', organizations })
  const own = actor.personNo === held.personNo
  const changes = keeps || (own && held.kind === 'self_study' && held.state === 'submitted')
  const confirms =
    !own &&
    held.recordedBy !== actor.accountNo &&
    (await allowsAll(read, actor, { permission: 'learning.hours.confirm', organizations }))
  return studyLifecycle[held.state].filter((verb) => (verb === 'confirm' ? confirms : changes))
}

/** One record of being sent out or of self-study, with its revisions. */
export async function studyPageOf(read: Read, actor: Actor, id: string): Promise<StudyPage> {
  const held = await findStudy(read, id)
  if (!held) throw new Problem('learning.study_record_not_found')
  const { rows } = await sql<Pick<StudyPage, 'personId' | 'person' | 'organization' | 'recordedOn' | 'stateReason'>>`
    select p.id as "personId", p.name as person, coalesce(n.name, '') as organization, s.recorded_on as "recordedOn", s.state_reason as "stateReason"
    from learning.study_records s join directory.persons p on p.no = s.person_no
    left join directory.organization_names n on n.organization_no = s.organization_no and upper_inf(n.valid) where s.no = ${held.no}`.execute(
    db(read),
  )
  const [row] = rows
  if (!row) throw new Problem('learning.study_record_not_found')
  const revisions = await sql<{ revision: number; state: string; at: Date; by: string | null; reason: string | null }>`
    select r.revision, r.state, r.recorded_at as at, directory.account_name(r.recorded_by) as by, r.reason
    from learning.study_record_revisions r where r.record_no = ${held.no} order by r.revision`.execute(db(read))
  const { kind, state, revision, title, category, level, heldOn, hours, credited } = held
  return {
    ...row,
    id,
    kind,
    state,
    revision,
    title,
    category,
    level,
    heldOn,
    hours,
    credited,
    revisions: revisions.rows.map(({ at, by, ...each }) => ({ ...each, recordedAt: instantOf(at), by: by ?? '系统' })),
    abilities: await abilitiesAt(read, actor, held),
  }
}
