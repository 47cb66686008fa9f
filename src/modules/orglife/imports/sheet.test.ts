import { expect, test } from 'vitest'
import { meetingColumns, meetingIn } from './old-meetings.rules.ts'
import { workColumns, workIn } from './old-work.rules.ts'
import type { ImportFault } from './imports.contract.ts'
import { missingColumns, rowsIn, type SheetColumn, type SheetRow } from './sheet.rules.ts'

/** What a kind of sheet makes of its rows, and what it finds wrong in them. */
function read<Said>(
  columns: readonly SheetColumn[],
  lines: readonly { row: number; cells: (string | number)[] }[],
  one: (row: SheetRow) => Said | null,
) {
  const faults: ImportFault[] = []
  const heading = { row: 1, cells: columns.map(({ title }) => title) }
  const said = rowsIn([heading, ...lines], { date1904: false, faults }).flatMap((row) => {
    const before = faults.length
    const found = one(row)
    return found && faults.length === before ? [found] : []
  })
  return { said, faults }
}
const line = (row: number, cells: (string | number)[]) => ({ row, cells })

test('a row of the sheet is the meeting that it says: kinds, day in any writing, agenda in order, who was away and why', () => {
  const { said: meetings, faults } = read(
    meetingColumns,
    [
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
    meetingIn,
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
  const { said: meetings, faults } = read(
    meetingColumns,
    [line(2, ['茶话会', '春茶', '去年春天', '', '']), line(3, []), line(4, ['支委会', '四月支委会', 45_748, '', '研究工作'])],
    meetingIn,
  )
  expect(meetings.map(({ row, heldOn }) => [row, heldOn])).toEqual([[4, '2025-04-01']])
  expect(faults.map(({ row, column }) => `${row} ${column}`)).toEqual(['2 召开日期', '2 类别', '2 议程'])
  expect(faults[1]?.message).toContain('主题党日')
})

test('a heading without a needed column is told what it lacks', () => {
  expect(missingColumns(meetingColumns, { row: 1, cells: ['名称', '召开日期'] })).toEqual(['类别', '议程'])
  expect(missingColumns(meetingColumns, undefined)).toHaveLength(4)
})

test('a row of work names tags and people by their words; a number that is none, a day that is none and a tag that is not there are told', () => {
  const defined = [
    { code: 'visit', title: '主动上门走访', categories: [] },
    { code: 'service', title: '志愿服务', categories: [{ code: 'city', title: '社区' }] },
  ]
  const { said, faults } = read(
    workColumns,
    [
      line(2, ['主动上门走访；志愿服务', '社区', '', '走访两户', '2025-03-12', '', '1.5', '', '甲一、乙二', '', '']),
      line(3, ['志愿服务', '乡镇', '', '打扫', '去年', '', '两小时', '', '全体', '', '']),
      line(4, ['没有的标签', '', '', '做了', '2025-03-12']),
    ],
    (row) => workIn(row, defined),
  )
  expect(said).toEqual([
    expect.objectContaining({
      row: 2,
      tags: [{ tag: 'visit' }, { tag: 'service', category: 'city' }],
      title: '主动上门走访',
      heldOn: '2025-03-12',
      hours: 1.5,
      people: ['甲一', '乙二'],
    }),
  ])
  expect(faults.map(({ row, column }) => `${row} ${column}`)).toEqual(['3 日期', '3 学时', '4 标签'])
})
