import { expect, test } from 'vitest'
import { meetingsIn, missingColumns, sheetColumns } from './sheet.rules.ts'

const heading = { row: 1, cells: [...sheetColumns] }
const line = (row: number, cells: (string | number)[]) => ({ row, cells })

test('a row of the sheet is the meeting that it says: kinds, day in any writing, agenda in order, who was away and why', () => {
  const { meetings, faults } = meetingsIn(
    [
      heading,
      line(2, [
        '主题党日、党课',
        '三月主题党日',
        '2025年3月12日',
        '三楼',
        '学习讲话；讨论志愿服务',
        '政治理论学习',
        '甲一（出差）、乙二',
        '丙三',
        '丙三',
        '大家发言',
        '走访十户；写小结',
      ]),
    ],
    false,
  )
  expect(faults).toEqual([])
  expect(meetings).toEqual([
    {
      row: 2,
      kinds: ['theme_day', 'lecture'],
      title: '三月主题党日',
      heldOn: '2025-03-12',
      place: '三楼',
      agenda: [
        { title: '学习讲话', category: 'political_theory' },
        { title: '讨论志愿服务', category: 'other' },
      ],
      absent: [
        { name: '甲一', reason: '出差' },
        { name: '乙二', reason: '旧记录未写原因' },
      ],
      chair: '丙三',
      speaker: '丙三',
      minutes: '大家发言',
      resolutions: [{ content: '走访十户' }, { content: '写小结' }],
    },
  ])
})

test('each cell that is wrong is named with its row and what to write; other rows are not held up by it', () => {
  const { meetings, faults } = meetingsIn(
    [
      heading,
      line(2, ['茶话会', '春茶', '去年春天', '', '']),
      line(3, []),
      line(4, ['支委会', '四月支委会', 45_748, '', '研究工作']),
    ],
    false,
  )
  expect(meetings.map(({ row, heldOn }) => [row, heldOn])).toEqual([[4, '2025-04-01']])
  expect(faults.map(({ row, column }) => `${row} ${column}`)).toEqual(['2 召开日期', '2 类别', '2 议程'])
  expect(faults[1]?.message).toContain('主题党日')
})

test('a heading without a needed column is told what it lacks', () => {
  expect(missingColumns({ row: 1, cells: ['名称', '召开日期'] })).toEqual(['类别', '议程'])
  expect(missingColumns(undefined)).toHaveLength(4)
})
