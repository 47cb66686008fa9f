import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { weekdayOf } from '../../../kernel/time/working-days.ts'
import { lineOf, type MailChoice } from './mail.contract.ts'

const clockHour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', hourCycle: 'h23' })

const clockDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })

/** The hour in Shanghai at an instant, 0–23. */
export function hourAt(instant: Date): number {
  return Number(clockHour.format(instant))
}

type Hours = Pick<MailChoice, 'quietFrom' | 'quietUntil'>

/** From 21 until 8 spans midnight; equal hours mean no quiet time. */
export function isQuiet({ quietFrom, quietUntil }: Hours, hour: number): boolean {
  return quietFrom <= quietUntil ? hour >= quietFrom && hour < quietUntil : hour >= quietFrom || hour < quietUntil
}

const instantOf = (day: CivilDate, hour: number) => new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`)

/** The last moment up to now at which a digest was to go out. What was told before it is due, also when that run was missed. */
export function lastDigestMoment(choice: Pick<MailChoice, 'digestEvery' | 'digestHour' | 'digestWeekday'>, now: Date): Date {
  const today: CivilDate = clockDay.format(now)
  const latest = hourAt(now) >= choice.digestHour ? today : addDays(today, -1)
  if (choice.digestEvery === 'day') return instantOf(latest, choice.digestHour)
  return instantOf(addDays(latest, -((weekdayOf(latest) - choice.digestWeekday + 7) % 7)), choice.digestHour)
}

/** What decides about one notice. */
export interface Waiting {
  readonly kind: string
  readonly urgent: boolean
  readonly evenQuiet: boolean
  readonly createdAt: Date
}

/** Now, and whether nobody works today. */
export interface Moment {
  readonly now: Date
  readonly dayOff: boolean
}

/**
 * Whether a notice is mailed now. Quiet hours and days off hold for what is urgent too; only what a rule excepts goes out all the
 * same. What comes by digest waits for the digest's hour, unless it is urgent. A line that comes on the site alone is never mailed.
 */
export function isDue(choice: MailChoice, waiting: Waiting, { now, dayOff }: Moment): boolean {
  const way = choice.ways[lineOf(waiting.kind)]
  if (way === 'site') return false
  const quiet = isQuiet(choice, hourAt(now)) || (dayOff && choice.quietDaysOff)
  if (quiet) return waiting.evenQuiet
  return way === 'mail' || waiting.urgent || waiting.createdAt < lastDigestMoment(choice, now)
}

/** The mail's words: titles and one link to the site; what it is about is read there, behind the sign-in. */
export function digestText(
  notices: readonly { title: string; body: string }[],
  origin: string,
): { subject: string; text: string } {
  const [first] = notices
  const subject = notices.length === 1 && first ? `表率：${first.title}` : `表率：${notices.length} 条通知`
  const lines = notices.map(({ title, body }, index) => `${index + 1}. ${title}${body ? `\n   ${body}` : ''}`)
  return { subject, text: [...lines, '', `请登录办理：${origin}/`, '不想收邮件或要改时间，请在“我的设置”里修改。'].join('\n') }
}
