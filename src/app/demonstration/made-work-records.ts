import { addDays, addMonths, type CivilDate } from '../../kernel/time/civil-date.ts'
import { monthsBetween, outcomeOf, type Season } from './branch-year.ts'
import { type Draw, drawFrom, madeId, workingDay } from './draw.ts'
import type { MadeBranch } from './made-branches.ts'
import type { MadeCity } from './made-city.ts'
import type { MadeUnit } from './made-units.ts'
import { heldOn, type MadeOrganization, type MadePerson } from './register.ts'
import {
  bodyHabits,
  branchHabits,
  cityHabits,
  committeeHabits,
  type Habit,
  leadingGroupHabits,
  trainings,
  unitHabits,
} from './work-habits.ts'

/** A record of something done, before it is written. */
export interface MadeWorkRecord {
  no: number
  readonly id: string
  readonly organization: MadeOrganization
  readonly habit: Habit
  readonly heldOn: CivilDate
  readonly recordedOn: CivilDate
  readonly lateReason: string | null
  readonly hours: number | null
  readonly quantity: number | null
  readonly people: readonly MadePerson[]
}

/** Who does something, how surely, and who may take part. */
interface Doer {
  readonly organization: MadeOrganization
  readonly reliability: number
  readonly members: (day: CivilDate) => readonly MadePerson[]
  readonly committee: (day: CivilDate) => readonly MadePerson[]
  readonly secretary: MadePerson | null
}

/** All work records of the made-up city over the season. */
export function workRecordsOf(season: Season, city: MadeCity): MadeWorkRecord[] {
  const committee = doerOf(season, city.committee, { reliability: 0.97, members: [city.ownBranch.organization], secretary: null })
  return [
    ...habitual(season, committee, [...cityHabits, ...trainings]),
    ...city.units.flatMap((unit) => unitRecords(season, unit)),
    ...city.branches.flatMap((branch) => branchRecords(season, branch)),
    ...inductions(season, city),
  ]
}

function branchRecords(season: Season, branch: MadeBranch): MadeWorkRecord[] {
  const { organization, reliability, secretary } = branch
  return habitual(season, doerOf(season, organization, { reliability, members: [organization], secretary }), branchHabits)
}

function unitRecords(season: Season, unit: MadeUnit): MadeWorkRecord[] {
  const all = unit.branches.map((branch) => branch.organization)
  const under = (body: MadeOrganization) => all.filter((branch) => branch.parents.some((each) => each.parent === body))
  const of = (organization: MadeOrganization, members: readonly MadeOrganization[]) =>
    doerOf(season, organization, { reliability: 0.95, members, secretary: secretaryOf(season, organization) })
  const bodies = unit.body === unit.organization ? [] : [unit.body]
  return [
    ...habitual(season, of(unit.organization, all), unitHabits),
    ...habitual(season, of(unit.body, all), trainings),
    ...bodies.flatMap((body) => habitual(season, of(body, all), body.kind === 'party_committee' ? committeeHabits : bodyHabits)),
    ...unit.generalBranches.flatMap((body) => habitual(season, of(body, under(body)), bodyHabits)),
    ...(unit.leadingGroup ? habitual(season, of(unit.leadingGroup, []), leadingGroupHabits) : []),
    ...unit.leaders.flatMap((leader) => article(season, unit, leader)),
  ]
}

/** Each leading official's research article of the year, entered by the unit; one in nine keeps it waiting. */
function article(season: Season, unit: MadeUnit, leader: MadePerson): MadeWorkRecord[] {
  const months = monthsBetween(season.since, season.today).filter((month) => month.slice(5, 7) === '08')
  const host = unit.leadingGroup ?? unit.organization
  const doer = doerOf(season, host, { reliability: 0.89, members: [], secretary: leader })
  const habit: Habit = {
    tags: [['research_article', null]],
    months: [8],
    title: '领导干部调研文章',
    content: '到基层走访后写成，供单位决策参考（演示）。',
    people: 'secretary',
  }
  return months.flatMap((month) => one(season, doer, { habit, month, key: leader.id }))
}

