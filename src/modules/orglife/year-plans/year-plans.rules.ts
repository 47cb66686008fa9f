import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { type MeetingKind, meetingKinds } from '../meetings/meetings.contract.ts'

/** A duty of the coming year that a meeting of a kind serves. */
export interface DutyOfYear {
  readonly requirement: string
  /** `2027-03`, `2027Q1`, `2027H1` or `2027`. */
  readonly period: string
  readonly kinds: readonly MeetingKind[]
  /** How many are asked for. */
  readonly least: number
}
export interface ProposedItem {
  readonly month: number
  readonly kind: MeetingKind
  readonly title: string
  readonly requirements: readonly string[]
}

/** What is held once a year at its end (ZB16, ZB17, JG11); anything else of the year leaves a month behind it. */
const usualMonths: Partial<Record<MeetingKind, number>> = {
  organization_life_meeting: 12,
  democratic_review: 12,
  staff_assembly: 12,
}

/** The month in which a duty is proposed: its own, the middle of a quarter, the end of a half year, the usual one. */
export function monthFor({ period, kinds }: Pick<DutyOfYear, 'period' | 'kinds'>): number {
  const natural = /^\d{4}-(\d{2})$/.exec(period)
  if (natural) return Number(natural[1])
  const quarter = /^\d{4}Q([1-4])$/.exec(period)
  if (quarter) return Number(quarter[1]) * 3 - 1
  const half = /^\d{4}H([12])$/.exec(period)
  if (half) return Number(half[1]) * 6 - 1
  return (kinds[0] && usualMonths[kinds[0]]) ?? 11
}

/**
 * One line for each meeting that is asked for: what several rules ask of the same kind and month is one meeting, because one record
 * counts for all of them. A rule of the year or quarter leans on a line of its kind that is there already within its period.
 */
export function proposedItems(duties: readonly DutyOfYear[]): ProposedItem[] {
  const lines = new Map<string, { month: number; kind: MeetingKind; codes: Set<string>; count: number }>()
  for (const duty of [...duties].sort((one, other) => other.period.length - one.period.length)) {
    const kind = duty.kinds.find((each) => lines.has(`${monthFor(duty)} ${each}`)) ?? duty.kinds[0]
    if (!kind) continue
    const month = monthFor(duty)
    const key = `${month} ${kind}`
    const line = lines.get(key) ?? { month, kind, codes: new Set<string>(), count: 0 }
    line.codes.add(duty.requirement)
    line.count = Math.max(line.count, duty.least)
    lines.set(key, line)
  }
  const order = Object.keys(meetingKinds)
  return [...lines.values()]
    .sort((one, other) => one.month - other.month || order.indexOf(one.kind) - order.indexOf(other.kind))
    .flatMap(({ month, kind, codes, count }) =>
      Array.from({ length: Math.min(count, 4) }, (_, at) => ({
        month,
        kind,
        title: count > 1 ? `${meetingKinds[kind]}（${at + 1}）` : meetingKinds[kind],
        requirements: [...codes].sort(),
      })),
    )
}

interface Kept {
  readonly id: string
  readonly month: number
  readonly kind: string
  readonly cancelled: boolean
  readonly meetingNo: number | null
}
export interface HeldMeeting {
  readonly no: number
  readonly id: string
  readonly title: string
  readonly heldOn: CivilDate
  readonly kinds: readonly string[]
  readonly state: string
}

const monthOf = (heldOn: CivilDate): number => Number(heldOn.slice(5, 7))
const quarterOf = (month: number): number => Math.ceil(month / 3)

/** From which months a record stands for a line: its own, and where it is the only one of its kind in its quarter or year, all of that. */
function reachOf(item: Kept, items: readonly Kept[]): (month: number) => boolean {
  const alike = items.filter(({ kind, cancelled }) => kind === item.kind && !cancelled)
  if (alike.length === 1) return () => true
  const quarter = quarterOf(item.month)
  const alone = alike.filter(({ month }) => quarterOf(month) === quarter).length === 1
  return (month) => month === item.month || (alone && quarterOf(month) === quarter)
}

/**
 * Which meeting each line stands for: the one that was planned from it, else a recorded one of its kind in its month, else within its
 * reach. One meeting of two kinds serves a line of each; of two lines of one kind and month the first takes the first.
 */
export function meetingsOfItems(items: readonly Kept[], meetings: readonly HeldMeeting[]): Map<string, HeldMeeting> {
  const standing = meetings.filter(({ state }) => state === 'recorded' || state === 'planned')
  const found = new Map<string, HeldMeeting>()
  const taken = new Set<string>()
  const take = (item: Kept, meeting: HeldMeeting | undefined) => {
    if (!meeting) return
    found.set(item.id, meeting)
    taken.add(`${item.kind} ${meeting.no}`)
  }
  const recordedFor = (item: Kept, within: (month: number) => boolean) =>
    standing.find(
      ({ no, heldOn, kinds, state }) =>
        state === 'recorded' && kinds.includes(item.kind) && within(monthOf(heldOn)) && !taken.has(`${item.kind} ${no}`),
    )
  const open = () => items.filter((item) => !found.has(item.id) && !item.cancelled)
  for (const item of items)
    take(
      item,
      standing.find(({ no }) => no === item.meetingNo),
    )
  for (const item of open())
    take(
      item,
      recordedFor(item, (month) => month === item.month),
    )
  for (const item of open()) take(item, recordedFor(item, reachOf(item, items)))
  return found
}

/** How a line stands on a day. */
export function standingOf(
  item: Pick<Kept, 'month' | 'cancelled'>,
  meeting: HeldMeeting | undefined,
  on: { year: number; today: CivilDate },
): 'held' | 'arranged' | 'due' | 'missed' | 'cancelled' {
  if (meeting?.state === 'recorded') return 'held'
  if (item.cancelled) return 'cancelled'
  if (meeting) return 'arranged'
  const over = on.today.slice(0, 7) > `${on.year}-${String(item.month).padStart(2, '0')}`
  return over ? 'missed' : 'due'
}
