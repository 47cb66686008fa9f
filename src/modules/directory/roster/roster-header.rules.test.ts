import { describe, expect, it } from 'vitest'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { WorkbookRow } from '../../../kernel/files/workbook-cells.ts'
import { rosterColumns } from './roster-columns.contract.ts'
import { findHeader, readHeader, requireHeader, withinOneEdit } from './roster-header.rules.ts'
import { rosterTemplateSheets } from './roster-template.papers.ts'

const row = (number: number, ...cells: string[]): WorkbookRow => ({ row: number, cells })
const keys = (header: ReturnType<typeof readHeader>) => [...header.places].map(([index, column]) => `${index}:${column.key}`)

describe('表头', () => {
  it('of the template is read whole, without a guess', () => {
    const header = readHeader(row(1, ...(rosterTemplateSheets()[0]?.columns ?? []).map((column) => column.title)))
    expect(keys(header)).toEqual(rosterColumns.map((column, index) => `${index}:${column.key}`))
    expect([header.missing, header.duplicates, header.ignored, header.guessed]).toEqual([[], [], [], []])
  })

  it('forgives order, spaces, full-width letters, stars, brackets and other usual names', () => {
    const header = readHeader(
      row(1, '＊所在 党支部', '身份证号', '人员类别（必填）', ' 姓　名 ', '性别[男/女]', '入党时间：', '手机号码*'),
    )
    expect(keys(header)).toEqual(['0:branch', '1:idNumber', '2:category', '3:name', '4:sex', '5:joinedOn', '6:phone'])
    expect(header.missing).toEqual([])
  })

  it.each(['身份证号', '身份证号码', '公民身份号码', '公民身份证号码', '居民身份证号码（18位）'])(
    'takes %s for the ID number',
    (title) => {
      expect(keys(readHeader(row(1, title)))).toEqual(['0:idNumber'])
    },
  )

  it('forgives one wrong character and says so, but not where two columns are as near', () => {
    expect(readHeader(row(1, '公民身份号玛')).guessed).toEqual([{ found: '公民身份号玛', title: '公民身份号码' }])
    expect(readHeader(row(1, '是否为失动党员')).ignored).toEqual(['是否为失动党员'])
    expect(readHeader(row(1, '名族')).ignored).toEqual(['名族'])
  })

  it('prefers the heading that is spelled right to a slip', () => {
    const header = readHeader(row(1, '公民身份号玛', '公民身份号码'))
    expect([keys(header), header.ignored, header.duplicates]).toEqual([['1:idNumber'], ['公民身份号玛'], []])
  })

  it('is found below a title and a date, and not below the tenth row', () => {
    const heading = ['姓名', '公民身份号码', '人员类别', '所在党支部']
    expect(findHeader([row(1, '党员名册'), row(3, '填报日期 姓名'), row(4, ...heading), row(5, '张三')])?.row).toBe(4)
    const late = [...Array.from({ length: 10 }, (_, i) => row(i + 1, '说明')), row(11, ...heading)]
    expect(findHeader(late)).toBeUndefined()
    expect(() => requireHeader(undefined)).toThrow(Problem)
  })

  it('without required columns or with one twice is refused with their names', () => {
    const header = readHeader(row(2, '姓名', '人员类别', '姓名', '备注'))
    expect(header.ignored).toEqual(['备注'])
    let problem: unknown
    try {
      requireHeader(header)
    } catch (error) {
      problem = error
    }
    expect(problem).toBeInstanceOf(Problem)
    expect((problem as Problem).detail).toBe(
      '缺少必填的列：公民身份号码、所在党支部；“姓名”重复出现在 A2、C2。请对照模板改正表头后再上传。',
    )
  })

  it('measures one edit', () => {
    expect([
      withinOneEdit('abcd', 'abd'),
      withinOneEdit('abcd', 'abxd'),
      withinOneEdit('abcd', 'abcd'),
      withinOneEdit('abcd', 'xbdd'),
    ]).toEqual([true, true, true, false])
  })

  it('gives no two columns the same name', () => {
    const names = rosterColumns.flatMap((column) => [column.title, ...column.aliases])
    expect(new Set(names).size).toBe(names.length)
  })
})
