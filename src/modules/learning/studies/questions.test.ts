import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { question } from './questions.contract.ts'
import { columnsOf, isEnough, isRight, questionIn, sheetColumns } from './questions.rules.ts'

const { places } = columnsOf([...sheetColumns])
const read = (...cells: string[]) => questionIn(cells, 7, places)

describe('a row of the sheet', () => {
  it('is a question of its kind', () => {
    expect(read('单选', '哪一年施行', '2016', '2018', '', '', '', '', 'b', '二〇一八年')).toEqual({
      kind: 'single',
      text: '哪一年施行',
      options: ['2016', '2018'],
      right: [2],
      explanation: '二〇一八年',
    })
    expect(read('多选题', '哪些属于三会一课', '党课', '党日', '支委会', '', '', '', 'C、A', '')).toMatchObject({ right: [1, 3] })
    expect(read('判断', '每月一次', '', '', '', '', '', '', '错')).toMatchObject({ options: ['对', '错'], right: [2] })
  })

  it('is refused with its row, column and remedy', () => {
    expect(read('填空', '题目', '甲', '乙', '', '', '', '', 'A')).toEqual([
      { row: 7, column: '题型', message: '题型写“单选”“多选”或“判断”。' },
    ])
    expect(read('单选', '题目甲', '甲', '', '丙', '', '', '', 'A')).toMatchObject([{ column: '选项B' }])
    expect(read('单选', '题目甲', '甲', '乙', '', '', '', '', 'AB')).toMatchObject([
      { column: '答案', message: '单选题只有一个正确答案。' },
    ])
    expect(read('多选', '题目甲', '甲', '乙', '', '', '', '', 'AD')).toMatchObject([
      { column: '答案', message: '答案不在选项里。' },
    ])
    expect(read('多选', '题目甲', '甲', '甲', '', '', '', '', 'A')).toMatchObject([
      { column: '选项A', message: '有两个选项相同。' },
    ])
    expect(read('判断', '题目甲', '', '', '', '', '', '', 'A')).toMatchObject([{ column: '答案' }])
    expect(read('单选', '', '甲', '乙', '', '', '', '', 'A')).toMatchObject([{ column: '题目' }])
    expect(columnsOf(['题目', '答案']).missing).toEqual(['题型'])
  })
})

describe('a self-test', () => {
  it('counts an answer as right only when exactly the right options are chosen, whatever their order', () => {
    const some = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 1 })
    fc.assert(
      fc.property(some, some, (right, chosen) => {
        const same = right.length === chosen.length && right.every((one) => chosen.includes(one))
        expect(isRight(right, [...chosen].reverse())).toBe(same)
      }),
    )
  })

  it('is enough at the share asked for and not one answer before; without questions it is enough at once', () => {
    expect([isEnough(3, 5, 0.8), isEnough(4, 5, 0.8), isEnough(0, 0, 0.8)]).toEqual([false, true, true])
    expect(isEnough(7, 10, 0.7)).toBe(true)
  })

  it('takes no question that has no answer', () => {
    expect(question.safeParse({ kind: 'single', text: '题目甲', options: ['甲', '乙'], right: [3] }).success).toBe(false)
    expect(question.safeParse({ kind: 'true_false', text: '题目甲', right: [3] }).success).toBe(false)
  })
})
