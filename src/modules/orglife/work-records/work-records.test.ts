import { expect, test } from 'vitest'
import { workRecordSheet } from './work-record-export.routes.ts'
import type { WorkRecordLine } from './work-records.contract.ts'
import { tagFaults } from './work-records.rules.ts'

const visit = { code: 'visit', title: '走访', fields: ['persons'], categories: [] }
const course = { code: 'class', title: '培训班', fields: ['hours'], categories: [{ code: 'theory', title: '理论' }] }
const fields = (entered: { tags: { tag: string; category?: string }[]; hours?: number }) =>
  tagFaults({ heldOn: '2026-11-06', ...entered }, [visit, course]).map(({ field }) => field)

test('an entry is asked for what one of its tags asks for, and for nothing else', () => {
  expect(fields({ tags: [{ tag: 'visit' }] })).toEqual([])
  expect(fields({ tags: [{ tag: 'visit' }, { tag: 'class', category: 'theory' }], hours: 2 })).toEqual([])
  expect(fields({ tags: [{ tag: 'class' }] })).toEqual(['tags.0.category', 'hours'])
  expect(fields({ tags: [{ tag: 'visit', category: 'theory' }], hours: 1 })).toEqual(['tags.0.category', 'hours'])
  expect(fields({ tags: [{ tag: 'visit' }, { tag: 'visit' }] })).toEqual(['tags.1.tag'])
})

test('the sheet says what the list says: the days side by side, tags with category and grade, and what did not fit', () => {
  const line: WorkRecordLine = {
    id: 'wrk_1',
    title: '秋季培训班',
    tags: [{ code: 'class', title: '培训班', category: '理论', grade: '合格' }],
    state: 'recorded',
    startedOn: null,
    heldOn: '2026-10-20',
    recordedOn: '2026-11-23',
    late: true,
    organization: { id: 'org_1', name: '示例支部' },
    together: 1,
    hours: 1.5,
    quantity: null,
    persons: 12,
  }
  const { columns, rows } = workRecordSheet([line], 30_000)
  const [row, last] = [...(rows as unknown[][])]
  const at = (title: string) => row?.[columns.findIndex((column) => column.title === title)]
  expect([at('标签'), at('日期'), at('记录日期'), at('补记'), at('学时'), at('数量')]).toEqual([
    '培训班（理论）：合格',
    '2026-10-20',
    '2026-11-23',
    '补记',
    1.5,
    null,
  ])
  expect(last?.[0]).toContain('共 30000 条')
})
