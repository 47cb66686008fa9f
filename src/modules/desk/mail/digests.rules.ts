import type { CivilDate } from '../../../kernel/time/civil-date.ts'

/** What an account has chosen, and when its last digest went out. */
export interface MailHours {
  readonly digest: boolean
  /** Hours in Shanghai; from 20 until 8 spans midnight, equal hours mean no quiet time. */
  readonly quietFrom: number
  readonly quietUntil: number
  readonly digestedOn: CivilDate | null
}

const digestHour = 8
const clockHour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', hourCycle: 'h23' })

/** The hour in Shanghai at an instant, 0–23. */
export function hourAt(instant: Date): number {
  return Number(clockHour.format(instant))
}

export function isQuiet(hours: MailHours, hour: number): boolean {
  const { quietFrom, quietUntil } = hours
  return quietFrom <= quietUntil ? hour >= quietFrom && hour < quietUntil : hour >= quietFrom || hour < quietUntil
}

/** What may be mailed now: nothing in quiet hours, everything once a day from 8:00 on, what is urgent at any other time. */
export function mailable(hours: MailHours, now: { hour: number; today: CivilDate }): 'nothing' | 'urgent' | 'everything' {
  if (isQuiet(hours, now.hour)) return 'nothing'
  const digestDue = hours.digest && now.hour >= digestHour && (hours.digestedOn === null || hours.digestedOn < now.today)
  return digestDue ? 'everything' : 'urgent'
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
