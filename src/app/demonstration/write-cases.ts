import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import type { CivilDate } from '../../kernel/time/civil-date.ts'
import { insertRows } from './bulk.ts'
import type { Course, CourseStep } from './case-course.ts'

/** Writes the steps of all courses and the cases as they stand after the last one. */
export async function writeCourses(tx: Tx, courses: readonly Course[], today: CivilDate): Promise<void> {
  const moved = courses.filter((course) => course.steps.length > 0)
  const numbered = numberCases(moved)
  const texts = (of: (course: Course) => string | number | null) => sql`${moved.map((course) => stringOf(of(course)))}::text[]`
  const step = (verb: string) => (course: Course) => course.steps.find((each) => each.action === verb)
  const said = (verb: string, word: string) => (course: Course) => wordOf(step(verb)(course), word)
  const at = (verb: string) => (course: Course) => momentOf(step(verb)(course), today)
  const by = (verb: string) => (course: Course) => step(verb)(course)?.by ?? null
  await sql`update supervision.cases c set state = u.state, revision = u.revision::int, number = u.number, owner_no = u.owner_no::bigint,
      due_on = u.due_on::date, remedies = u.remedies, opened_at = u.opened_at::timestamptz, opened_by = u.opened_by::bigint, report = u.report,
      reported_at = u.reported_at::timestamptz, reported_by = u.reported_by::bigint, verification = u.verification,
      verified_at = u.verified_at::timestamptz, verified_by = u.verified_by::bigint, waiting_since = u.waiting_since::date,
      waiting_for = u.waiting_for
    from unnest(${texts((course) => course.no)}, ${texts((course) => course.state)}, ${texts((course) => course.steps.length + 1)},
      ${texts((course) => numbered.get(course) ?? null)}, ${texts((course) => course.ownerNo)}, ${texts((course) => course.dueOn)},
      ${texts(said('supervise', 'remedies'))}, ${texts((course) => at('supervise')(course) ?? at('remind')(course))},
      ${texts((course) => by('supervise')(course) ?? by('remind')(course))}, ${texts(said('report', 'report'))}, ${texts(at('report'))},
      ${texts(by('report'))}, ${texts(said('verify', 'verification'))}, ${texts(at('verify'))}, ${texts(by('verify'))},
      ${texts((course) => step('pause')(course)?.on ?? null)}, ${texts(said('pause', 'waitingFor'))})
      as u (no, state, revision, number, owner_no, due_on, remedies, opened_at, opened_by, report, reported_at, reported_by, verification,
        verified_at, verified_by, waiting_since, waiting_for)
    where c.no = u.no::bigint`.execute(reading<'supervision'>(tx))
  await writeSteps(tx, moved, { numbered, today })
  await keepCounters(tx, moved)
}

const stringOf = (value: string | number | null) => (value === null ? null : String(value))

function wordOf(step: CourseStep | undefined, word: string): string | null {
  const value = step?.body[word]
  return typeof value === 'string' ? value : null
}

/** In which second after midnight each step of today stands, so that none is later than the making of the city. */
const secondOfToday: Readonly<Record<string, number>> = {
  dismiss: 10,
  remind: 10,
  supervise: 20,
  pause: 25,
  report: 30,
  verify: 40,
}

function momentOf(step: CourseStep | undefined, today: CivilDate): string | null {
  if (!step) return null
  if (step.on >= today) return `${today}T00:00:${secondOfToday[step.action] ?? 50}+08:00`
  return `${step.on}T15:${String(10 + (step.by % 40))}:00+08:00`
}

/** Numbers without gaps, by the year and in the order in which the cases were opened for supervision. */
function numberCases(courses: readonly Course[]): Map<Course, string> {
  const opened = inOrder(courses)
  const last = new Map<string, number>()
  return new Map(
    opened.map(({ course, year }) => {
      const next = (last.get(year) ?? 0) + 1
      last.set(year, next)
      return [course, `督〔${year}〕${next}号`]
    }),
  )
}

function inOrder(courses: readonly Course[]): { course: Course; year: string; on: CivilDate }[] {
  return courses
    .flatMap((course) =>
      course.supervisedOn === null ? [] : [{ course, on: course.supervisedOn, year: course.supervisedOn.slice(0, 4) }],
    )
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.course.no - b.course.no))
}

async function writeSteps(
  tx: Tx,
  courses: readonly Course[],
  { numbered, today }: { numbered: ReadonlyMap<Course, string>; today: CivilDate },
): Promise<void> {
  const columns = {
    case_no: 'bigint',
    revision: 'int',
    action: 'text',
    state: 'text',
    body: 'jsonb',
    reason: 'text',
    acted_at: 'timestamptz',
    acted_by: 'bigint',
  }
  await insertRows(
    tx,
    { table: 'supervision.case_steps', columns },
    courses.flatMap((course) =>
      course.steps.map((step, index) => {
        const body = step.action === 'supervise' ? { ...step.body, number: numbered.get(course) } : step.body
        return [course.no, index + 2, step.action, step.state, JSON.stringify(body), step.reason, momentOf(step, today), step.by]
      }),
    ),
  )
}

async function keepCounters(tx: Tx, courses: readonly Course[]): Promise<void> {
  const byYear = Map.groupBy(inOrder(courses), (each) => each.year)
  await insertRows(
    tx,
    { table: 'supervision.case_numbers', columns: { year: 'int', last: 'int' } },
    [...byYear].map(([year, list]) => [Number(year), list.length]),
  )
}
