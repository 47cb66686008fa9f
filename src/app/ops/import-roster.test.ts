import { describe, expect, test } from 'vitest'
import type { RosterImportPage } from '../../modules/directory/index.ts'
import { foundLines, rosterOrderOf } from './import-roster.ts'

const aPage = (part: Partial<RosterImportPage>): RosterImportPage => ({
  id: 'ros_0000',
  organization: { id: 'org_0000', name: '示例局' },
  fileName: '名册.xlsx',
  state: 'checked',
  rowsRead: 5,
  mistakesTotal: 0,
  createdAt: '2026-11-23T09:00:00+08:00',
  importedAt: null,
  undoneAt: null,
  progress: 1,
  mistakes: [],
  summary: { create: 4, change: 1, unchanged: 0, warnings: [], warningsTotal: 0, ignored: [], guessed: [] },
  ...part,
})

describe('the words after import roster', () => {
  test('name the file, the organization and the account, in any order', () => {
    const order = { file: '名册.xlsx', organization: '示例局', account: 'danwei', apply: false }
    expect(rosterOrderOf(['名册.xlsx', '--organization', '示例局', '--account', 'danwei'])).toEqual(order)
    expect(rosterOrderOf(['--account=danwei', '--organization=示例局', '--apply', '名册.xlsx'])).toEqual({
      ...order,
      apply: true,
    })
  })

  test.each([
    [['名册.xlsx', '--organization', '示例局']],
    [['--organization', '示例局', '--account', 'danwei']],
    [['一.xlsx', '二.xlsx', '--organization', '示例局', '--account', 'danwei']],
    [['名册.xlsx', '--organization', '示例局', '--account', 'danwei', '--force']],
  ])('%j do not fit', (words) => {
    expect(rosterOrderOf(words)).toBeNull()
  })
})

describe('what the check found', () => {
  test('is told by row and column, with how many more there are', () => {
    const mistakes = [
      { row: 3, column: '公民身份号码', cell: 'B3', message: '号码校验位不对，请核对。', value: '4306***' },
      { row: 0, column: '', cell: null, message: '没有找到表头。', value: '' },
    ]
    expect(foundLines(aPage({ state: 'refused', mistakes, mistakesTotal: 4 }))).toEqual([
      '核对没有通过：5 行，4 处错误，一条也没有导入。请改正后重新导入。',
      '  第 3 行 公民身份号码（B3）：号码校验位不对，请核对。填的是“4306***”。',
      '  整份文件：没有找到表头。',
      '  另有 2 处没有列出。',
    ])
  })

  test('without a mistake says what would change', () => {
    expect(foundLines(aPage({}))).toEqual(['核对通过：5 行，将新增 4 人、更改 1 人，0 人没有变化。'])
  })
})