/** New branch secretaries are trained within half a year; the shown one surely. */
function inductions(season: Season, city: MadeCity): MadeWorkRecord[] {
  const branches = new Set(city.branches.map((branch) => branch.organization))
  const habit: Habit = {
    tags: [['induction', null]],
    months: [],
    title: '新任支部书记任职培训',
    content: '学习支部工作的基本规定和常用做法（演示）。',
    hours: 8,
    people: 'secretary',
  }
  return season.rolls.register.posts
    .filter((post) => post.post === 'branch_secretary' && branches.has(post.organization))
    .flatMap(({ person, organization, from }) => {
      const shown = organization === city.shown.organization
      const doer = doerOf(season, organization, { reliability: shown ? 1 : 0.93, members: [], secretary: person })
      const day = addMonths(from, 2)
      return day < season.since ? [] : one(season, doer, { habit, month: `${day.slice(0, 7)}-01`, key: `induction/${person.id}` })
    })
}

function secretaryOf({ rolls }: Season, organization: MadeOrganization): MadePerson | null {
  return rolls.register.posts.find((post) => post.organization === organization && post.to === null)?.person ?? null
}

const inParty = ['full', 'probationary', 'development_target', 'activist']

function doerOf(
  { rolls }: Season,
  organization: MadeOrganization,
  is: { reliability: number; members: readonly MadeOrganization[]; secretary: MadePerson | null },
): Doer {
  const members = (day: CivilDate) => {
    const held = is.members.flatMap((branch) =>
      branch.members.filter((each) => inParty.includes(each.standing) && heldOn(each, day)),
    )
    return [...new Set(held.map((each) => each.person))].filter((person) => !person.exempt)
  }
  const committee = (day: CivilDate) => {
    const own = (rolls.committees.get(organization) ?? []).find((each) => each.electedOn <= day && (each.endedOn ?? '9999') > day)
    return own?.members.map((each) => each.person) ?? []
  }
  return { organization, reliability: is.reliability, secretary: is.secretary, members, committee }
}

/** What an organization makes a habit of, in the months in which it does. */
function habitual(season: Season, doer: Doer, habits: readonly Habit[]): MadeWorkRecord[] {
  const { establishedOn, dissolvedOn } = doer.organization
  return monthsBetween(season.since, season.today)
    .filter((month) => month >= establishedOn && (dissolvedOn === null || month < dissolvedOn))
    .flatMap((month) =>
      habits
        .filter((habit) => habit.months.includes(Number(month.slice(5, 7))))
        .flatMap((habit) => one(season, doer, { habit, month, key: habit.title })),
    )
}

function one(season: Season, doer: Doer, is: { habit: Habit; month: CivilDate; key: string }): MadeWorkRecord[] {
  const { habit, month, key } = is
  const seed = [season.rolls.register.seed, 'work', doer.organization.id, key, month].join('/')
  const draw = drawFrom(seed)
  const day = workingDay(addDays(month, draw.between(3, 24)))
  const reliability = doer.reliability >= 1 ? 1 : doer.reliability * (habit.sure ?? 1)
  const recorded = outcomeOf({ season, draw, month, heldOn: day, reliability, fate: undefined })
  const people = recorded ? takingPart(doer, { habit, day, draw }) : []
  if (!recorded || (habit.people !== undefined && people.length === 0)) return []
  return [
    {
      no: 0,
      id: madeId('wrk', seed),
      organization: doer.organization,
      habit,
      heldOn: day,
      recordedOn: recorded.on,
      lateReason: recorded.lateReason,
      hours: habit.hours ?? null,
      quantity: habit.quantity ? draw.between(...habit.quantity) : null,
      people,
    },
  ]
}

function takingPart(doer: Doer, { habit, day, draw }: { habit: Habit; day: CivilDate; draw: Draw }): readonly MadePerson[] {
  if (habit.people === 'secretary') return doer.secretary ? [doer.secretary] : []
  if (habit.people === 'committee') return doer.committee(day)
  if (habit.people !== 'members') return []
  const kept = doer.reliability >= 1 ? 1 : (habit.attendance ?? 1)
  return doer.members(day).filter(() => draw.number() < kept)
}
