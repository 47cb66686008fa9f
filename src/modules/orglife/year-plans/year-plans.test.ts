import { expect, test } from 'vitest'
import { meetingsOfItems, monthFor, proposedItems, standingOf } from './year-plans.rules.ts'

test('each duty is proposed once in a sensible month; what several rules ask of one meeting is one line', () => {
  const duties = [
    { requirement: 'ZB14', period: '2027-03', kinds: ['theme_day' as const], least: 1 },
    { requirement: 'JY1', period: '2027-03', kinds: ['theme_day' as const], least: 1 },
    { requirement: 'ZB6', period: '2027Q1', kinds: ['members_meeting' as const], least: 1 },
    { requirement: 'ZB16', period: '2027', kinds: ['organization_life_meeting' as const], least: 1 },
    { requirement: 'X', period: '2027H2', kinds: ['lecture' as const], least: 2 },
  ]
  expect(proposedItems(duties).map(({ month, kind, title, requirements }) => [month, kind, title, requirements])).toEqual([
    [2, 'members_meeting', '支部党员大会', ['ZB6']],
    [3, 'theme_day', '主题党日', ['JY1', 'ZB14']],
    [11, 'lecture', '党课（1）', ['X']],
    [11, 'lecture', '党课（2）', ['X']],
    [12, 'organization_life_meeting', '组织生活会', ['ZB16']],
  ])
  expect(monthFor({ period: '2027H1', kinds: ['lecture'] })).toBe(5)
})

test('a line is ticked off by the meeting planned from it or by a record of its kind and month, and each record only once a kind', () => {
  const items = [
    { id: 'a', month: 3, kind: 'theme_day', cancelled: false, meetingNo: null },
    { id: 'b', month: 3, kind: 'theme_day', cancelled: false, meetingNo: null },
    { id: 'c', month: 3, kind: 'lecture', cancelled: false, meetingNo: null },
    { id: 'd', month: 4, kind: 'lecture', cancelled: false, meetingNo: 9 },
    { id: 'e', month: 4, kind: 'theme_day', cancelled: true, meetingNo: null },
  ]
  const both = { no: 8, id: 'mtg_8', title: '', heldOn: '2027-03-18', kinds: ['theme_day', 'lecture'], state: 'recorded' }
  const elsewhere = { no: 9, id: 'mtg_9', title: '', heldOn: '2027-05-06', kinds: ['lecture'], state: 'planned' }
  const april = { no: 10, id: 'mtg_10', title: '', heldOn: '2027-04-06', kinds: ['theme_day'], state: 'recorded' }
  const found = meetingsOfItems(items, [both, elsewhere, april])
  expect([...found].map(([id, { no }]) => [id, no])).toEqual([
    ['d', 9],
    ['a', 8],
    ['c', 8],
  ])
  const on = { year: 2027, today: '2027-04-10' }
  expect(items.map((item) => standingOf(item, found.get(item.id), on))).toEqual([
    'held',
    'missed',
    'held',
    'arranged',
    'cancelled',
  ])
  expect(standingOf({ month: 4, cancelled: false }, undefined, on)).toBe('due')
})

test('the only line of its kind in a quarter is ticked off by a record anywhere in it, one of two only in its own month', () => {
  const line = (id: string, month: number, kind: string) => ({ id, month, kind, cancelled: false, meetingNo: null })
  const items = [
    line('q1', 2, 'members_meeting'),
    line('q2', 5, 'members_meeting'),
    line('m1', 1, 'theme_day'),
    line('m2', 2, 'theme_day'),
  ]
  const held = (no: number, heldOn: string, kind: string) => ({
    no,
    id: `mtg_${no}`,
    title: '',
    heldOn,
    kinds: [kind],
    state: 'recorded',
  })
  const found = meetingsOfItems(items, [
    held(1, '2027-03-20', 'members_meeting'),
    held(2, '2027-03-10', 'theme_day'),
    held(3, '2027-07-01', 'members_meeting'),
  ])
  expect([...found.keys()]).toEqual(['q1'])
})
