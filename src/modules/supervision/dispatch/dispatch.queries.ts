import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { period } from '../../../kernel/time/period.ts'
import { dimensions } from '../../rulebook/obligations/obligations.contract.ts'
import type { DispatchItem } from './dispatch.contract.ts'
import { dispatchLives, isOpen, neverOpen, titleOf } from './dispatch-kinds.rules.ts'
import { changeOf, countsOf, grouped, type Standing } from './dispatch.rules.ts'

export interface DispatchAsked {
  readonly quarter: string
  readonly since?: CivilDate | undefined
  readonly under?: string | undefined
}

const shanghai = (at: string) => sql.raw(`(${at} at time zone 'Asia/Shanghai')::date`)

/** The state of the last step up to a day, and how many steps were taken between two days, from a table of steps. */
function standingFrom(steps: RawBuilder<unknown>, days: { since: CivilDate; until: CivilDate }) {
  const last = (day: CivilDate) =>
    sql`(select s.state from ${steps} and ${shanghai('s.acted_at')} <= ${day}::date order by s.revision desc limit 1)`
  return sql`${last(days.since)} as was, ${last(days.until)} as "now",
    (select count(*)::int from ${steps} and ${shanghai('s.acted_at')} > ${days.since}::date and ${shanghai('s.acted_at')} <= ${days.until}::date) as steps`
}

interface Row extends Pick<DispatchItem, 'kind' | 'id' | 'number' | 'title' | 'dueOn' | 'waiting'> {
  readonly at: string
  readonly organization: string
  readonly unitId: string
  readonly unitName: string
  readonly line: string | null
  readonly was: string | null
  readonly now: string | null
  readonly steps: number
  readonly waitedDays: number
}

// What a finding was stands in its revisions; one that went to the discipline line is nobody else's to read, and so is not here.
const revisionsOfFinding = sql`(select v.finding_no, v.revision, v.body ->> 'state' as state, v.acted_at
  from supervision.finding_revisions v) s where s.finding_no = f.no`

const itemsOf = (days: { since: CivilDate; until: CivilDate }) => sql`
  select 'case' as kind, c.id, c.id as at, c.number, c.title, c.organization_no, r.dimension as line, c.due_on, c.waiting_since is not null as waiting, c.waited_days,
    ${standingFrom(sql`supervision.case_steps s where s.case_no = c.no`, days)}
  from supervision.cases c left join rulebook.requirements r on r.no = c.requirement_no
  union all
  select 'task', t.id, t.id, null, t.title, t.organization_no, null, t.due_on, t.waiting_since is not null, t.waited_days,
    ${standingFrom(sql`supervision.task_steps s where s.task_no = t.no`, days)}
  from supervision.tasks t
  union all
  select 'problem', p.id, p.id, null, p.title, p.organization_no, p.dimension, p.due_on, false, 0,
    ${standingFrom(sql`supervision.record_steps s where s.kind = 'problem' and s.record_no = p.no`, days)}
  from supervision.problems p
  union all
  select 'finding', f.id, i.id, null, f.kind, f.organization_no,
    coalesce((select r.dimension from rulebook.requirements r where r.code = f.requirement_code order by r.version desc limit 1), 'D5'), null, false, 0,
    ${standingFrom(revisionsOfFinding, days)}
  from supervision.findings f join supervision.inspections i on i.no = f.inspection_no
  union all
  select 'yellow_card', y.id, y.id, null, left(y.grounds, 80), y.organization_no, 'D3',
    (select min(m.due_on) from supervision.yellow_card_items m where m.card_no = y.no and m.state <> 'passed'), false, 0,
    ${standingFrom(sql`supervision.record_steps s where s.kind = 'yellow_card' and s.record_no = y.no`, days)}
  from supervision.yellow_cards y
  union all
  select 'key_project', k.id, k.id, null, k.name, k.organization_no, 'D5', k.ends_on, false, 0,
    ${standingFrom(sql`supervision.record_steps s where s.kind = 'key_project' and s.record_no = k.no`, days)}
  from supervision.key_projects k`

