import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { servedBy } from '../../rulebook/index.ts'
import type { EntriesAsked, EntryLine, EntryPage } from './entry-endpoints.contract.ts'
import type { EntryKind } from './entry-kind.contract.ts'
import { entryLifecycle } from './entries.lifecycle.ts'
import { findEntry, type StoredEntry } from './entries.store.ts'

const db = (read: Read) => reading<'orglife' | 'directory' | 'rulebook' | 'kernel'>(read)

/** Late: recorded after the day by which some requirement that counts it wanted it. */
const lateSql = sql`(e.late_reason is not null or exists (select 1 from rulebook.evidence v join rulebook.requirements r on r.no = v.requirement_no
  join rulebook.periods p on p.no = v.period_no
  where v.record_kind = e.kind and v.record_no = e.no and v.recorded_on > p.ends + r.due_offset_days + r.grace_days))`

const lineSql = sql`e.id, e.title, e.state, e.held_on as "heldOn", e.recorded_on as "recordedOn", ${lateSql} as late, e.place, e.content,
  jsonb_build_object('id', h.id, 'name', n.name) as organization,
  (select count(*) from orglife.entry_organizations o where o.entry_no = e.no)::int as together,
  (select count(distinct p.person_no) from orglife.entry_persons p where p.entry_no = e.no)::int as persons`

const fromSql = sql`from orglife.entries e join directory.organizations h on h.no = e.organization_no
  join directory.organization_names n on n.organization_no = h.no and upper_inf(n.valid)`

function filters(kind: EntryKind, asked: EntriesAsked): RawBuilder<unknown> {
  const parts = [
    sql`e.kind = ${kind.code}`,
    asked.under === undefined
      ? null
      : sql`exists (select 1 from orglife.entry_organizations o join directory.organization_ancestry a on a.organization_no = o.organization_no
          join directory.organizations u on u.no = a.ancestor_no where o.entry_no = e.no and u.id = ${asked.under} and (upper_inf(a.valid) or a.valid @> e.held_on))`,
    asked.person === undefined
      ? null
      : sql`exists (select 1 from orglife.entry_persons x join directory.persons p on p.no = x.person_no where x.entry_no = e.no and p.id = ${asked.person})`,
    asked.label === undefined ? null : sql`${asked.label} = any (e.labels)`,
    asked.state === undefined ? null : sql`e.state = ${asked.state}`,
    asked.from === undefined ? null : sql`e.held_on >= ${asked.from}::date`,
    asked.to === undefined ? null : sql`e.held_on <= ${asked.to}::date`,
    asked.late === undefined ? null : sql`${lateSql} = ${asked.late === 'yes'}`,
    asked.text ? sql`(strpos(e.title, ${asked.text}) > 0 or strpos(n.name, ${asked.text}) > 0)` : null,
  ].filter((part) => part !== null)
  return sql.join(parts, sql` and `)
}

/** Entries of a kind that the reader may see, one page; the cursor is the last entry's id. */
export async function entriesAsked(
  read: Read,
  kind: EntryKind,
  asked: EntriesAsked,
): Promise<{ items: EntryLine[]; next: string | null; total: number }> {
  const column = asked.sort.endsWith('heldOn') ? sql`e.held_on` : sql`e.recorded_on`
  const [direction, past] = asked.sort.startsWith('-') ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`]
  const beyond = asked.after
    ? sql`(${column}, e.no) ${past} (select ${column}, e.no from orglife.entries e where e.id = ${asked.after})`
    : sql`true`
  const { rows } = await sql<EntryLine>`select ${lineSql} ${fromSql} where ${filters(kind, asked)} and ${beyond}
    order by ${column} ${direction}, e.no ${direction} limit ${asked.limit + 1}`.execute(db(read))
  const count = await sql<{ total: number }>`select count(*)::int as total ${fromSql} where ${filters(kind, asked)}`.execute(
    db(read),
  )
  const items = rows.slice(0, asked.limit)
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null, total: count.rows[0]?.total ?? 0 }
}

const listed = (query: RawBuilder<unknown>) => sql`coalesce((select jsonb_agg(to_jsonb(t)) from (${query}) t), '[]')`

type PageRow = EntryLine & Pick<EntryPage, 'lateReason' | 'stateReason' | 'organizations' | 'people' | 'files'>

async function pageRow(read: Read, no: number): Promise<PageRow | undefined> {
  const { rows } = await sql<PageRow>`select ${lineSql}, e.late_reason as "lateReason", e.state_reason as "stateReason",
      ${listed(sql`select k.id, m.name from orglife.entry_organizations o join directory.organizations k on k.no = o.organization_no
        join directory.organization_names m on m.organization_no = k.no and upper_inf(m.valid) where o.entry_no = e.no
        order by k.no = e.organization_no desc, k.no`)} as organizations,
      ${listed(sql`select p.id as "personId", p.name, x.role from orglife.entry_persons x join directory.persons p on p.no = x.person_no
        where x.entry_no = e.no order by x.role, p.pinyin, p.no`)} as people,
      ${listed(sql`select f.id, f.name, f.bytes from orglife.entry_files x join kernel.files f on f.no = x.file_no where x.entry_no = e.no order by f.no`)} as files
    ${fromSql} where e.no = ${no}`.execute(db(read))
  return rows[0]
}

async function revisionsOf(read: Read, no: number): Promise<EntryPage['revisions']> {
  const { rows } = await sql<{ revision: number; state: string; at: Date; by: string | null; reason: string | null }>`
    select r.revision, r.state, r.recorded_at as at, directory.account_name(r.recorded_by) as by, r.reason
    from orglife.entry_revisions r where r.entry_no = ${no} order by r.revision`.execute(db(read))
  return rows.map(({ at, by, ...row }) => ({ ...row, recordedAt: instantOf(at), by: by ?? '系统' }))
}

async function abilitiesAt(
  read: Read,
  { kind, actor, entry }: { kind: EntryKind; actor: Actor; entry: StoredEntry },
): Promise<string[]> {
  const may: string[] = []
  for (const verb of Object.keys(entryLifecycle[entry.state])) {
    const asked = { permission: `${kind.permission}.${verb}`, organizations: entry.organizationNos }
    if (entry.organizationNos.length > 0 && (await allowsAll(read, actor, asked))) may.push(verb)
  }
  return may
}

/** Everything about one entry that the reader may see. */
export async function entryPageOf(read: Read, asked: { kind: EntryKind; actor: Actor; id: string }): Promise<EntryPage> {
  const { kind, actor, id } = asked
  const entry = await findEntry(read, kind, id)
  const row = entry && (await pageRow(read, entry.no))
  if (!entry || !row) throw new Problem('orglife.entry_not_found')
  const served = await servedBy(read, { kind: kind.code, no: entry.no, heldOn: entry.heldOn })
  return {
    ...row,
    revision: entry.revision,
    revisions: await revisionsOf(read, entry.no),
    serves: served.map(({ requirement, title, period, organization, reason }) => ({
      requirement,
      title,
      period,
      organization,
      reason,
    })),
    abilities: await abilitiesAt(read, { kind, actor, entry }),
  }
}
