import { sql } from 'kysely'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { addDays, addMonths, type CivilDate, daysBetween } from '../../../kernel/time/civil-date.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { heldMeasure } from '../engine/engine.measures.ts'
import {
  figuresSince,
  type LiveRequirement,
  liveRequirements,
  subjectKindOf,
  subjectKinds,
} from '../engine/requirement.queries.ts'
import { statusRelations } from '../engine/status.store.ts'
import { statusName } from '../obligations/obligations.queries.ts'
import type { Subject } from '../obligations/subjects.queries.ts'
import type { CalendarDuty } from './calendar.contract.ts'
import { noticeOn } from './calendar.rules.ts'

/** From two months back to twelve ahead. */
const mostDays = 430

interface Span {
  readonly from: CivilDate
  readonly to: CivilDate
}

/** The days asked for; without any, this month and twelve more. */
export function spanAsked(asked: { from?: CivilDate | undefined; to?: CivilDate | undefined }, today: CivilDate): Span {
  const from = asked.from ?? `${today.slice(0, 8)}01`
  const to = asked.to ?? addMonths(today, 12)
  if (to < from) throw new Problem('kernel.invalid_input', { errors: [{ field: 'to', message: '截止日期不能早于开始日期。' }] })
  if (daysBetween(from, to) > mostDays) throw new Problem('rulebook.calendar_span')
  return { from, to }
}

/** An organization whose calendar is asked for; the caller has checked that the reader may see it. */
export interface CalendarOf {
  readonly no: number
  readonly id: string
  readonly name: string
  readonly kind: string
}

interface Row {
  readonly period: string
  readonly starts: CivilDate
  readonly due: CivilDate
  readonly late_after: CivilDate
  readonly status: number
  readonly subject_kind: 'o' | 'p'
  readonly subject_no: number
  readonly person_id: string | null
  readonly person_name: string | null
  readonly organization_id: string
  readonly organization_name: string
}

const shortStatuses = [3, 4]

/** Whether something is to be done for it on a day. How a register stands, and what other duties add up to, is shown only when short. */
function isDone({ measure, params }: LiveRequirement): boolean {
  const held = heldMeasure(measure)
  return held !== undefined && !held.state && held.counts(params) === null
}

/**
 * Every duty of an organization and of those who hold posts there whose last day lies in the span: of periods that run, that are over,
 * and that have not begun. What each member owes is her own calendar (`ownCalendar`), not the organization's. Worked out by the engine's own question, by the tree, the posts and the rules as they stand today.
 * `codes` names the requirements that are meant, where not all are.
 */
export async function calendarOf(
  read: Read,
  organization: CalendarOf,
  asked: Span & { asOf: CivilDate; codes?: readonly string[] },
): Promise<CalendarDuty[]> {
  return asEngine(read, async () => {
    const since = await figuresSince(read)
    const found: CalendarDuty[] = []
    for (const requirement of await liveRequirements(read)) {
      if (asked.codes && !asked.codes.includes(requirement.code)) continue
      if (requirement.subject.members || !subjectKinds(requirement).includes(organization.kind)) continue
      const rows = await judgedBetween(read, requirement, { ...asked, since, organizations: [organization.no], person: null })
      found.push(...rows.map((row) => dutyOf(requirement, row)))
    }
    return inOrder(found)
  })
}

/**
 * What a person owes, as a member and by posts, wherever it stands: for the person alone, whatever else she may see. How a register
 * stands and what duties add up to is nobody's to do.
 */
export async function ownCalendar(read: Read, person: Subject, asked: Span & { asOf: CivilDate }): Promise<CalendarDuty[]> {
  return asEngine(read, async () => {
    const since = await figuresSince(read)
    const found: CalendarDuty[] = []
    for (const requirement of await liveRequirements(read)) {
      if (subjectKindOf(requirement) !== 'p') continue
      const of = { ...asked, since, organizations: person.organizations, person: person.no }
      found.push(...(await judgedBetween(read, requirement, of)).map((row) => dutyOf(requirement, row)))
    }
    return inOrder(found)
  })
}

const inOrder = (duties: CalendarDuty[]) =>
  duties.sort((a, b) => a.due.localeCompare(b.due) || a.requirement.localeCompare(b.requirement, 'en', { numeric: true }))

interface Judged extends Span {
  readonly asOf: CivilDate
  readonly since: CivilDate
  readonly organizations: readonly number[]
  /** Whose alone; null for all. */
  readonly person: number | null
}

/** What of a requirement falls due in the span, with whose it is. */
async function judgedBetween(read: Read, requirement: LiveRequirement, asked: Judged): Promise<Row[]> {
  // What was put off falls due long after its period.
  const scope = { ...asked, from: addDays(asked.from, -400), ahead: true }
  const own = asked.person === null ? sql`true` : sql`j.subject_kind = 'p' and j.subject_no = ${asked.person}`
  const { rows } = await sql<Row>`with ${statusRelations(requirement, scope)}
    select p.name as period, p.starts::text as starts, j.due_on::text as due, j.late_after::text as late_after, j.status, j.subject_kind, j.subject_no,
      s.id as person_id, s.name as person_name, o.id as organization_id, o.name as organization_name
    from judged j join rulebook.periods p on p.no = j.period_no join directory.organizations_now o on o.no = j.organization_no
    left join directory.persons s on j.subject_kind = 'p' and s.no = j.subject_no
    where j.due_on between ${asked.from}::date and ${asked.to}::date and j.status <> 6 and ${own} order by j.due_on, p.starts`.execute(
    reading<'rulebook' | 'directory'>(read),
  )
  return isDone(requirement) ? rows : rows.filter((row) => shortStatuses.includes(row.status))
}

function dutyOf(requirement: LiveRequirement, row: Row): CalendarDuty {
  const own = { id: row.organization_id, name: row.organization_name }
  return {
    requirement: requirement.code,
    title: requirement.title,
    dimension: requirement.dimension,
    strength: requirement.strength,
    subject:
      row.person_id === null
        ? { ...own, kind: 'organization' }
        : { id: row.person_id, name: row.person_name ?? '', kind: 'person' },
    organization: own,
    period: row.period,
    starts: row.starts,
    due: row.due,
    lateAfter: row.late_after,
    noticeOn: noticeOn(row.due, requirement.noticeDays),
    status: statusName(row.status),
  }
}
