import { period, periodInChinese, type PeriodName } from '../../../kernel/time/period.ts'

/** Stored numbers of the two statuses that are missed: reported and short, and not reported. */
const missedWords: Readonly<Record<number, string>> = { 3: '未达标', 4: '未报' }

/** The part of a status change that proposals look at. */
export interface ChangedTo {
  readonly after: number | null
}

/** True when a duty became missed. Whether it is a hard one, the requirement says. */
export function becameMissed(change: ChangedTo): boolean {
  return change.after !== null && change.after in missedWords
}

/** `第二支部 2026年9月 支委会 未报`: names the organization and the matter, never a person. */
export function proposalTitle(missed: { organization: string; period: PeriodName; requirement: string; status: number }): string {
  return [missed.organization, periodInChinese(period(missed.period)), missed.requirement, missedWords[missed.status] ?? '']
    .join(' ')
    .trim()
}
