import { describe, expect, it } from 'vitest'
import { calendarText } from './ical.rules.ts'

const stamp = new Date('2026-11-23T04:05:06.789Z')
const anEvent = (part: object = {}) => ({
  uid: 'ZB14.2026-12.org_1@biaoshuai',
  day: '2026-12-31',
  title: '主题党日',
  note: '',
  alarmDays: 5,
  ...part,
})
const written = (...events: ReturnType<typeof anEvent>[]) => calendarText({ name: '应办日历', stamp, events })
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n')

describe('a calendar that other programs read (RFC 5545)', () => {
  it('ends every line with CRLF, nothing else, and has no blank line', () => {
    const text = written(anEvent())
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(text).not.toContain('\r\n\r\n')
  })

  it('folds at 75 octets and never inside a character', () => {
    const title = '认真落实“三会一课”制度并按期召开支部党员大会和支部委员会会议'.repeat(4)
    const text = written(anEvent({ title }))
    const lines = text.split('\r\n')
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
    expect(lines.some((line) => Buffer.byteLength(line) > 70)).toBe(true)
    expect(text).not.toContain('\ufffd')
    expect(unfolded(text)).toContain(`SUMMARY:${title}`)
  })

  it('escapes what would end a value, and drops control characters', () => {
    expect(unfolded(written(anEvent({ title: 'a,b;c\\d\ne\u0007' })))).toContain('SUMMARY:a\\,b\\;c\\\\d\\ne')
  })

  it('gives an all-day event whose end is the next day, across the year, with stamp in UTC and an alarm before', () => {
    const lines = unfolded(written(anEvent()))
    expect(lines).toContain('DTSTART;VALUE=DATE:20261231')
    expect(lines).toContain('DTEND;VALUE=DATE:20270101')
    expect(lines).toContain('DTSTAMP:20261123T040506Z')
    expect(lines).toContain('TRIGGER:-P5D')
    expect(lines.indexOf('BEGIN:VALARM')).toBeGreaterThan(lines.indexOf('BEGIN:VEVENT'))
    expect(lines.indexOf('END:VALARM')).toBeLessThan(lines.indexOf('END:VEVENT'))
  })

  it('requires what the standard requires: version, producer, and for each event UID and stamp exactly once', () => {
    const lines = unfolded(written(anEvent(), anEvent({ uid: 'other' })))
    expect(lines.slice(0, 3)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Biaoshuai//Duties//ZH'])
    for (const key of ['UID:', 'DTSTAMP:']) expect(lines.filter((line) => line.startsWith(key))).toHaveLength(2)
  })
})
