import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'

/** An all-day event with an alarm so many days before; null for none. */
export interface CalendarEvent {
  /** The same as long as the matter is the same. */
  readonly uid: string
  readonly day: CivilDate
  readonly title: string
  readonly note: string
  readonly alarmDays: number | null
}

export interface CalendarFile {
  readonly name: string
  readonly stamp: Date
  readonly events: readonly CalendarEvent[]
}

/** RFC 5545 §3.3.11: backslash, semicolon, comma and line breaks are escaped; other control characters may not occur. */
function text(value: string): string {
  const clean = value.replaceAll('\r\n', '\n').replaceAll(/(?![\n\t])\p{Cc}/gu, '')
  return clean.replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll('\n', '\\n')
}

const octets = (value: string) => Buffer.byteLength(value, 'utf8')

/** §3.1: a line has at most 75 octets; what follows is folded with a blank, never inside a character. */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  for (const character of line) {
    // The blank that begins a continued line counts as well.
    if (octets(part) + octets(character) > (parts.length === 0 ? 75 : 74)) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part].join('\r\n ')
}

const date = (day: CivilDate) => day.replaceAll('-', '')
const instant = (at: Date) => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

const linesOf = (event: CalendarEvent, stamp: Date): string[] => [
  'BEGIN:VEVENT',
  `UID:${text(event.uid)}`,
  `DTSTAMP:${instant(stamp)}`,
  `DTSTART;VALUE=DATE:${date(event.day)}`,
  `DTEND;VALUE=DATE:${date(addDays(event.day, 1))}`,
  `SUMMARY:${text(event.title)}`,
  ...(event.note === '' ? [] : [`DESCRIPTION:${text(event.note)}`]),
  'TRANSP:TRANSPARENT',
  ...(event.alarmDays === null ? [] : alarm(event.title, event.alarmDays)),
  'END:VEVENT',
]

const alarm = (title: string, days: number): string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `DESCRIPTION:${text(title)}`,
  `TRIGGER:-P${days}D`,
  'END:VALARM',
]

/** A calendar as RFC 5545 writes it: CRLF, folded lines, all-day events. */
export function calendarText({ name, stamp, events }: CalendarFile): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Biaoshuai//Duties//ZH',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${text(name)}`,
    ...events.flatMap((event) => linesOf(event, stamp)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}
