import type { Readable } from 'node:stream'
import { Problem } from '../../../kernel/errors/problem.ts'
import { readUpload } from '../../../kernel/files/uploaded-sheet.ts'
import type { WorkbookRow } from '../../../kernel/files/workbook-cells.ts'
import type { OutSheet } from '../../../kernel/files/workbook-writer.ts'
import type { Question } from './questions.contract.ts'
import { columnsOf, questionIn, type RowFault, sheetColumns, type SheetRead } from './questions.rules.ts'

const mostRows = 500
const mostFaults = 200

const textsOf = (row: WorkbookRow): string[] => row.cells.map((cell) => String(cell ?? '').trim())

/** Reads a sheet of questions: every row as a question or with what is wrong in it. */
export async function readQuestions(stream: Readable): Promise<SheetRead> {
  const { rows } = await readUpload(stream, mostRows)
  return judged(rows.map((row) => ({ row: row.row, cells: textsOf(row) })))
}

function judged([heading, ...rows]: readonly { row: number; cells: string[] }[]): SheetRead {
  const { places, missing } = columnsOf(heading?.cells ?? [])
  if (missing.length > 0)
    throw new Problem('learning.questions_sheet_columns', { detail: `表头缺少：${missing.join('、')}。请用模板填写。` })
  const questions: Question[] = []
  const faults: RowFault[] = []
  for (const { row, cells } of rows) {
    const found = questionIn(cells, row, places)
    if (Array.isArray(found)) faults.push(...found)
    else questions.push(found)
  }
  return { questions, faults: faults.slice(0, mostFaults) }
}

/** The sheet to fill in, with one example of each kind. */
export const questionsSheet = (): OutSheet => ({
  name: '题库',
  columns: sheetColumns.map((title) => ({ title, width: title === '题目' || title === '解析' ? 40 : 14 })),
  rows: [
    ['单选', '党支部工作条例自哪一年施行', '2016', '2018', '2020', '', '', '', 'B', '二〇一八年施行。'],
    ['多选', '下列哪些属于三会一课', '支部党员大会', '党课', '主题党日', '党小组会', '', '', 'ABD', '主题党日是另一项制度。'],
    ['判断', '党小组会一般每月召开一次', '', '', '', '', '', '', '对', ''],
  ],
  choices: new Map([[0, ['单选', '多选', '判断']]]),
})
