import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import { addDays, addMonths, type CivilDate } from '../../kernel/time/civil-date.ts'
import { giveNumbers, insertRows } from './bulk.ts'
import { madeId, monthStart, workingDay } from './draw.ts'
import type { MadeCity } from './made-city.ts'
import type { MadePerson } from './register.ts'
import type { RecorderOf } from './write-meetings.ts'

interface MadeClass {
  no: number
  readonly id: string
  readonly title: string
  readonly targetGroup: string
  readonly on: CivilDate
  readonly people: readonly MadePerson[]
}

const lessons = [
  { title: '党的创新理论专题', hours: 6, category: 'political_theory' },
  { title: '党章和支部工作条例', hours: 2, category: 'political_theory' },
  { title: '支部工作实务', hours: 2, category: 'party_affairs' },
] as const
const [hours, theory] = [10, 8]

const classColumns = {
  no: 'bigint',
  id: 'text',
  revision: 'int',
  state: 'text',
  organization_no: 'bigint',
  title: 'text',
  target_group: 'text',
  off_duty: 'boolean',
  seats: 'int',
  starts_on: 'date',
  ends_on: 'date',
  hours: 'numeric',
  theory_hours: 'numeric',
  recorded_on: 'date',
  created_on: 'date',
  created_at: 'timestamptz',
  created_by: 'bigint',
} as const

/** Two classes that the working committee held this year for branch secretaries, and for those of some of the branches. */
function classesOf(city: MadeCity, today: CivilDate): MadeClass[] {
  const secretaries = [...new Set(city.branches.map((branch) => branch.secretary))]
  const some = [city.shown.secretary, ...secretaries.filter((one) => one !== city.shown.secretary).slice(0, 39)]
  const made = (title: string, monthsAgo: number, people: readonly MadePerson[]): MadeClass => {
    const on = workingDay(addDays(addMonths(monthStart(today), -monthsAgo), 8))
    return { no: 0, id: madeId('tcl', `${title}/${on}`), title, targetGroup: 'branch_secretary', on, people }
  }
  return [made('党支部书记示范培训班', 2, some), made('党支部书记专题研讨班', 1, some.slice(0, 12))]
}

/** Writes the classes as held, everybody present, with their first revisions. */
export async function writeClasses(tx: Tx, city: MadeCity, is: { recorderOf: RecorderOf; today: CivilDate }): Promise<void> {
  const classes = classesOf(city, is.today)
  const [host, by] = [city.committee.no, is.recorderOf(city.committee)]
  await giveNumbers(tx, 'learning.classes', classes)
  const at = (day: CivilDate) => `${day}T16:00:00+08:00`
  await insertRows(
    tx,
    {
      table: 'learning.classes',
      columns: classColumns,
    },
    classes.map((each) => {
      const is = [each.no, each.id, 1, 'held', host, each.title, each.targetGroup, false, 60]
      return [...is, each.on, each.on, hours, theory, each.on, each.on, at(each.on), by]
    }),
  )
  await insertRows(
    tx,
    {
      table: 'learning.class_sessions',
      columns: { class_no: 'bigint', position: 'int', title: 'text', held_on: 'date', hours: 'numeric', category: 'text' },
    },
    classes.flatMap((each) => lessons.map((one, index) => [each.no, index + 1, one.title, each.on, one.hours, one.category])),
  )
  await writeAttendance(tx, classes, host)
  await insertRows(
    tx,
    {
      table: 'learning.class_revisions',
      columns: {
        class_no: 'bigint',
        revision: 'int',
        state: 'text',
        body: 'jsonb',
        recorded_at: 'timestamptz',
        recorded_by: 'bigint',
      },
    },
    classes.map((each) => [
      each.no,
      1,
      'held',
      JSON.stringify({ title: each.title, people: each.people.map(({ no }) => no) }),
      at(each.on),
      by,
    ]),
  )
}

/** Those who belonged to a branch on the day, each with the hours of all sessions. */
async function writeAttendance(tx: Tx, classes: readonly MadeClass[], host: number): Promise<void> {
  for (const each of classes)
    await sql`insert into learning.participants (class_no, person_no, organization_no, host_no, held_on, hours, theory_hours, missed_hours)
      select ${each.no}, m.person_no, min(m.organization_no), ${host}, ${each.on}::date, ${hours}, ${theory}, 0 from directory.memberships m
      join directory.organizations o on o.no = m.organization_no and o.kind <> 'group'
      where m.person_no = any (${each.people.map(({ no }) => no)}::bigint[]) and m.valid @> ${each.on}::date group by m.person_no`.execute(
      reading<'learning' | 'directory'>(tx),
    )
}
