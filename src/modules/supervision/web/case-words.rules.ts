import { addDays, type CivilDate, daysBetween, inChinese } from '../../../kernel/time/civil-date.ts'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { statuses, type Status } from '../../rulebook/obligations/obligations.contract.ts'
import type { CaseAction, CaseState } from '../cases/cases.lifecycle.ts'

/** What the clock of a case says is read from. */
export interface ClockShown {
  readonly state: CaseState
  readonly dueOn: CivilDate | null
  readonly overdueDays: number
  readonly waiting: boolean
  readonly waitingSince: CivilDate | null
  /** The wait that is on included. */
  readonly waitedDays: number
}

/** The last day, days waited above added to what was set. */
export function lastDay(clock: Pick<ClockShown, 'dueOn' | 'waitedDays'>): CivilDate | null {
  return clock.dueOn === null ? null : addDays(clock.dueOn, clock.waitedDays)
}

/** Where a case stands in time, in a sentence; null where no clock runs. */
export function deadlineInWords(clock: ClockShown, today: CivilDate): string | null {
  const last = lastDay(clock)
  if (last === null || !(clock.state === 'reminded' || clock.state === 'supervised')) return null
  if (clock.waiting) {
    const since = clock.waitingSince === null ? '' : `，自${inChinese(clock.waitingSince)}起`
    return `已停表${since}，累计等了 ${clock.waitedDays} 天，都不计入超期`
  }
  if (clock.overdueDays > 0) return `已超期 ${clock.overdueDays} 天`
  const left = daysBetween(today, last)
  return left === 0 ? '今天到期' : `还有 ${left} 天`
}

/** The due date with what the waiting above has added: `2026年11月30日（等上级 3 天，顺延至2026年12月3日）`. */
export function dueInWords(clock: Pick<ClockShown, 'dueOn' | 'waitedDays'>): string | null {
  const last = lastDay(clock)
  if (clock.dueOn === null || last === null) return null
  if (clock.waitedDays === 0) return inChinese(clock.dueOn)
  return `${inChinese(clock.dueOn)}（等上级 ${clock.waitedDays} 天，顺延至${inChinese(last)}）`
}

/** The word of an obligation's status as it stands now. */
export function standingOf(status: string | null): Status | null {
  return status !== null && status in statuses ? (status as Status) : null
}

/** True when what was missed has been made good, or nobody owes it any more. */
export function madeGood(status: string | null): boolean {
  return status !== null && status !== 'unmet' && status !== 'not_reported'
}

/** What whoever reads may do with a case that has been made good; null where there is nothing left to follow. */
export function madeGoodAdvice(found: { state: CaseState; abilities: readonly string[] }): string | null {
  if (found.state === 'closed' || found.state === 'dismissed') return null
  const stands = '这一项已经补上或不再欠。'
  const { abilities } = found
  if (abilities.includes('dismiss')) return `${stands}核对属实的，可以不采纳这条建议。`
  if (abilities.includes('verify')) return `${stands}核对属实的，可以核验销号。`
  if (abilities.includes('report')) return `${stands}请报告办理结果，由上级核验销号。`
  return `${stands}${nextByOthers[found.state] ?? ''}`
}

const nextByOthers: Partial<Record<CaseState, string>> = {
  proposed: '上级核对后即可不予立项，您不用再办。',
  reminded: '等责任人报告办理结果。',
  supervised: '等责任人报告办理结果。',
  reported: '等核验人核验销号。',
}

/** The status that the title of a proposed case names, as it was when the case was proposed. */
export function proposedAs(title: string): Status | null {
  const named = (Object.keys(statuses) as Status[]).find((status) => title.endsWith(statuses[status]))
  return named ?? null
}

/** `2026年三季度`; empty where the case is of no period. */
export function periodOfCase(name: string | null): string {
  return name === null ? '' : periodInChinese(period(name))
}

/** In which order the steps are offered; what is likeliest comes first. */
const order: readonly CaseAction[] = [
  'remind',
  'supervise',
  'dismiss',
  'verify',
  'return',
  'report',
  'pause',
  'resume',
  'reopen',
  'urge',
  'put_off',
]

/** The steps that the server offers, in the order of the page. */
export function offeredSteps(abilities: readonly string[]): CaseAction[] {
  return order.filter((verb) => abilities.includes(verb))
}

/** What is said when a step is done, and what comes next. */
export const doneWords: Readonly<Record<CaseAction, string>> = {
  remind: '提醒已发出。到期没有报告办理结果的，会列入超期。',
  dismiss: '已记为不采纳，理由留存。',
  supervise: '已转督办并编号，责任人会收到通知。',
  report: '已报告。由责任人和报告人以外的人核验，结果会通知您。',
  verify: '已核验销号。',
  return: '已退回继续整改，责任人和报告人会收到通知。',
  pause: '已停表。上级办完后请续表，等待的天数不计入超期。',
  resume: '已续表，时限按等待的天数顺延。',
  reopen: '已重新立项，时限从新的日期算起。',
  urge: '已催办，责任人和本组织会收到通知。',
  put_off: '已延期，时限从新的日期算起，理由留存。',
}
