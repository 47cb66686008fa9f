import { addDays, addMonths, type CivilDate } from '../../kernel/time/civil-date.ts'
import type { MeetingKind } from '../../modules/orglife/meetings/meetings.contract.ts'
import { type Fates, monthsBetween, outcomeOf, type Season } from './branch-year.ts'
import { drawFrom, monthStart, workingDay } from './draw.ts'
import type { MadeBranch } from './made-branches.ts'
import { lectureTitles } from './made-names.ts'
import type { MadeCity } from './made-city.ts'
import { type MadeMeeting, makeMeeting } from './made-meetings.ts'
import type { MadeUnit } from './made-units.ts'
import type { MadeOrganization, MadePerson } from './register.ts'

interface UnitEvent {
  readonly kinds: readonly MeetingKind[]
  readonly name: string
  readonly month: CivilDate
  readonly day: number
  readonly hosts: readonly MadeOrganization[]
  readonly chair: MadePerson | null
  readonly speaker?: MadePerson | null
  readonly reliability?: number
}

const calendarMonth = (month: CivilDate) => Number(month.slice(5, 7))

/** Meetings of a unit's bodies: leading group by month, committee by quarter, the yearly assembly, the secretary's lecture. */
export function unitMeetings(season: Season, unit: MadeUnit): MadeMeeting[] {
  return monthsBetween(season.since, season.today)
    .flatMap((month) => eventsOf(unit, month))
    .map((event) => hold(season, unit, event))
    .filter((meeting) => meeting !== null)
}

interface At {
  readonly unit: MadeUnit
  readonly month: CivilDate
  readonly chair: MadePerson | null
}

function eventsOf(unit: MadeUnit, month: CivilDate): UnitEvent[] {
  const at = { unit, month, chair: unit.leaders[0] ?? null }
  return [...leadingGroupEvents(at), ...bodyEvents(at), ...yearlyEvents(at)]
}

function leadingGroupEvents({ unit, month, chair }: At): UnitEvent[] {
  if (!unit.leadingGroup) return []
  const hosts = [unit.leadingGroup]
  const monthly: UnitEvent = { month, chair, kinds: ['leading_group_meeting'], name: '党组会议', day: 9, hosts }
  const study: UnitEvent = { month, chair, kinds: ['theory_study_group'], name: '理论学习中心组学习', day: 16, hosts }
  const life: UnitEvent = {
    month,
    chair,
    kinds: ['democratic_life_meeting'],
    name: '党组民主生活会',
    day: 21,
    hosts,
    reliability: 0.99,
  }
  const yearly = calendarMonth(month) === 1 ? [life] : []
  return calendarMonth(month) % 3 === 2 ? [monthly, study] : [monthly, ...yearly]
}

function bodyEvents({ unit, month }: At): UnitEvent[] {
  if (unit.body === unit.organization || calendarMonth(month) % 3 !== 1) return []
  return [{ month, chair: null, kinds: ['party_committee_meeting'], name: '机关党委（总支）会议', day: 13, hosts: [unit.body] }]
}

/** The staff assembly early in the year, and the leading-group secretary's lecture in the unit's second branch. */
function yearlyEvents({ unit, month, chair }: At): UnitEvent[] {
  const { organization } = unit
  const draw = drawFrom(`${organization.names[0]?.name}/${month.slice(0, 4)}`)
  const [assemblyMonth, lectureMonth] = [draw.between(1, 3), draw.between(5, 10)]
  if (calendarMonth(month) === assemblyMonth) {
    return [
      { month, chair, kinds: ['staff_assembly'], name: '机关党员干部大会', day: 24, hosts: [organization], reliability: 0.93 },
    ]
  }
  const branch = unit.branches[1]
  if (calendarMonth(month) !== lectureMonth || !branch || !chair || branch.organization.dissolvedOn !== null) return []
  const name = `党组书记讲党课：${draw.one(lectureTitles)}`
  return [
    {
      month,
      chair: branch.secretary,
      kinds: ['lecture'],
      name,
      day: 26,
      hosts: [branch.organization],
      speaker: chair,
      reliability: 0.8,
    },
  ]
}

function hold(season: Season, unit: MadeUnit, event: UnitEvent): MadeMeeting | null {
  const { month, hosts, kinds, reliability = 0.97 } = event
  const key = `${unit.organization.id}/${kinds.join('+')}/${month}`
  const draw = drawFrom(`${season.rolls.register.seed}/${key}`)
  const heldOn = workingDay(addDays(month, Math.min(27, event.day + draw.between(-2, 2)) - 1))
  const recorded = outcomeOf({ season, draw, month, heldOn, reliability, fate: undefined })
  if (!recorded) return null
  const title = `${month.slice(0, 4)}年${calendarMonth(month)}月${event.name}`
  const deputy = season.rolls.register.posts.find((post) => post.organization === unit.body && post.post === 'full_time_deputy')
  const sittingIn = deputy && hosts[0] === unit.leadingGroup && !draw.chance(0.1) ? [deputy.person] : []
  const plan = { hosts, kinds, title, heldOn, draw, recorded, sittingIn, chair: event.chair, speaker: event.speaker ?? null }
  const meeting = makeMeeting(season.rolls, { ...plan, theoryFirst: !draw.chance(0.05), attendance: 92 }, key)
  return meeting.seats.length > 0 ? meeting : null
}

