import { type Question, question, type QuestionKind, questionKinds, trueFalse } from './questions.contract.ts'

/** Columns of the sheet in which questions are kept outside. */
export const sheetColumns = ['题型', '题目', '选项A', '选项B', '选项C', '选项D', '选项E', '选项F', '答案', '解析'] as const
const [firstOption, answerAt, explanationAt] = [2, 8, 9]
const needed = ['题型', '题目', '答案'] as const

export interface RowFault {
  readonly row: number
  readonly column: string
  readonly message: string
}
export interface SheetRead {
  readonly questions: readonly Question[]
  readonly faults: readonly RowFault[]
}

/** Where each column stands, by the heading; null with the names that are missing. */
export function columnsOf(heading: readonly string[]): { places: ReadonlyMap<string, number>; missing: string[] } {
  const places = new Map(heading.map((title, index) => [title.replace(/\s/g, ''), index]))
  return { places, missing: needed.filter((title) => !places.has(title)) }
}

const kindOf = (word: string): QuestionKind | undefined =>
  (Object.keys(questionKinds) as QuestionKind[]).find((kind) => word.startsWith(questionKinds[kind]))

/** `AC`, `A、C` or `对` as numbers of options from 1. */
function rightOf(kind: QuestionKind, word: string): number[] {
  if (kind === 'true_false') {
    if (/^(对|√|正确|是)$/.test(word)) return [1]
    return /^(错|×|错误|否)$/.test(word) ? [2] : []
  }
  const letters = word.toUpperCase().replace(/[\s,，、;；]/g, '')
  if (!/^[A-F]+$/.test(letters)) return []
  return [...new Set([...letters].map((letter) => letter.charCodeAt(0) - 64))].sort((a, b) => a - b)
}

const faultColumns: Readonly<Record<string, string>> = {
  kind: '题型',
  text: '题目',
  options: '选项A',
  right: '答案',
  explanation: '解析',
}

/** One row of the sheet as a question, or what is wrong with it in words. */
export function questionIn(cells: readonly string[], row: number, places: ReadonlyMap<string, number>): Question | RowFault[] {
  const cell = (at: number) => (cells[places.get(sheetColumns[at] ?? '') ?? -1] ?? '').trim()
  const kind = kindOf(cell(0))
  if (!kind) return [{ row, column: '题型', message: '题型写“单选”“多选”或“判断”。' }]
  const listed = sheetColumns.slice(firstOption, answerAt).map((_, index) => cell(firstOption + index))
  const gap = listed.findIndex((text, index) => text === '' && listed.slice(index).some(Boolean))
  if (kind !== 'true_false' && gap >= 0)
    return [{ row, column: sheetColumns[firstOption + gap] ?? '', message: '选项要挨着写，中间不能空。' }]
  const right = rightOf(kind, cell(answerAt))
  if (right.length === 0)
    return [
      { row, column: '答案', message: kind === 'true_false' ? '判断题的答案写“对”或“错”。' : '答案写选项的字母，如 A 或 AC。' },
    ]
  const explanation = cell(explanationAt)
  const options = kind === 'true_false' ? [...trueFalse] : listed.filter(Boolean)
  const read = question.safeParse({ kind, text: cell(1), options, right, ...(explanation && { explanation }) })
  if (read.success) return read.data
  return read.error.issues.map(({ path, message }) => ({ row, column: faultColumns[String(path[0])] ?? '题目', message }))
}

/** True when exactly the right options were chosen. */
export const isRight = (right: readonly number[], chosen: readonly number[]): boolean => {
  const asked = new Set(chosen)
  return asked.size === right.length && right.every((one) => asked.has(one))
}

/** Whether so many right answers are enough: the share is of those asked, and one that is asked for nothing is enough at once. */
export const isEnough = (right: number, asked: number, share: number): boolean =>
  asked === 0 || right >= Math.ceil(asked * share - 1e-9)
