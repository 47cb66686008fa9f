import { type RawBuilder, sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { EscalatedLine, EscalationRules } from './escalation.contract.ts'

const none: EscalationRules = {
  days: { case: null, task: null, problem: null, yellow_card: null },
  evenInQuiet: false,
  setOn: null,
  reason: null,
}

/** The rules that hold now; without any nothing goes up. */
export async function rulesNow(read: Read): Promise<EscalationRules> {
  const { rows } = await sql<EscalationRules>`select days, even_in_quiet as "evenInQuiet", reason,
      (set_at at time zone 'Asia/Shanghai')::date as "setOn" from supervision.escalation_rules order by no desc limit 1`.execute(
    reading<'supervision'>(read),
  )
  return rows[0] ?? none
}

export async function insertRules(
  work: Work,
  set: Pick<EscalationRules, 'days' | 'evenInQuiet'> & { organizationNo: number; reason: string },
): Promise<void> {
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.escalation_rules')
    .values({
      organization_no: set.organizationNo,
      days: JSON.stringify(set.days),
      even_in_quiet: set.evenInQuiet,
      reason: set.reason,
      set_at: work.now,
      set_by: work.actor.accountNo,
    })
    .execute()
}

interface Line {
  readonly table: RawBuilder<unknown>
  readonly steps: RawBuilder<unknown>
  /** The condition that ties a step `s` to an item `i`. */
  readonly of: RawBuilder<boolean>
  /** The item lies with whoever is to act, and waits on nobody above. */
  readonly open: RawBuilder<boolean>
  readonly title: RawBuilder<string>
  readonly owner: RawBuilder<unknown>
}

const records = (kind: string) => ({
  steps: sql`supervision.record_steps`,
  of: sql<boolean>`s.kind = ${kind} and s.record_no = i.no`,
})
const lines: Readonly<Record<EscalatedLine, Line>> = {
  case: {
    table: sql`supervision.cases`,
    steps: sql`supervision.case_steps`,
    of: sql<boolean>`s.case_no = i.no`,
    open: sql<boolean>`i.state in ('reminded', 'supervised') and i.waiting_since is null`,
    title: sql`i.title`,
    owner: sql`i.owner_no`,
  },
  task: {
    table: sql`supervision.tasks`,
    steps: sql`supervision.task_steps`,
    of: sql<boolean>`s.task_no = i.no`,
    open: sql<boolean>`i.state = 'assigned' and i.waiting_since is null`,
    title: sql`i.title`,
    owner: sql`i.owner_no`,
  },
  problem: {
    table: sql`supervision.problems`,
    ...records('problem'),
    open: sql<boolean>`i.state = 'rectifying'`,
    title: sql`i.title`,
    owner: sql`i.owner_no`,
  },
  yellow_card: {
    table: sql`supervision.yellow_cards`,
    ...records('yellow_card'),
    open: sql<boolean>`i.state = 'in_force' and exists (select 1 from supervision.yellow_card_items w where w.card_no = i.no and w.state = 'open')`,
    title: sql`left(i.grounds, 60)`,
    owner: sql`null::bigint`,
  },
}

/** An item whose last step is a reminder nobody answered, and who is next. */
export interface Unanswered {
  readonly no: number
  readonly id: string
  readonly title: string
  readonly revision: number
  readonly state: string
  readonly level: number
  readonly persons: readonly number[]
}

const most = 500

/**
 * Items of a line whose last step is a reminder, an urging or an escalation of so many days ago, with the next responsible of the
 * unit: direct responsibility first, then first responsibility. Any other step since, by whomever, is an answer.
 */
export async function unanswered(
  read: Read,
  name: EscalatedLine,
  { days, today }: { days: number; today: CivilDate },
): Promise<Unanswered[]> {
  const line = lines[name]
  const { rows } = await sql<Unanswered>`select i.no, i.id, ${line.title} as title, i.revision, i.state, next.level, next.persons
    from ${line.table} i join ${line.steps} s on ${line.of} and s.revision = i.revision and s.action in ('remind', 'urge', 'escalate')
    join lateral (
      select d.level, array_agg(r.person_no) as persons
      from directory.responsibilities r join (values ('direct', 1), ('first', 2)) d (duty, level) on d.duty = r.duty
      where r.valid @> ${today}::date and d.level > coalesce((s.body->>'level')::int, 0) and r.person_no is distinct from ${line.owner}
        and r.organization_no = (select a.ancestor_no from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no and u.kind = 'unit'
          where a.organization_no = i.organization_no and upper_inf(a.valid) order by a.depth limit 1)
      group by d.level order by d.level limit 1) next on true
    where ${line.open} and (s.acted_at at time zone 'Asia/Shanghai')::date + ${days}::int <= ${today}::date order by i.no limit ${most}`.execute(
    reading<'supervision' | 'directory'>(read),
  )
  return rows
}

export interface Raised {
  readonly said: { readonly level: number; readonly escalatedTo: string }
  readonly reason: string
  readonly today: CivilDate
  readonly at: Date
}

/** Writes the step if the item still stands where it was read. False when somebody was faster. */
export async function writeEscalation(
  tx: Tx,
  name: EscalatedLine,
  { item, raised }: { item: Unanswered; raised: Raised },
): Promise<boolean> {
  const revision = item.revision + 1
  const db = writing<'supervision'>(tx)
  const { rows } = await sql`update ${lines[name].table} i set revision = ${revision}
    where i.no = ${item.no} and i.revision = ${item.revision} and i.state = ${item.state} returning i.no`.execute(db)
  if (rows.length === 0) return false
  const step = {
    revision,
    action: 'escalate',
    state: item.state,
    body: JSON.stringify(raised.said),
    reason: raised.reason,
    acted_at: raised.at,
    acted_by: 0,
  }
  if (name === 'case')
    await db
      .insertInto('supervision.case_steps')
      .values({ ...step, case_no: item.no })
      .execute()
  else if (name === 'task')
    await db
      .insertInto('supervision.task_steps')
      .values({ ...step, task_no: item.no, acted_on: raised.today })
      .execute()
  else
    await db
      .insertInto('supervision.record_steps')
      .values({ ...step, kind: name, record_no: item.no, signed_as: '系统' })
      .execute()
  return true
}
