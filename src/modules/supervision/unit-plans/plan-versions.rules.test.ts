import { expect, test } from 'vitest'
import { comparePlans } from './plan-versions.rules.ts'

const plan = {
  title: '2026 年实施方案',
  sections: [
    { title: '目标', text: '走在前列' },
    { title: '步骤', text: '三步' },
  ],
  items: [{ title: '走访', criterion: '三户', dueOn: '2026-12-20' }],
}

test('the same plan differs in nothing', () => {
  expect(comparePlans(plan, plan)).toEqual([])
})

test('what was added, dropped and reworded is named with both wordings', () => {
  const later = {
    ...plan,
    sections: [
      { title: '目标', text: '走在最前列' },
      { title: '保障', text: '经费' },
    ],
    items: [{ title: '走访', criterion: '三户', dueOn: '2026-12-25' }],
  }
  expect(comparePlans(plan, later)).toEqual([
    { what: '“目标”一节', kind: '改动', before: '走在前列', after: '走在最前列' },
    { what: '“保障”一节', kind: '新增', before: null, after: '经费' },
    { what: '任务“走访”', kind: '改动', before: '三户（2026-12-20）', after: '三户（2026-12-25）' },
    { what: '“步骤”一节', kind: '删去', before: '三步', after: null },
  ])
})
