import { addDays, addMonths, type CivilDate, daysInMonth } from '../../kernel/time/civil-date.ts'
import type { MeetingKind } from '../../modules/orglife/meetings/meetings.contract.ts'
import { type Draw, earlier, monthStart, workingDay } from './draw.ts'
import type { MadeBranch } from './made-branches.ts'
import { lateReasons, lectureTitles, themeTitles } from './made-names.ts'
import { type MadeMeeting, makeMeeting, type MeetingPlan, type Rolls } from './made-meetings.ts'
import { committeeOn, type MadeOrganization, type MadePerson } from './register.ts'

/** What must happen in one branch, by `kind/first day of the month`, whatever is drawn. */
type Fate = 'missed' | 'late' | 'held' | 'corrected' | 'thin'
export type Fates = ReadonlyMap<string, Fate>

/** The span of days whose meetings are made. */
export interface Season {
  readonly rolls: Rolls
  readonly since: CivilDate
  readonly today: CivilDate
}

const lastDay = (month: CivilDate): CivilDate =>
  `${month.slice(0, 8)}${daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5, 7)))}`

/** First days of the months from one day to another. */
export function monthsBetween(since: CivilDate, until: CivilDate): CivilDate[] {
  const months: CivilDate[] = []
  for (let month = monthStart(since); month <= until; month = addMonths(month, 1)) months.push(month)
  return months
}

/** Days until which a record of a month's meeting is in time. */
const graceDays = 5

interface Attempt {
  readonly season: Season
  readonly draw: Draw
  readonly month: CivilDate
  readonly heldOn: CivilDate
  readonly reliability: number
  readonly fate: Fate | undefined
}

/** Whether and when a meeting was held and recorded; null when it was not, or is still to come. */
export function outcomeOf(attempt: Attempt): MeetingPlan['recorded'] {
  const { season, draw, month, heldOn, reliability, fate } = attempt
  const [omitted, tardy, days] = [
    draw.chance(1 - reliability),
    draw.chance(reliability < 1 ? (1 - reliability) * 0.45 + 0.008 : 0),
    draw.between(0, 3),
  ]
  if (fate === 'missed' || (omitted && !fate) || heldOn > season.today) return null
  const end = lastDay(month)
  if (fate === 'late' || (tardy && !fate)) {
    const on = addDays(end, graceDays + draw.between(1, 12))
    return on > season.today ? null : { on, lateReason: draw.one(lateReasons) }
  }
  return { on: earlier(earlier(addDays(heldOn, days), season.today), addDays(end, graceDays)), lateReason: null }
}

/** A branch with its habits, which stay the same over the months. */
class BranchLife {
  readonly season: Season
  readonly branch: MadeBranch
  readonly fates: Fates
  readonly draw: Draw
  /** Day of the month on which theme days are held (相对固定). */
  readonly themeDay: number
  /** Holds the members' meeting together with the theme day. */
  readonly together: boolean
  readonly meetingMonth: number
  /** November or December: the organization-life meeting belongs to the fourth quarter. */
  readonly lifeMonth: number

  constructor(season: Season, branch: MadeBranch, fates: Fates) {
    this.season = season
    this.branch = branch
    this.fates = fates
    this.draw = season.rolls.register.draw.of(`meetings/${branch.organization.id}`)
    this.themeDay = this.draw.between(6, 19)
    this.together = this.draw.chance(0.4) && fates.size === 0
    this.meetingMonth = this.draw.between(0, 2)
    this.lifeMonth = this.draw.chance(0.4) ? 11 : 12
  }

  /** Everything that was held in a month, as far as it was recorded. */
  inMonth(month: CivilDate): MadeMeeting[] {
    const { groups } = this.branch
    const duty = Number(month.slice(5, 7)) % 3 === (this.meetingMonth + 1) % 3
    const lifeMonth = Number(month.slice(5, 7)) === this.lifeMonth
    return [
      this.themeDayOf(month, duty && this.together),
      duty && !this.together
        ? this.hold(month, { kinds: ['members_meeting'], name: '支部党员大会', day: this.themeDay + 5 })
        : null,
      this.hasCommittee(month)
        ? this.hold(month, { kinds: ['committee_meeting'], name: '支委会', day: this.themeDay - 4 })
        : null,
      lifeMonth
        ? this.hold(month, {
            kinds: ['organization_life_meeting', 'democratic_review'],
            name: '组织生活会和民主评议党员',
            day: 18,
          })
        : null,
      ...groups.map((group, index) =>
        this.hold(month, { kinds: ['group_meeting'], name: '党小组会', day: 21 + index, host: group }),
      ),
    ].filter((meeting) => meeting !== null)
  }

  private hasCommittee(month: CivilDate): boolean {
    return committeeOn(this.season.rolls.committees.get(this.branch.organization) ?? [], month) !== undefined
  }

  private themeDayOf(month: CivilDate, withMeeting: boolean): MadeMeeting | null {
    const lecture =
      ['03', '06', '09', '12'].includes(month.slice(5, 7)) && (withMeeting || this.draw.of(`lecture/${month}`).chance(0.3))
    const kinds: MeetingKind[] = [
      ...(withMeeting ? (['members_meeting'] as const) : []),
      'theme_day',
      ...(lecture ? (['lecture'] as const) : []),
    ]
    const draw = this.draw.of(`title/${month}`)
    const name = lecture ? `主题党日暨党课：${draw.one(lectureTitles)}` : `主题党日：${draw.one(themeTitles)}`
    return this.hold(month, {
      kinds,
      name: withMeeting ? `支部党员大会暨${name}` : name,
      day: this.themeDay,
      speaker: lecture ? this.branch.secretary : null,
    })
  }

  private hold(
    month: CivilDate,
    is: { kinds: readonly MeetingKind[]; name: string; day: number; host?: MadeOrganization; speaker?: MadePerson | null },
  ): MadeMeeting | null {
    const { branch, season } = this
    const host = is.host ?? branch.organization
    const key = `${host.id}/${is.kinds.join('+')}/${month}`
    const draw = this.draw.of(key)
    const heldOn = workingDay(addDays(month, Math.min(27, Math.max(1, is.day + draw.between(-1, 1))) - 1))
    const fate = this.fates.get(`${is.kinds[0]}/${month}`)
    const recorded = outcomeOf({ season, draw, month, heldOn, reliability: branch.reliability, fate })
    if (!recorded) return null
    const careless = (1 - branch.reliability) * 0.25
    const meeting = makeMeeting(
      season.rolls,
      {
        hosts: [host],
        kinds: is.kinds,
        title: `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月${is.name}`,
        heldOn,
        draw,
        recorded,
        chair: branch.secretary,
        speaker: is.speaker ?? null,
        theoryFirst: !draw.chance(careless + 0.004) || fate !== undefined,
        attendance: fate === 'thin' ? 0 : draw.chance(careless * 0.7) ? 35 : 88 + branch.reliability * 7,
      },
      key,
    )
    if (fate === 'corrected') meeting.changedFor = '原来漏写一项议程，补上。'
    return meeting.seats.length > 0 ? meeting : null
  }
}

/** All meetings of a branch over the season. */
export function branchMeetings(season: Season, branch: MadeBranch, fates: Fates): MadeMeeting[] {
  const life = new BranchLife(season, branch, fates)
  const { establishedOn, dissolvedOn } = branch.organization
  return monthsBetween(season.since, season.today)
    .filter((month) => month >= establishedOn && (dissolvedOn === null || month < dissolvedOn))
    .flatMap((month) => life.inMonth(month))
}
