import { addDays, type CivilDate, daysBetween, inChinese } from '../../../kernel/time/civil-date.ts'
import { period, periodOf } from '../../../kernel/time/period.ts'
import { entryServing } from '../../orglife/entries/entry-measure-parameters.contract.ts'
import { tagServing } from '../../orglife/work-records/measure-parameters.contract.ts'
import type { Obligation, Status } from '../../rulebook/obligations/obligations.contract.ts'

/** How far away a day is: `还有 7 天`. */
export function daysInWords(due: CivilDate, today: CivilDate): string {
  const days = daysBetween(today, due)
  if (days === 0) return '今天到期'
  return days > 0 ? `还有 ${days} 天` : `已过 ${-days} 天`
}

/** What a page says about when something is due: the day, and how far away it is. */
export function dueInWords(due: CivilDate, today: CivilDate): string {
  const day = due.slice(0, 4) === today.slice(0, 4) ? inChinese(due).slice(5) : inChinese(due)
  return `${day}${due > today ? '前' : due < today ? '到期' : ''}，${daysInWords(due, today)}`
}

/** The heaps in which duties stand on the first page, in this order. */
export const heaps = {
  missed: '已经欠下',
  month: '本月要办',
  quarter: '本季度要办',
  later: '今年要办',
} as const
export type Heap = keyof typeof heaps

export interface SortedDuties {
  readonly open: Readonly<Record<Heap, readonly Obligation[]>>
  /** Met, and of a period that is still running or ended this month. */
  readonly done: readonly Obligation[]
  /** Kept by the way whenever a meeting is recorded, such as 首要学习制: nothing to do for them by themselves. */
  readonly byTheWay: readonly Obligation[]
  /** The duty that begins next. */
  readonly next: Obligation | null
}

const missed: readonly Status[] = ['not_reported', 'unmet']
const met: readonly Status[] = ['met', 'met_late']

/** Which kind of meeting would meet a duty; null where no single record does. */
export function meetingKindFor(duty: Obligation): string | null {
  if (duty.measure.name === 'orglife.lectures_given') return 'lecture'
  if (duty.measure.name !== 'orglife.meetings_held') return null
  const { kinds } = duty.measure.params
  const first: unknown = Array.isArray(kinds) ? kinds[0] : undefined
  return typeof first === 'string' ? first : null
}

/** Whether one record, of a meeting or of work, brings it on. */
const recordHelps = (duty: Obligation): boolean =>
  meetingKindFor(duty) !== null || tagServing(duty.measure) !== null || entryServing(duty.measure) !== null

function heapOf(duty: Obligation, today: CivilDate): Heap {
  if (missed.includes(duty.status)) return 'missed'
  if (duty.due <= periodOf(today, 'month').ends) return 'month'
  return duty.due <= periodOf(today, 'quarter').ends ? 'quarter' : 'later'
}

/** What must be done before what is only suggested; what is due sooner first, of what is missed the latest first. */
function pressing(a: Obligation, b: Obligation): number {
  if (a.strength !== b.strength) return a.strength === 'hard' ? -1 : 1
  const sooner = a.due < b.due ? -1 : a.due > b.due ? 1 : a.requirement < b.requirement ? -1 : 1
  return missed.includes(a.status) ? -sooner : sooner
}

/** A hint helps while something can still follow from it; one of last spring would only make the list long. */
const hintDays = 31

const isOldHint = ({ strength, period: name }: Obligation, today: CivilDate): boolean =>
  strength === 'soft' && period(name).ends < addDays(today, -hintDays)

/** Puts the duties of a year into the first page's heaps. What begins only later and what does not apply stays away. */
export function sortDuties(duties: readonly Obligation[], today: CivilDate): SortedDuties {
  const open: Record<Heap, Obligation[]> = { missed: [], month: [], quarter: [], later: [] }
  const done: Obligation[] = []
  const byTheWay: Obligation[] = []
  const coming: Obligation[] = []
  const monthStarts = periodOf(today, 'month').starts
  for (const duty of duties) {
    const { starts, ends } = period(duty.period)
    if (missed.includes(duty.status)) {
      if (!isOldHint(duty, today)) open.missed.push(duty)
    } else if (met.includes(duty.status) && ends >= addDays(monthStarts, -1)) done.push(duty)
    else if (duty.status !== 'not_due') continue
    else if (starts > today) coming.push(duty)
    else if (!recordHelps(duty)) byTheWay.push(duty)
    else open[heapOf(duty, today)].push(duty)
  }
  for (const heap of Object.values(open)) heap.sort(pressing)
  const next = coming.filter(recordHelps).sort(pressing)[0] ?? null
  return { open, done, byTheWay, next }
}

/** 未开展 is said when it is sure: for what is missed, and in the last week of what is due. */
export function mayBeDeclared(duty: Obligation, today: CivilDate): boolean {
  return duty.status === 'not_reported' || (duty.status === 'not_due' && daysBetween(today, duty.due) <= 7)
}