/** What must be seen in the city, whatever is drawn: by branch, which of its meetings had which fate. */
export function fatesOf(city: MadeCity, today: CivilDate): Map<MadeBranch, Fates> {
  const month = (back: number) => addMonths(monthStart(today), -back)
  const quarter = [0, 1, 2].map((back) => month(back)).filter((each) => quarterOf(each) === quarterOf(month(0)))
  const shown = new Map<string, 'missed' | 'late'>([
    [`theme_day/${month(0)}`, 'missed'],
    ...quarter.map((each) => [`members_meeting/${each}`, 'missed'] as const),
    [`committee_meeting/${month(2)}`, 'missed'],
    [`theme_day/${month(3)}`, 'late'],
  ])
  const fates = new Map<MadeBranch, Fates>([[city.shown, shown]])
  const second = city.units[0]?.branches[1]
  if (second) {
    const changed = [
      [`committee_meeting/${month(4)}`, 'corrected'],
      [`theme_day/${month(1)}`, 'held'],
    ] as const
    fates.set(second, new Map(changed))
  }
  for (const branch of [city.units[1]?.branches[0], city.units[2]?.branches[0]]) {
    if (branch) fates.set(branch, new Map([[`committee_meeting/${month(3)}`, 'thin']]))
  }
  for (const { branches } of togetherPairs(city, today)) {
    for (const branch of branches) if (!fates.has(branch)) fates.set(branch, new Map([[`theme_day/${month(2)}`, 'missed']]))
  }
  return fates
}

const quarterOf = (date: CivilDate) => `${date.slice(0, 4)}/${Math.ceil(calendarMonth(date) / 3)}`

/** Pairs of branches of one unit that held a theme day together. */
function togetherPairs(city: MadeCity, today: CivilDate): { unit: MadeUnit; branches: readonly [MadeBranch, MadeBranch] }[] {
  const month = addMonths(monthStart(today), -2)
  return city.units.flatMap((unit) => {
    const [one, other] = [unit.branches[2], unit.branches[3]]
    if (!one || !other) return []
    const stood = [one, other].every(
      ({ organization }) => organization.dissolvedOn === null && organization.establishedOn < month,
    )
    return stood && unit.branches.length > 4 ? [{ unit, branches: [one, other] as const }] : []
  })
}

/** Theme days held together, a meeting recorded twice and withdrawn, and what is planned ahead. */
export function singleMeetings(season: Season, city: MadeCity): MadeMeeting[] {
  const { today, rolls } = season
  const month = addMonths(monthStart(today), -2)
  const joint = togetherPairs(city, today).map(({ branches }) => {
    const key = `together/${branches[0].organization.id}`
    const heldOn = workingDay(addDays(month, 14))
    const hosts = branches.map((branch) => branch.organization)
    const recorded = { on: addDays(heldOn, 1), lateReason: null }
    const plan = {
      hosts,
      kinds: ['theme_day'],
      title: '两个支部合开主题党日：走进社区服务',
      heldOn,
      recorded,
      theoryFirst: true,
      attendance: 94,
    } as const
    return makeMeeting(rolls, { ...plan, draw: drawFrom(`${rolls.register.seed}/${key}`), chair: branches[0].secretary }, key)
  })
  return [...joint, ...withdrawn(season, city), ...planned(season, city)]
}

function withdrawn({ rolls, today }: Season, city: MadeCity): MadeMeeting[] {
  const branch = city.units[0]?.branches[1]
  if (!branch) return []
  const heldOn = workingDay(addDays(addMonths(monthStart(today), -1), 15))
  const is = {
    kinds: ['theme_day'],
    title: '主题党日（重复记录）',
    heldOn,
    recorded: { on: heldOn, lateReason: null },
    theoryFirst: true,
    attendance: 95,
  } as const
  const draw = drawFrom(`${rolls.register.seed}/withdrawn`)
  const meeting = makeMeeting(rolls, { ...is, hosts: [branch.organization], draw, chair: branch.secretary }, 'withdrawn')
  return [Object.assign(meeting, { state: 'withdrawn' as const, changedFor: '同一次会议记了两遍，撤回后一次。' })]
}

function planned({ rolls, today }: Season, city: MadeCity): MadeMeeting[] {
  return city.branches.flatMap((branch) => {
    const key = `planned/${branch.organization.id}`
    const draw = drawFrom(`${rolls.register.seed}/${key}`)
    const heldOn = workingDay(addDays(addMonths(monthStart(today), 1), draw.between(4, 18)))
    if (!draw.chance(0.3) || branch.organization.dissolvedOn !== null) return []
    const is = {
      kinds: ['theme_day'],
      title: '主题党日：民主议事',
      heldOn,
      recorded: null,
      theoryFirst: !draw.chance(0.1),
      attendance: 100,
    } as const
    return [makeMeeting(rolls, { ...is, hosts: [branch.organization], draw, chair: branch.secretary }, key)]
  })
}
