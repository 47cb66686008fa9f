import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { holds } from '../../../kernel/access/permissions.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { servedBy } from '../../rulebook/index.ts'
import type { ClassLine, ClassPage, listClasses } from './classes.contract.ts'
import { classLifecycle } from './classes.lifecycle.ts'
import { findClass, type StoredClass } from './classes.store.ts'

export type ClassesAsked = z.output<(typeof listClasses)['query']>

const db = (read: Read) => reading<'learning' | 'directory' | 'rulebook'>(read)

const lineSql = sql`c.id, c.title, c.state, jsonb_build_object('id', h.id, 'name', n.name) as organization, c.target_group as "targetGroup",
  c.starts_on as "startsOn", c.ends_on as "endsOn", c.hours::float8 as hours, c.theory_hours::float8 as "theoryHours",
  c.theory_hours * 10 >= c.hours * 7 as "theoryMet", c.seats, c.recorded_on as "recordedOn", c.late_reason is not null as late,
  (select count(*) from learning.participants p where p.class_no = c.no)::int as participants`

const fromSql = sql`from learning.classes c join directory.organizations h on h.no = c.organization_no
  join directory.organization_names n on n.organization_no = h.no and upper_inf(n.valid)`

function filters(asked: ClassesAsked): RawBuilder<unknown> {
  const parts = [
    asked.under === undefined
      ? null
      : sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
          where a.organization_no = c.organization_no and u.id = ${asked.under} and (upper_inf(a.valid) or a.valid @> c.ends_on))`,
    asked.state === undefined ? null : sql`c.state = ${asked.state}`,
    asked.targetGroup === undefined ? null : sql`c.target_group = ${asked.targetGroup}`,
    asked.theory === undefined ? null : sql`(c.theory_hours * 10 >= c.hours * 7) = ${asked.theory === 'met'}`,
    asked.from === undefined ? null : sql`c.ends_on >= ${asked.from}::date`,
    asked.to === undefined ? null : sql`c.starts_on <= ${asked.to}::date`,
    asked.text ? sql`(strpos(c.title, ${asked.text}) > 0 or strpos(n.name, ${asked.text}) > 0)` : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** Classes that the reader may see, the latest first; the cursor is the last one's id. */
export async function classesAsked(
  read: Read,
  asked: ClassesAsked,
): Promise<{ items: ClassLine[]; next: string | null; total: number }> {
  const beyond = asked.after
    ? sql`(c.ends_on, c.no) < (select c.ends_on, c.no from learning.classes c where c.id = ${asked.after})`
    : sql`true`
  const rows = await sql<ClassLine>`select ${lineSql} ${fromSql} where ${filters(asked)} and ${beyond}
    order by c.ends_on desc, c.no desc limit ${asked.limit + 1}`.execute(db(read))
  const total = await sql<{ total: number }>`select count(*)::int as total ${fromSql} where ${filters(asked)}`.execute(db(read))
  const items = rows.rows.slice(0, asked.limit)
  return { items, next: rows.rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null, total: total.rows[0]?.total ?? 0 }
}

export interface Reader {
  readonly actor: Actor
  readonly today: CivilDate
}

type PageRow = ClassLine &
  Pick<
    ClassPage,
    'offDuty' | 'registersUntil' | 'plan' | 'waiting' | 'exceptionReason' | 'lateReason' | 'stateReason' | 'sessions' | 'people'
  >

const listed = (query: RawBuilder<unknown>) => sql`coalesce((select jsonb_agg(to_jsonb(t)) from (${query}) t), '[]')`

async function pageRow(read: Read, no: number): Promise<PageRow | undefined> {
  const { rows } = await sql<PageRow>`select ${lineSql}, c.off_duty as "offDuty", c.exception_reason as "exceptionReason",
      c.registers_until as "registersUntil", (select jsonb_build_object('id', l.id, 'title', l.title, 'item', c.plan_item) from learning.plans l where l.no = c.plan_no) as plan,
      ${listed(sql`select p.id as "personId", p.name, coalesce(m.name, '') as organization from learning.waiting w
        join directory.persons p on p.no = w.person_no left join directory.organization_names m on m.organization_no = w.organization_no and upper_inf(m.valid)
        where w.class_no = c.no order by w.no`)} as waiting,
      c.late_reason as "lateReason", c.state_reason as "stateReason",
      ${listed(sql`select s.title, s.held_on as "heldOn", s.hours::float8 as hours, s.category, k.title as "categoryTitle", k.political_theory as theory,
        s.teacher, s.place from learning.class_sessions s join learning.categories k on k.code = s.category where s.class_no = c.no order by s.position`)} as sessions,
      ${listed(sql`select p.id as "personId", p.name, coalesce(m.name, '') as organization, x.hours::float8 as hours,
        coalesce((select jsonb_agg(jsonb_build_object('session', a.position, 'reason', a.reason) order by a.position) from learning.absences a
          where a.class_no = x.class_no and a.person_no = x.person_no), '[]') as missed
        from learning.participants x join directory.persons p on p.no = x.person_no
        left join directory.organization_names m on m.organization_no = x.organization_no and upper_inf(m.valid)
        where x.class_no = c.no order by p.pinyin, p.no`)} as people
    ${fromSql} where c.no = ${no}`.execute(db(read))
  return rows[0]
}

async function revisionsOf(read: Read, no: number): Promise<ClassPage['revisions']> {
  const rows = await sql<{ revision: number; state: string; at: Date; by: string | null; reason: string | null }>`
    select r.revision, r.state, r.recorded_at as at, directory.account_name(r.recorded_by) as by, r.reason
    from learning.class_revisions r where r.class_no = ${no} order by r.revision`.execute(db(read))
  return rows.rows.map(({ at, by, ...row }) => ({ ...row, recordedAt: instantOf(at), by: by ?? '系统' }))
}

async function abilitiesAt(read: Read, { actor, today }: Reader, held: StoredClass): Promise<string[]> {
  const may: string[] = []
  for (const verb of Object.keys(classLifecycle[held.state]))
    if (await allowsAll(read, actor, { permission: `learning.class.${verb}`, organizations: [held.organizationNo] }))
      may.push(verb)
  const open = held.state === 'planned' && held.registersUntil !== null && held.registersUntil >= today
  if (open && holds(actor, 'learning.class.enrol')) may.push('enrol')
  return may
}

/** Everything about one class that the reader may see; participants of other units only for whoever holds it and those above. */
export async function classPageOf(read: Read, reader: Reader, id: string): Promise<ClassPage> {
  const held = await findClass(read, id)
  const row = held && (await pageRow(read, held.no))
  if (!held || !row) throw new Problem('learning.class_not_found')
  const abilities = await abilitiesAt(read, reader, held)
  const served = abilities.length > 0 ? await servedBy(read, { kind: 'training-class', no: held.no, heldOn: held.endsOn }) : []
  return {
    ...row,
    revision: held.revision,
    revisions: await revisionsOf(read, held.no),
    serves: served.map(({ requirement, title, period, organization, reason }) => ({
      requirement,
      title,
      period,
      organization,
      reason,
    })),
    abilities,
  }
}
