import { expect, test } from 'vitest'
import { meetingSheet } from './meeting-export.routes.ts'
import type { MeetingLine } from './meetings.contract.ts'

const aMeeting = (more: Partial<MeetingLine>): MeetingLine => ({
  id: 'mtg_1',
  title: '主题党日',
  kinds: ['theme_day', 'lecture'],
  state: 'recorded',
  heldOn: '2026-10-20',
  recordedOn: '2026-11-23',
  late: true,
  organization: { id: 'org_1', name: '示例支部' },
  together: 1,
  expected: 14,
  present: 12,
  firstIsTheory: true,
  ...more,
})

test('the day held and the day recorded stand side by side, with the late entry in words', () => {
  const { columns, rows } = meetingSheet([aMeeting({})], 1)
  const [row] = [...(rows as unknown[][])]
  const at = (title: string) => row?.[columns.findIndex((column) => column.title === title)]
  expect(at('开会日期')).toBe('2026-10-20')
  expect(at('记录日期')).toBe('2026-11-23')
  expect(at('补记')).toBe('补记')
  expect(at('类别')).toBe('主题党日、党课')
})

test('a planned meeting has no attendance, which is not the same as nobody having come', () => {
  const { columns, rows } = meetingSheet(
    [aMeeting({ state: 'planned', recordedOn: null, late: false, expected: 0, present: 0 })],
    1,
  )
  const [row] = [...(rows as unknown[][])]
  expect(row?.[columns.findIndex((column) => column.title === '到会')]).toBeNull()
})

test('a list that did not fit says how many there are', () => {
  const rows = [...(meetingSheet([aMeeting({})], 30_000).rows as unknown[][])]
  expect(rows.at(-1)?.[0]).toContain('共 30000 条')
})
