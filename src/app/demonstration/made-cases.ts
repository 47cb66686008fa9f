import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import { addDays, type CivilDate, daysBetween } from '../../kernel/time/civil-date.ts'
import type { StatusChange } from '../../modules/rulebook/index.ts'
import { proposeCases } from '../../modules/supervision/index.ts'
import type { WrittenAccounts } from './accounts.ts'
import { type CaseLife, type Course, type Hands, livedCase } from './case-course.ts'
import { drawFrom } from './draw.ts'
import type { MadeCity } from './made-city.ts'
import type { MadeOrganization, MadePerson } from './register.ts'
import { writeCourses } from './write-cases.ts'

interface Proposal {
  readonly no: number
  readonly title: string
  readonly organization_no: number
  readonly requirement_code: string
  readonly starts: CivilDate
  readonly proposed_on: CivilDate
}

/** Proposes a case for every missed hard duty and lets most of them take their course. */
export async function settleCases(tx: Tx, city: MadeCity, accounts: WrittenAccounts): Promise<void> {
  await proposeMissed(tx, null)
  const { rows } =
    await sql<Proposal>`select c.no, c.title, c.organization_no, c.requirement_code, p.starts, c.proposed_at::date as proposed_on
    from supervision.cases c join rulebook.periods p on p.no = c.period_no
    order by c.proposed_at, c.title, c.organization_no`.execute(reading<'supervision' | 'rulebook'>(tx))
  const hands = handsOf(city, accounts)
  const { today } = city.register
  const waiting = waitsAbove(city, rows, hands)
  const courses = rows.map((row): Course => {
    const draw = drawFrom(`${city.register.seed}/${row.title}/${row.starts}`)
    const isShown = row.organization_no === city.shown.organization.no
    const age = daysBetween(row.proposed_on, today)
    const drawn = lifeAt(age, draw.number())
    const pauses = row.no === waiting
    const life = isShown ? 'reminded' : pauses ? 'supervised' : drawn
    return livedCase({ no: row.no, proposedOn: row.proposed_on, today, life, pauses, draw, hands: hands(row.organization_no) })
  })
  await writeCourses(tx, courses, today)
}

const waitsAtLeastSince = 10

/** The one case that waits above: the latest that is old enough to have been supervised, so that it has waited for days and not for a year. */
function waitsAbove(city: MadeCity, rows: readonly Proposal[], hands: (organizationNo: number) => Hands): number | undefined {
  const { today } = city.register
  return rows.findLast(
    (row) =>
      daysBetween(row.proposed_on, today) >= waitsAtLeastSince &&
      row.organization_no !== city.shown.organization.no &&
      hands(row.organization_no).owner !== null,
  )?.no
}

/** Later ones are still being decided, earlier ones are mostly closed. */
function lifeAt(age: number, lot: number): CaseLife {
  const shares: readonly [CaseLife, number][] =
    age > 60
      ? [
          ['closed', 0.66],
          ['dismissed', 0.14],
          ['supervised', 0.1],
          ['reported', 0.05],
          ['reminded', 0.05],
        ]
      : age > 20
        ? [
            ['closed', 0.25],
            ['dismissed', 0.1],
            ['supervised', 0.2],
            ['reported', 0.15],
            ['reminded', 0.2],
            ['proposed', 0.1],
          ]
        : [
            ['supervised', 0.1],
            ['reminded', 0.3],
            ['proposed', 0.6],
          ]
  let left = lot
  for (const [life, share] of shares) {
    left -= share
    if (left < 0) return life
  }
  return 'proposed'
}

/** Proposes as the supervision does when a duty becomes missed, each on the day after its last day for recording. */
export async function proposeMissed(tx: Tx, since: CivilDate | null): Promise<void> {
  const { rows } = await sql<
    StatusChange & { on: CivilDate }
  >`select o.requirement_no as "requirementNo", o.subject_kind as "subjectKind",
      o.subject_no as "subjectNo", o.organization_no as "organizationNo", o.period_no as "periodNo", null as before, o.status as after,
      (o.due_on + r.grace_days + 1)::date as on
    from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no and r.strength = 'hard'
    where o.status in (3, 4) and (${since}::date is null or o.due_on >= ${since}::date)
    order by 8, o.requirement_no, o.organization_no, o.subject_no`.execute(reading<'rulebook'>(tx))
  const { rows: clock } = await sql<{
    today: CivilDate | null
  }>`select value #>> '{}' as today from kernel.settings where name = 'rulebook.swept_until'`.execute(reading<'kernel'>(tx))
  const today = clock[0]?.today ?? addDays('2000-01-01', 0)
  const byDay = Map.groupBy(rows, (row) => (row.on > today ? today : row.on))
  for (const [on, changes] of byDay) {
    // What is proposed today was proposed before the city is made, at whatever hour that is.
    const at = new Date(on < today ? `${on}T06:10:00+08:00` : `${today}T00:00:00+08:00`)
    await proposeCases(tx, { changes, at })
  }
}

function handsOf(city: MadeCity, accounts: WrittenAccounts): (organizationNo: number) => Hands {
  const owners = new Map<number, MadePerson>()
  const ofFirst = new Set<number>()
  const own = (organization: MadeOrganization | null, person: MadePerson | undefined, first: boolean) => {
    if (organization && person) owners.set(organization.no, person)
    if (organization && first) ofFirst.add(organization.no)
  }
  for (const unit of city.units) {
    const first = unit === city.units[0]
    for (const organization of [unit.organization, unit.leadingGroup, unit.body, ...unit.generalBranches])
      own(organization, unit.leaders[0], first)
    for (const branch of unit.branches) own(branch.organization, branch.secretary, first)
  }
  for (const branch of city.branches) own(branch.organization, branch.secretary, false)
  const byNumber = new Map(city.register.organizations.map((each) => [each.no, each]))
  const [gongwei, danwei] = [accounts.byName.get('gongwei') ?? 0, accounts.byName.get('danwei') ?? 0]
  return (no) => {
    const organization = byNumber.get(no)
    const owner = organization?.dissolvedOn ? null : (owners.get(no) ?? null)
    const officer = ofFirst.has(no) ? danwei : gongwei
    return { owner, reporter: organization ? accounts.recorderOf(organization) : 0, officer, verifier: gongwei }
  }
}