async function rowsOf(
  read: Read,
  asked: DispatchAsked & { days: { since: CivilDate; until: CivilDate }; actor: Actor },
): Promise<Row[]> {
  const tops = organizationsFor(asked.actor, 'supervision.dispatch.read')
  const under = asked.under ?? null
  const { rows } =
    await sql<Row>`select i.kind, i.id, i.at, i.number, i.title, o.name as organization, coalesce(u.id, o.id) as "unitId",
      coalesce(u.name, o.name) as "unitName", i.line, i.due_on as "dueOn", i.waiting, i.waited_days as "waitedDays", i.was, i."now", i.steps
    from (${itemsOf(asked.days)}) i
    join directory.organizations_now o on o.no = i.organization_no
    left join lateral (select n.id, n.name, n.position from directory.organization_ancestry a join directory.organizations_now n on n.no = a.ancestor_no
      where a.organization_no = i.organization_no and upper_inf(a.valid) and n.kind = 'unit' order by a.depth limit 1) u on true
    where i."now" is not null and exists (select 1 from directory.organization_ancestry s where s.organization_no = i.organization_no
        and upper_inf(s.valid) and s.ancestor_no = any (${`{${tops.join(',')}}`}::bigint[]))
      and (${under}::text is null or exists (select 1 from directory.organization_ancestry b join directory.organizations top on top.no = b.ancestor_no
        where b.organization_no = i.organization_no and upper_inf(b.valid) and top.id = ${under}))
    order by coalesce(u.position, o.position), "unitName", i.kind, i.due_on nulls last, i.id`.execute(
      reading<'supervision' | 'directory' | 'rulebook'>(read),
    )
  return rows
}

const lineNames: Readonly<Record<string, string>> = dimensions
const lineOf = (line: string | null) => (line === null ? '未分条线' : (lineNames[line] ?? line))

function itemOf(row: Row, until: CivilDate): DispatchItem[] {
  const now = row.now ?? ''
  const nowOpen = isOpen(row.kind, now)
  const standing: Standing = { was: row.was, now, nowOpen, thenOpen: isOpen(row.kind, row.was), steps: row.steps }
  // A proposal was there without being open; what was dismissed never was anything to close.
  const change = neverOpen(row.kind, now) ? null : changeOf(standing)
  if (change === null) return []
  const life = dispatchLives[row.kind]
  const late = row.dueOn !== null && addDays(row.dueOn, row.waitedDays) < until
  return [
    {
      kind: row.kind,
      id: row.id,
      number: row.number,
      title: titleOf(row.kind, row.title),
      unit: { id: row.unitId, name: row.unitName },
      organization: row.organization,
      line: lineOf(row.line),
      state: life.states[now] ?? now,
      change,
      dueOn: row.dueOn,
      overdue: nowOpen && !row.waiting && late,
      waiting: nowOpen && row.waiting,
      link: `${life.path}${row.at}`,
    },
  ]
}

/** The days that a quarter's dispatch looks at; throws a Problem for a quarter to come or a day that is not earlier. */
export function daysOf(asked: DispatchAsked, today: CivilDate): { since: CivilDate; until: CivilDate } {
  const { starts, ends } = period(asked.quarter)
  if (starts > today)
    throw new Problem('supervision.quarter_not_begun', { errors: [{ field: 'quarter', message: '请选已经开始的季度。' }] })
  const until = ends < today ? ends : today
  const since = asked.since ?? addDays(starts, -1)
  if (since >= until)
    throw new Problem('supervision.baseline_too_late', { errors: [{ field: 'since', message: '请选早于调度截止日期的一天。' }] })
  return { since, until }
}

/** Everything open on the last day, and what was closed since the day compared with, by unit in the set order and by line. */
export async function dispatchAsked(read: Read, asked: DispatchAsked, asking: { actor: Actor; today: CivilDate }) {
  const days = daysOf(asked, asking.today)
  const rows = await rowsOf(read, { ...asked, days, actor: asking.actor })
  const items = rows.flatMap((row) => itemOf(row, days.until))
  const units = [...grouped(items, (item) => item.unit.id)].map(([id, some]) => ({
    organization: { id, name: some[0]?.unit.name ?? '' },
    counts: countsOf(some),
  }))
  const lines = [...grouped(items, (item) => item.line)]
    .map(([line, some]) => ({ line, counts: countsOf(some) }))
    .toSorted((a, b) => (a.line < b.line ? -1 : 1))
  return { quarter: asked.quarter, ...days, totals: countsOf(items), units, lines, items, itemsTotal: items.length }
}
