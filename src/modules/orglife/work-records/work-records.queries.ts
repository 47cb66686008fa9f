import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { servedBy, standingAbove, tagsDefined } from '../../rulebook/index.ts'
import { entryKinds } from '../entries/kinds.contract.ts'
import { expectedAt } from '../meetings/expected.queries.ts'
import { chosenOrganizations } from '../meetings/meeting-body.queries.ts'
import type { listWorkRecords, workRecordForm, WorkRecordLine, WorkRecordPage } from './work-records.contract.ts'
import { workRecordLifecycle } from './work-records.lifecycle.ts'
import { findWorkRecord, handsOf, type StoredWorkRecord } from './work-records.store.ts'

export type WorkRecordsAsked = z.output<(typeof listWorkRecords)['query']>

const db = (read: Read) => reading<'orglife' | 'directory' | 'rulebook' | 'kernel'>(read)

/** Late: recorded after the day by which some requirement that counts it wanted it. */
const lateSql = sql`(w.late_reason is not null or exists (select 1 from rulebook.evidence e join rulebook.requirements r on r.no = e.requirement_no
  join rulebook.periods p on p.no = e.period_no
  where e.record_kind = 'work-record' and e.record_no = w.no and e.recorded_on > p.ends + r.due_offset_days + r.grace_days))`

const gradeOf = sql`(select g.grade from orglife.work_record_grades g where g.record_no = w.no and g.tag = t.tag order by g.no desc limit 1)`
const titleIn = (list: RawBuilder<unknown>, code: RawBuilder<unknown>) =>
  sql`coalesce((select c ->> 'title' from jsonb_array_elements(${list}) c where c ->> 'code' = ${code}), ${code})`

const lineSql = sql`w.id, w.title, w.state, w.started_on as "startedOn", w.held_on as "heldOn", w.recorded_on as "recordedOn", ${lateSql} as late,
  jsonb_build_object('id', h.id, 'name', n.name) as organization, w.hours::float8 as hours, w.quantity,
  (select count(*) from orglife.work_record_organizations o where o.record_no = w.no)::int as together,
  (select count(*) from orglife.work_record_persons o where o.record_no = w.no)::int as persons,
  (select jsonb_agg(jsonb_build_object('code', t.tag, 'title', coalesce(k.title, t.tag), 'category', ${titleIn(sql`k.categories`, sql`t.category`)},
      'grade', ${titleIn(sql`k.grades`, gradeOf)}) order by k.no, t.tag)
    from orglife.work_record_tags t left join rulebook.tags k on k.code = t.tag where t.record_no = w.no) as tags`

const fromSql = sql`from orglife.work_records w join directory.organizations h on h.no = w.organization_no
  join directory.organization_names n on n.organization_no = h.no and upper_inf(n.valid)`

