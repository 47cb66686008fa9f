import { expect, test } from 'vitest'
import type { DueItem } from './due.contract.ts'
import { byUrgency, countsOf } from './due.rules.ts'

const anItem = (more: Partial<DueItem>): DueItem => ({
  id: 'x',
  kind: 'k',
  title: 't',
  detail: '',
  due: null,
  tone: 'info',
  link: '/',
  ...more,
})

test('what is short stands first, one’s own before what is summed up, earlier dates before later ones', () => {
  const items = [
    anItem({ id: 'info' }),
    anItem({ id: 'soon summed up', tone: 'soon', count: 40, due: '2026-11-01' }),
    anItem({ id: 'soon later', tone: 'soon', due: '2026-12-02' }),
    anItem({ id: 'soon earlier', tone: 'soon', due: '2026-12-01' }),
    anItem({ id: 'waiting', tone: 'waiting' }),
    anItem({ id: 'soon without date', tone: 'soon' }),
    anItem({ id: 'short', tone: 'short', count: 3 }),
  ]
  expect(items.sort(byUrgency).map((item) => item.id)).toEqual([
    'short',
    'soon earlier',
    'soon later',
    'soon without date',
    'soon summed up',
    'waiting',
    'info',
  ])
})

test('an item that sums up counts for what stands behind it', () => {
  expect(countsOf([anItem({ tone: 'short', count: 12 }), anItem({ tone: 'short' }), anItem({ tone: 'waiting' })])).toEqual({
    short: 13,
    soon: 0,
    waiting: 1,
    info: 0,
  })
})
