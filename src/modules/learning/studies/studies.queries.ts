import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { everyAudience } from './audience.queries.ts'
import type { listStudyPlans, StudyPlanLine, StudyPlanPage, StudyUnit } from './studies.contract.ts'
import { studyPlanLifecycle } from './studies.lifecycle.ts'
import { findStudyPlan } from './studies.store.ts'
import { findUnit } from './units.store.ts'

const db = (read: Read) => reading<'learning' | 'directory'>(read)

interface Reader {
  readonly actor: Actor
  readonly today: CivilDate
}

const lineSql = ({
  actor,
  today,
}: Reader) => sql`l.id, l.title, l.state, jsonb_build_object('id', o.id, 'name', n.name) as organization,
  l.year, l.topic, l.audience, (select count(*) from learning.study_units u where u.plan_no = l.no and not u.removed)::int as units,
  exists (select 1 from (${everyAudience(sql`l.audience`, sql`${today}::date`)}) x join directory.organization_ancestry a
    on a.organization_no = x.organization_no and a.ancestor_no = l.organization_no and upper_inf(a.valid)
    where x.person_no = ${actor.personNo}::bigint) as "forMe",
  (select count(*) from learning.study_done d join learning.study_units u on u.no = d.unit_no and not u.removed
    where u.plan_no = l.no and d.person_no = ${actor.personNo}::bigint)::int as "doneByMe"`
const fromSql = sql`from learning.study_plans l join directory.organizations o on o.no = l.organization_no
  join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)`

type Asked = z.output<(typeof listStudyPlans)['query']>

function filters(asked: Asked): RawBuilder<unknown> {
  const parts = [
    asked.year === undefined ? null : sql`l.year = ${asked.year}`,
    asked.topic === undefined ? null : sql`l.topic = ${asked.topic}`,
    asked.state === undefined ? null : sql`l.state = ${asked.state}`,
    asked.under === undefined
      ? null
      : sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
          where a.organization_no = l.organization_no and u.id = ${asked.under} and upper_inf(a.valid))`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** Plans given to the reader or laid out in the reader's scope, the latest year first; the cursor is the last one's id. */
export async function studyPlansAsked(read: Read, reader: Reader, asked: Asked) {
  const beyond = asked.after
    ? sql`(l.year, l.no) < (select b.year, b.no from learning.study_plans b where b.id = ${asked.after})`
    : sql`true`
  const { rows } = await sql<StudyPlanLine>`select ${lineSql(reader)} ${fromSql} where ${filters(asked)} and ${beyond}
    order by l.year desc, l.no desc limit ${asked.limit + 1}`.execute(db(read))
  const total = await sql<{ total: number }>`select count(*)::int as total ${fromSql} where ${filters(asked)}`.execute(db(read))
  const items = rows.slice(0, asked.limit)
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null, total: total.rows[0]?.total ?? 0 }
}

const unitSql = (
  actor: Actor,
) => sql`select u.id, u.title, u.material, u.by_day as "byDay", u.asked, u.right_share::float8 as "rightShare",
    (select count(*) from learning.study_questions q where q.unit_no = u.no)::int as questions,
    (select d.done_on from learning.study_done d where d.unit_no = u.no and d.person_no = ${actor.personNo}::bigint) as "doneOn"
  from learning.study_units u`

/** One plan with its units and what the reader is done with. */
export async function studyPlanPageOf(read: Read, reader: Reader, id: string): Promise<StudyPlanPage> {
  const held = await findStudyPlan(read, id)
  type Row = Omit<StudyPlanLine, 'units'> & Pick<StudyPlanPage, 'note' | 'stateReason'>
  const { rows } =
    await sql<Row>`select ${lineSql(reader)}, l.note, l.state_reason as "stateReason" ${fromSql} where l.id = ${id}`.execute(
      db(read),
    )
  const [row] = rows
  if (!held || !row) throw new Problem('learning.study_plan_not_found')
  const units =
    await sql<StudyUnit>`${unitSql(reader.actor)} where u.plan_no = ${held.no} and not u.removed order by u.position`.execute(
      db(read),
    )
  const asked = { permission: 'learning.study.correct', organizations: [held.organizationNo] }
  const keeps = await allowsAll(read, reader.actor, asked)
  const may = Object.keys(studyPlanLifecycle[held.state]).filter((verb) =>
    verb === 'test' ? reader.actor.personNo !== null : keeps,
  )
  return { ...row, revision: held.revision, units: units.rows, abilities: may }
}

/** The questions of a self-test, drawn anew each time, without what is right. */
export async function testOf(read: Read, { actor }: Reader, id: string) {
  const held = await findUnit(read, id)
  if (!held) throw new Problem('learning.study_unit_not_found')
  const unit = await sql<StudyUnit>`${unitSql(actor)} where u.no = ${held.no}`.execute(db(read))
  const questions = await sql<{ id: string; kind: 'single' | 'multiple' | 'true_false'; text: string; options: string[] }>`
    select id, kind, text, options from learning.study_questions where unit_no = ${held.no} order by random() limit ${held.asked}`.execute(
    db(read),
  )
  const [row] = unit.rows
  if (!row) throw new Problem('learning.study_unit_not_found')
  return { unit: row, plan: { id: held.planId, title: held.planTitle }, questions: questions.rows }
}
