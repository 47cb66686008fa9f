import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { listReading, ReadingLine, ReadingPage } from './reading.contract.ts'
import { findList } from './reading.store.ts'

const db = (read: Read) => reading<'learning' | 'directory'>(read)

const lineSql = sql`l.id, l.title, l.state, jsonb_build_object('id', o.id, 'name', n.name) as organization, l.issued_on as "issuedOn",
  l.recorded_on as "recordedOn", (select coalesce(jsonb_agg(distinct b.category), '[]') from learning.reading_books b where b.list_no = l.no) as categories,
  (select count(*) from learning.reading_books b where b.list_no = l.no)::int as books`
const fromSql = sql`from learning.reading_lists l join directory.organizations o on o.no = l.organization_no
  join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)`

type Asked = z.output<(typeof listReading)['query']>

function filters(asked: Asked): RawBuilder<unknown> {
  const parts = [
    asked.year === undefined ? null : sql`extract(year from l.issued_on) = ${asked.year}::int`,
    asked.state === undefined ? null : sql`l.state = ${asked.state}`,
    asked.category === undefined
      ? null
      : sql`exists (select 1 from learning.reading_books b where b.list_no = l.no and b.category = ${asked.category})`,
    asked.text
      ? sql`(strpos(l.title, ${asked.text}) > 0 or exists (select 1 from learning.reading_books b where b.list_no = l.no and strpos(b.title, ${asked.text}) > 0))`
      : null,
    asked.under === undefined
      ? null
      : sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
          where a.organization_no = l.organization_no and u.id = ${asked.under} and upper_inf(a.valid))`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** Instalments given to the reader or by those in the reader's scope, the latest first; the cursor is the last one's id. */
export async function readingAsked(read: Read, asked: Asked) {
  const beyond = asked.after
    ? sql`(l.issued_on, l.no) < (select b.issued_on, b.no from learning.reading_lists b where b.id = ${asked.after})`
    : sql`true`
  const { rows } = await sql<ReadingLine>`select ${lineSql} ${fromSql} where ${filters(asked)} and ${beyond}
    order by l.issued_on desc, l.no desc limit ${asked.limit + 1}`.execute(db(read))
  const total = await sql<{ total: number }>`select count(*)::int as total ${fromSql} where ${filters(asked)}`.execute(db(read))
  const items = rows.slice(0, asked.limit)
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null, total: total.rows[0]?.total ?? 0 }
}

async function notesOf(read: Read, listNo: number, actor: Actor): Promise<ReadingPage['notes']> {
  const { rows } = await sql<
    ReadingPage['notes'][number]
  >`select r.id, p.name as author, r.person_no = ${actor.personNo}::bigint is true as own, r.text,
      to_char(r.shared_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "sharedOn"
    from learning.reading_notes r join directory.persons p on p.no = r.person_no
    where r.list_no = ${listNo} and r.state = 'shared' order by r.no desc limit 200`.execute(db(read))
  return rows
}

/** One instalment with its books and with what the reader's branch shares about it. */
export async function readingPageOf(read: Read, actor: Actor, id: string): Promise<ReadingPage> {
  const held = await findList(read, id)
  type Row = Omit<ReadingPage, 'revision' | 'notes' | 'abilities'>
  const { rows } = await sql<Row>`select ${lineSql}, l.note, l.state_reason as "stateReason",
      (select jsonb_agg(jsonb_build_object('category', b.category, 'title', b.title, 'author', b.author, 'remark', b.remark) order by b.position)
        from learning.reading_books b where b.list_no = l.no) as books ${fromSql} where l.id = ${id}`.execute(db(read))
  const [row] = rows
  if (!held || !row) throw new Problem('learning.reading_list_not_found')
  const may = async (permission: string) => allowsAll(read, actor, { permission, organizations: [held.organizationNo] })
  const keeps = held.state === 'recommended' && (await may('learning.reading.correct'))
  const shares = held.state === 'recommended' && actor.personNo !== null
  return {
    ...row,
    revision: held.revision,
    notes: await notesOf(read, held.no, actor),
    abilities: [...(keeps ? ['correct', 'withdraw'] : []), ...(shares ? ['share'] : [])],
  }
}
