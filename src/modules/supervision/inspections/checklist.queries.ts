import { sql } from 'kysely'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { addDays, type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { caseStates, type CaseState } from '../cases/cases.lifecycle.ts'
import { fixedLines, type SuggestedLine, type WeakPoint, weakLine } from './inspections.rules.ts'

const mostWeak = 8
const mostByHand = 6
const mostCases = 5
const setting = 'supervision.visited_lately_days'
const usualDays = 90

const clauseOf = sql`split_part(coalesce(r.clauses[1], r.code), ':', 2)`

/** Requirements that were short at the organization or under it in the last year, the shortest first. */
async function weakSpots(read: Read, at: { organizationNo: number; today: CivilDate }): Promise<WeakPoint[]> {
  const from = addDays(at.today, -365)
  const { rows } = await sql<WeakPoint>`select r.code, max(r.title) as title, max(${clauseOf}) as clause,
      count(*) filter (where b.status in (3, 4))::int as short, count(*)::int as due
    from rulebook.obligations b join rulebook.requirements r on r.no = b.requirement_no and r.strength = 'hard'
    join directory.organization_ancestry a on a.organization_no = b.organization_no and a.ancestor_no = ${at.organizationNo} and upper_inf(a.valid)
    where b.year between ${Number(from.slice(0, 4))} and ${Number(at.today.slice(0, 4))} and b.due_on between ${from}::date and ${at.today}::date
      and b.status between 1 and 4
    group by r.code having count(*) filter (where b.status in (3, 4)) > 0 order by 4 desc, r.code limit ${mostWeak}`.execute(
    reading<'rulebook' | 'directory'>(read),
  )
  return rows
}

/** Requirements in force for the organization's kind that are judged on the spot, by determination. */
async function judgedOnTheSpot(read: Read, at: { organizationNo: number; today: CivilDate }): Promise<SuggestedLine[]> {
  const { rows } = await sql<{ code: string; title: string; clause: string | null }>`select r.code, r.title, ${clauseOf} as clause
    from rulebook.requirements r join directory.organizations o on o.no = ${at.organizationNo}
    where r.enabled and r.measure = 'rulebook.determinations' and r.valid @> ${at.today}::date and coalesce(r.subject -> 'kinds', '[]') ? o.kind
    order by r.code limit ${mostByHand}`.execute(reading<'rulebook' | 'directory'>(read))
  return rows.map((row) => ({
    kind: 'requirement',
    requirement: row.code,
    clause: row.clause,
    question: row.title,
    why: '这一项要到现场看，由人认定',
  }))
}

/** Matters that are followed up there now. */
async function openCases(read: Read, organizationNo: number): Promise<SuggestedLine[]> {
  const { rows } = await sql<{
    title: string
    state: CaseState
    dueOn: CivilDate | null
  }>`select c.title, c.state, c.due_on as "dueOn"
    from supervision.cases c join directory.organization_ancestry a on a.organization_no = c.organization_no
      and a.ancestor_no = ${organizationNo} and upper_inf(a.valid)
    where c.state in ('reminded', 'supervised', 'reported') order by c.due_on nulls last, c.no limit ${mostCases}`.execute(
    reading<'supervision' | 'directory'>(read),
  )
  return rows.map((row) => ({
    kind: 'case',
    requirement: null,
    clause: 'R2',
    question: row.title.slice(0, 190),
    why: `督办事项，${caseStates[row.state]}${row.dueOn === null ? '' : `，时限${inChinese(row.dueOn)}`}`,
  }))
}

/** The checklist that an inspection starts from: the weak points first, then what is judged on the spot, then what D5.4 always asks. */
export async function suggestedLines(read: Read, at: { organizationNo: number; today: CivilDate }): Promise<SuggestedLine[]> {
  const weak = (await weakSpots(read, at)).map(weakLine)
  const byHand = (await judgedOnTheSpot(read, at)).filter((line) => !weak.some((one) => one.requirement === line.requirement))
  return [...weak, ...(await openCases(read, at.organizationNo)), ...byHand, ...fixedLines]
}

/** Within how many days a visit counts as lately; a setting of the city. */
export async function latelyDays(read: Read): Promise<number> {
  const row = await reading<'kernel'>(read)
    .selectFrom('kernel.settings')
    .select('value')
    .where('name', '=', setting)
    .executeTakeFirst()
  return typeof row?.value === 'number' ? row.value : usualDays
}

/** The last day within the span on which the organization was visited, whoever came; null where nobody was there. */
export async function visitedLately(read: Read, organizationNo: number, today: CivilDate): Promise<CivilDate | null> {
  const from = addDays(today, -(await latelyDays(read)))
  return asEngine(read, async () => {
    const { rows } = await sql<{ day: CivilDate | null }>`select max((started_at at time zone 'Asia/Shanghai')::date) as day
      from supervision.inspections where organization_no = ${organizationNo} and state in ('signed', 'closed')
        and (started_at at time zone 'Asia/Shanghai')::date >= ${from}::date`.execute(reading<'supervision'>(read))
    return rows[0]?.day ?? null
  })
}
