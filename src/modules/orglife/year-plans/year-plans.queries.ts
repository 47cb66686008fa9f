import { sql } from 'kysely'
import { allowsAll } from '../../../kernel/actions/action.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { offsetOf, offsetPage } from '../../../kernel/http/offset-page.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import type { MeetingKind } from '../meetings/meetings.contract.ts'
import type { YearPlanItem, YearPlanLine, YearPlanPage } from './year-plans.contract.ts'
import { type YearPlanAction, yearPlanLifecycle, type YearPlanState } from './year-plans.lifecycle.ts'
import { type HeldMeeting, meetingsOfItems, standingOf } from './year-plans.rules.ts'
import { findYearPlan, itemsOf, type StoredYearPlan } from './year-plans.store.ts'

const db = (read: Read) => reading<'orglife' | 'directory'>(read)

/** Meetings of a branch in a year, planned and recorded, the earliest first. */
export async function heldMeetingsOf(read: Read, plan: { organizationNo: number; year: number }): Promise<HeldMeeting[]> {
  const { rows } =
    await sql<HeldMeeting>`select m.no, m.id, m.title, m.held_on as "heldOn", m.kinds, m.state from orglife.meetings m
    join orglife.meeting_organizations o on o.meeting_no = m.no and o.organization_no = ${plan.organizationNo}
    where m.state in ('planned', 'recorded') and m.held_on between make_date(${plan.year}::int, 1, 1) and make_date(${plan.year}::int, 12, 31)
    order by m.held_on, m.no`.execute(db(read))
  return rows.map((row) => ({ ...row, kinds: [...row.kinds] }))
}

/** The day on which the branch usually meets for it: as the last of its kind, else the middle of the month; never a day that is over. */
export async function usualDay(
  read: Read,
  plan: { organizationNo: number; year: number },
  of: { month: number; kind: string; today: CivilDate },
): Promise<CivilDate> {
  const { rows } = await sql<{ day: number }>`select extract(day from m.held_on)::int as day from orglife.meetings m
    join orglife.meeting_organizations o on o.meeting_no = m.no and o.organization_no = ${plan.organizationNo}
    where m.state = 'recorded' and ${of.kind} = any (m.kinds) order by m.held_on desc limit 1`.execute(db(read))
  const day = Math.min(rows[0]?.day ?? 15, 28)
  const on = `${plan.year}-${String(of.month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return on < of.today ? addDays(of.today, 3) : on
}

/** Who gives a lecture unless somebody else is named: the branch's secretary. Null where there is none. */
export async function usualSpeaker(read: Read, organizationNo: number): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select p.id from directory.posts t join directory.persons p on p.no = t.person_no
    where t.organization_no = ${organizationNo} and t.post = 'branch_secretary' and upper_inf(t.valid) order by t.no limit 1`.execute(
    db(read),
  )
  return rows[0]?.id ?? null
}

async function shownItems(read: Read, plan: StoredYearPlan, today: CivilDate): Promise<YearPlanItem[]> {
  const items = await itemsOf(read, plan.no)
  const meetings = meetingsOfItems(items, await heldMeetingsOf(read, plan))
  return items.map((item) => {
    const meeting = meetings.get(item.id)
    return {
      id: item.id,
      month: item.month,
      kind: item.kind as MeetingKind,
      title: item.title,
      requirements: [...item.requirements],
      standing: standingOf(item, meeting, { year: plan.year, today }),
      reason: item.reason,
      meeting: meeting ? { id: meeting.id, title: meeting.title, heldOn: meeting.heldOn } : null,
    }
  })
}

interface Row {
  readonly id: string
  readonly organization: { id: string; name: string }
  readonly year: number
  readonly state: YearPlanState
  readonly approvedOn: CivilDate | null
  readonly approval: string | null
}

export interface YearPlansAsked {
  readonly under?: string | undefined
  readonly year?: number | undefined
  readonly state?: YearPlanState | undefined
  readonly after?: string | undefined
  readonly limit: number
}

const lineColumns = sql`p.id, json_build_object('id', o.id, 'name', o.name) as organization, p.year, p.state, p.approved_on as "approvedOn", p.approval`

const counted = (items: readonly YearPlanItem[]) => ({
  items: items.filter(({ standing }) => standing !== 'cancelled').length,
  held: items.filter(({ standing }) => standing === 'held').length,
  missed: items.filter(({ standing }) => standing === 'missed').length,
})

/** Plans that the reader may see, the latest year first, in organization order. */
export async function yearPlansAsked(
  read: Read,
  asked: YearPlansAsked,
  today: CivilDate,
): Promise<{ items: YearPlanLine[]; next: string | null; total?: number }> {
  const from = offsetOf(asked.after)
  const under = asked.under
    ? sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
        where a.organization_no = p.organization_no and upper_inf(a.valid) and u.id = ${asked.under})`
    : sql`true`
  const { rows } = await sql<Row & { total: number }>`select ${lineColumns}, count(*) over ()::int as total
    from orglife.year_plans p join directory.organizations_now o on o.no = p.organization_no
    where ${under} and ${asked.year ? sql`p.year = ${asked.year}` : sql`true`} and ${asked.state ? sql`p.state = ${asked.state}` : sql`true`}
    order by p.year desc, o.position, o.name, p.no limit ${asked.limit} offset ${from}`.execute(db(read))
  const page = offsetPage(rows, from)
  const items: YearPlanLine[] = []
  for (const { approval: _approval, ...row } of page.items) {
    const plan = await findYearPlan(read, row.id)
    if (plan) items.push({ ...row, ...counted(await shownItems(read, plan, today)) })
  }
  return { ...page, items }
}

async function changesOf(read: Read, planNo: number): Promise<YearPlanPage['changes']> {
  const { rows } = await sql<{ said: string; reason: string | null; by: string | null; at: Date }>`select s.said, s.reason,
      directory.account_name(s.acted_by) as by, s.acted_at as at from orglife.year_plan_steps s where s.plan_no = ${planNo} order by s.revision`.execute(
    db(read),
  )
  return rows.map(({ at, by, ...row }) => ({ ...row, by: by ?? '系统', at: instantOf(at) }))
}

/** One plan, month by month, with what was held read from the records. */
export async function yearPlanPageOf(read: Read, id: string, asking: { actor: Actor; today: CivilDate }): Promise<YearPlanPage> {
  const plan = await findYearPlan(read, id)
  if (!plan) throw new Problem('orglife.year_plan_not_found')
  const { rows } = await sql<Row>`select ${lineColumns} from orglife.year_plans p
    join directory.organizations_now o on o.no = p.organization_no where p.no = ${plan.no}`.execute(db(read))
  const row = rows[0]
  if (!row) throw new Problem('orglife.year_plan_not_found')
  const items = await shownItems(read, plan, asking.today)
  const abilities: string[] = []
  for (const verb of Object.keys(yearPlanLifecycle[plan.state]) as YearPlanAction[]) {
    const permission = `orglife.year_plan.${verb}`
    if (await allowsAll(read, asking.actor, { permission, organizations: [plan.organizationNo] })) abilities.push(verb)
  }
  return { ...row, ...counted(items), items, revision: plan.revision, changes: await changesOf(read, plan.no), abilities }
}