function filters(asked: WorkRecordsAsked): RawBuilder<unknown> {
  const graded = sql`exists (select 1 from orglife.work_record_grades g where g.record_no = w.no)`
  const parts = [
    asked.under === undefined
      ? null
      : sql`exists (select 1 from orglife.work_record_organizations o join directory.organization_ancestry a on a.organization_no = o.organization_no
          join directory.organizations u on u.no = a.ancestor_no where o.record_no = w.no and u.id = ${asked.under} and (upper_inf(a.valid) or a.valid @> w.held_on))`,
    asked.tag === undefined
      ? null
      : sql`exists (select 1 from orglife.work_record_tags t where t.record_no = w.no and t.tag = ${asked.tag})`,
    asked.state === undefined ? null : sql`w.state = ${asked.state}`,
    asked.from === undefined ? null : sql`w.held_on >= ${asked.from}::date`,
    asked.to === undefined ? null : sql`w.held_on <= ${asked.to}::date`,
    asked.late === undefined ? null : sql`${lateSql} = ${asked.late === 'yes'}`,
    asked.graded === undefined ? null : sql`${graded} = ${asked.graded === 'yes'}`,
    asked.text ? sql`(strpos(w.title, ${asked.text}) > 0 or strpos(n.name, ${asked.text}) > 0)` : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** Work records that the reader may see, one page; the cursor is the last record's id. */
export async function workRecordsAsked(
  read: Read,
  asked: WorkRecordsAsked,
): Promise<{ items: WorkRecordLine[]; next: string | null; total: number }> {
  const column = asked.sort.endsWith('heldOn') ? sql`w.held_on` : sql`w.recorded_on`
  const [direction, past] = asked.sort.startsWith('-') ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`]
  const beyond = asked.after
    ? sql`(${column}, w.no) ${past} (select ${column}, w.no from orglife.work_records w where w.id = ${asked.after})`
    : sql`true`
  const rows = await sql<WorkRecordLine>`select ${lineSql} ${fromSql} where ${filters(asked)} and ${beyond}
    order by ${column} ${direction}, w.no ${direction} limit ${asked.limit + 1}`.execute(db(read))
  const total = await sql<{ total: number }>`select count(*)::int as total ${fromSql} where ${filters(asked)}`.execute(db(read))
  const items = rows.rows.slice(0, asked.limit)
  return { items, next: rows.rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null, total: total.rows[0]?.total ?? 0 }
}

type PageRow = WorkRecordLine &
  Pick<
    WorkRecordPage,
    'content' | 'result' | 'place' | 'lateReason' | 'stateReason' | 'organizations' | 'people' | 'files' | 'links' | 'grades'
  >

const listed = (query: RawBuilder<unknown>) => sql`coalesce((select jsonb_agg(to_jsonb(t)) from (${query}) t), '[]')`

async function pageRow(read: Read, no: number): Promise<PageRow | undefined> {
  const rows =
    await sql<PageRow>`select ${lineSql}, w.content, w.result, w.place, w.late_reason as "lateReason", w.state_reason as "stateReason",
      ${listed(sql`select k.id, m.name from orglife.work_record_organizations o join directory.organizations k on k.no = o.organization_no
        join directory.organization_names m on m.organization_no = k.no and upper_inf(m.valid) where o.record_no = w.no order by k.no = w.organization_no desc, k.no`)} as organizations,
      ${listed(sql`select p.id as "personId", p.name from orglife.work_record_persons x join directory.persons p on p.no = x.person_no
        where x.record_no = w.no order by p.pinyin, p.no`)} as people,
      ${listed(sql`select f.id, f.name, f.bytes from orglife.work_record_files x join kernel.files f on f.no = x.file_no where x.record_no = w.no order by f.no`)} as files,
      ${listed(sql`select l.kind, l.linked_id as id, case l.kind when 'meeting' then (select m.title from orglife.meetings m where m.id = l.linked_id)
        else (select o.title from orglife.work_records o where o.id = l.linked_id) end as title
        from orglife.work_record_links l where l.record_no = w.no order by l.kind, l.linked_id`)} as links,
      ${listed(sql`select coalesce(k.title, g.tag) as tag, ${titleIn(sql`k.grades`, sql`g.grade`)} as grade, g.reason, g.graded_on as "on",
        coalesce(directory.account_name(g.graded_by), '系统') as by, g.revision < w.revision as "correctedSince"
        from orglife.work_record_grades g left join rulebook.tags k on k.code = g.tag where g.record_no = w.no order by g.no desc`)} as grades
    ${fromSql} where w.no = ${no}`.execute(db(read))
  return rows.rows[0]
}

async function revisionsOf(read: Read, no: number): Promise<WorkRecordPage['revisions']> {
  const rows = await sql<{ revision: number; state: string; at: Date; by: string | null; reason: string | null }>`
    select r.revision, r.state, r.recorded_at as at, directory.account_name(r.recorded_by) as by, r.reason
    from orglife.work_record_revisions r where r.record_no = ${no} order by r.revision`.execute(db(read))
  return rows.rows.map(({ at, by, ...row }) => ({ ...row, recordedAt: instantOf(at), by: by ?? '系统' }))
}

async function abilitiesAt(read: Read, actor: Actor, record: StoredWorkRecord): Promise<string[]> {
  const own = { correct: record.organizationNos, withdraw: record.organizationNos }
  const above = await standingAbove(read, record.organizationNos)
  const hands = await handsOf(read, record.no)
  const may: string[] = []
  for (const verb of Object.keys(workRecordLifecycle[record.state])) {
    const organizations = verb === 'confirm' ? above : own[verb as 'correct' | 'withdraw']
    const barred = verb === 'confirm' && (above.length === 0 || hands.includes(actor.accountNo))
    if (!barred && (await allowsAll(read, actor, { permission: `orglife.work_record.${verb}`, organizations }))) may.push(verb)
  }
  return may
}

/** Everything about one work record that the reader may see. */
export async function workRecordPageOf(read: Read, actor: Actor, id: string): Promise<WorkRecordPage> {
  const record = await findWorkRecord(read, id)
  const row = record && (await pageRow(read, record.no))
  if (!record || !row) throw new Problem('orglife.work_record_not_found')
  const served = await servedBy(read, { kind: 'work-record', no: record.no, heldOn: record.heldOn })
  return {
    ...row,
    revision: record.revision,
    revisions: await revisionsOf(read, record.no),
    serves: served.map(({ requirement, title, period, organization, reason }) => ({
      requirement,
      title,
      period,
      organization,
      reason,
    })),
    abilities: await abilitiesAt(read, actor, record),
  }
}

/** Tags of what has a kind of its own since: offered last, so that it is not entered in two places. */
const ownKinds = new Set(entryKinds.map(({ tag }) => tag))

/** What the form begins with: tags (those usual for this kind of organization first), the people, today. */
export async function workRecordFormOf(
  read: Read,
  organizationId: string,
  today: string,
): Promise<z.output<(typeof workRecordForm)['reply']>> {
  const [organization] = await chosenOrganizations(read, [organizationId])
  if (!organization) throw new RangeError('no organization asked')
  const tags = (await tagsDefined(read)).map((tag) => ({
    ...tag,
    usual: (tag.kinds.length === 0 || tag.kinds.includes(organization.kind)) && !ownKinds.has(tag.code),
  }))
  const people = await expectedAt(read, [organization.no], today)
  return {
    organization: { id: organization.id, name: organization.name },
    heldOn: today,
    tags: [...tags.filter((tag) => tag.usual), ...tags.filter((tag) => !tag.usual)],
    people: people.map(({ personId, name }) => ({ personId, name })),
  }
}
