import { sql } from 'kysely'
import { keptPlan } from '../../../kernel/database/kept-plans.ts'
import { asEngine, reading, type Tx } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { StatusChange } from '../../rulebook/index.ts'
import { followerOf } from './case-owner.queries.ts'
import { becameMissed, proposalTitle } from './proposals.rules.ts'

interface Missed {
  readonly requirement_no: number
  readonly requirement_code: string
  readonly requirement: string
  readonly period_no: number
  readonly period: string
  readonly subject_kind: string
  readonly subject_no: number
  readonly organization_no: number
  readonly organization: string
  readonly status: number
}

/** The missed ones among the changes that are hard duties and have no case yet, with their names. */
async function hardAndNew(tx: Tx, changes: readonly StatusChange[]): Promise<Missed[]> {
  const { rows } =
    await sql<Missed>`${keptPlan}select r.no as requirement_no, r.code as requirement_code, r.title as requirement, p.no as period_no,
      p.name as period, m."subjectKind" as subject_kind, m."subjectNo" as subject_no, o.no as organization_no, o.name as organization, m.after as status
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as m ("requirementNo" int, "periodNo" int, "subjectKind" "char", "subjectNo" bigint,
      "organizationNo" bigint, after int)
    join rulebook.requirements r on r.no = m."requirementNo" and r.strength = 'hard'
    join rulebook.periods p on p.no = m."periodNo"
    join directory.organizations_now o on o.no = m."organizationNo"
    where not exists (select 1 from supervision.cases c where c.source = 'obligation' and c.requirement_no = m."requirementNo"
      and c.period_no = m."periodNo" and c.subject_kind = m."subjectKind" and c.subject_no = m."subjectNo" and c.organization_no = m."organizationNo")`.execute(
      reading<'supervision' | 'rulebook' | 'directory'>(tx),
    )
  return rows
}

/**
 * Proposes a case for every hard duty that became missed: two statements, however many. What has a case already keeps it, whatever
 * its state, so that a correction that makes it missed again doubles nothing. Answers how many were proposed.
 */
export async function proposeCases(tx: Tx, reported: { changes: readonly StatusChange[]; at: Date }): Promise<number> {
  const missed = reported.changes.filter(becameMissed)
  if (missed.length === 0) return 0
  return asEngine(tx, async () => {
    const proposals = (await hardAndNew(tx, missed)).map((one) => ({
      ...one,
      id: newId('cas'),
      title: proposalTitle(one),
    }))
    if (proposals.length === 0) return 0
    const { rows } = await sql<{ proposed: number }>`with entered as (
        insert into supervision.cases (id, revision, state, organization_no, opened_by_organization_no, title, source, requirement_code,
          requirement_no, period_no, period, subject_kind, subject_no, proposed_at)
        select n.id, 1, 'proposed', n.organization_no, ${followerOf}, n.title, 'obligation', n.requirement_code, n.requirement_no, n.period_no,
          n.period, n.subject_kind, n.subject_no, ${reported.at}
        from jsonb_to_recordset(${JSON.stringify(proposals)}::jsonb) as n (id text, title text, organization_no bigint, requirement_code text,
          requirement_no int, period_no int, period text, subject_kind "char", subject_no bigint)
        join directory.organizations o on o.no = n.organization_no
        on conflict (requirement_no, period_no, subject_kind, subject_no, organization_no) where source = 'obligation' do nothing
        returning no),
      steps as (
        insert into supervision.case_steps (case_no, revision, action, state, body, acted_at, acted_by)
        select no, 1, 'propose', 'proposed', '{}', ${reported.at}, 0 from entered)
      select count(*)::int as proposed from entered`.execute(reading<'supervision'>(tx))
    return rows[0]?.proposed ?? 0
  })
}

/** The same for everything that stands missed by now with a due date from a day on: after a rebuild, which reports no changes. */
export async function proposeStanding(tx: Tx, reported: { dueFrom: CivilDate; at: Date }): Promise<number> {
  return asEngine(tx, async () => {
    const { rows } =
      await sql<StatusChange>`select b.requirement_no as "requirementNo", b.subject_kind as "subjectKind", b.subject_no as "subjectNo",
        b.organization_no as "organizationNo", b.period_no as "periodNo", null as before, b.status::int as after
      from rulebook.obligations b join rulebook.requirements r on r.no = b.requirement_no and r.strength = 'hard'
      where b.status in (3, 4) and b.due_on >= ${reported.dueFrom}::date`.execute(reading<'rulebook'>(tx))
    return proposeCases(tx, { changes: rows, at: reported.at })
  })
}

/**
 * Proposes a case for every task that is overdue on a day, once for each day that it promised: waiting above is not counted, people decide.
 * Answers how many were proposed.
 */
export async function proposeOverdueTasks(tx: Tx, on: { today: CivilDate; at: Date }): Promise<number> {
  return asEngine(tx, async () => {
    const { rows: late } = await sql<{ no: number }>`select t.no from supervision.tasks t
      where t.state = 'assigned' and t.due_on + t.waited_days < ${on.today}::date
        and not exists (select 1 from supervision.cases c where c.source = 'task' and c.task_no = t.no and c.task_due_on = t.due_on)`.execute(
      reading<'supervision'>(tx),
    )
    if (late.length === 0) return 0
    const named = late.map(({ no }) => ({ no, id: newId('cas') }))
    const { rows } = await sql<{ proposed: number }>`with entered as (
        insert into supervision.cases (id, revision, state, organization_no, opened_by_organization_no, title, source, task_no, task_due_on,
          owner_no, proposed_at)
        select n.id, 1, 'proposed', t.organization_no, t.given_by_no, left('任务超期：' || t.title, 100), 'task', t.no, t.due_on, t.owner_no, ${on.at}
        from jsonb_to_recordset(${JSON.stringify(named)}::jsonb) as n (no bigint, id text) join supervision.tasks t on t.no = n.no
        on conflict (task_no, task_due_on) where source = 'task' do nothing returning no, task_no),
      steps as (
        insert into supervision.case_steps (case_no, revision, action, state, body, reason, acted_at, acted_by)
        select e.no, 1, 'propose', 'proposed', '{}', '任务“' || t.title || '”的时限是' || to_char(t.due_on, 'YYYY"年"FMMM"月"FMDD"日"')
          || '，到期没有报告办理结果。完成标准：' || t.criterion, ${on.at}, 0
        from entered e join supervision.tasks t on t.no = e.task_no)
      select count(*)::int as proposed from entered`.execute(reading<'supervision'>(tx))
    return rows[0]?.proposed ?? 0
  })
}
