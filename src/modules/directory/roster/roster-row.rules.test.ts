import { describe, expect, it } from 'vitest'
import type { RawCell } from '../../../kernel/files/workbook-cells.ts'
import { type RosterKey, rosterColumns } from './roster-columns.contract.ts'
import { dateOfCell, dateOfSerial } from '../../../kernel/files/sheet-date.ts'
import { readHeader } from './roster-header.rules.ts'
import { judgeRosterRow } from './roster-row.rules.ts'
import { judgeRoster } from './roster-sheet.rules.ts'

const today = '2026-11-23'
const titles = rosterColumns.map((column) => column.title)
const header = readHeader({ row: 1, cells: titles })

const whole: Partial<Record<RosterKey, RawCell>> = {
  name: '岳小样',
  idNumber: '11010519491231002X',
  category: '正式党员',
  branch: '第一党支部',
  joinedOn: '1975-07-01',
  fullSince: '1976-07-01',
}
const cells = (more: Partial<Record<RosterKey, RawCell>> = {}) =>
  rosterColumns.map((column) => ({ ...whole, ...more })[column.key] ?? null)
const judge = (more: Partial<Record<RosterKey, RawCell>> = {}) =>
  judgeRosterRow({ row: 5, cells: cells(more) }, { header, date1904: false, today })
const faults = (more: Partial<Record<RosterKey, RawCell>>) =>
  judge(more).errors.map((error) => `${error.column} ${error.message}`)

describe('名册的一行', () => {
  it('becomes a person; sex and birth date come from the ID number when they are left open', () => {
    expect(judge()).toMatchObject({
      row: 5,
      errors: [],
      warnings: [],
      person: {
        name: '岳小样',
        sex: 'female',
        idNumber: '11010519491231002X',
        ethnicity: null,
        birthOn: '1949-12-31',
        education: null,
        category: 'full_member',
        branch: '第一党支部',
        joinedOn: '1975-07-01',
        fullSince: '1976-07-01',
        job: null,
        phone: null,
        landline: null,
        address: null,
        membershipState: 'normal',
        isLost: false,
        isMobile: false,
      },
    })
  })

  it.each([
    '2026-07-01',
    '2026/7/1',
    '2026.7.1',
    '20260701',
    '2026年7月1日',
    '２０２６／７／１',
    ' 2026-07-01 00:00:00',
    20260701,
    46204,
    '46204',
  ])('reads the date %s', (cell) => expect(dateOfCell(cell, false)).toBe('2026-07-01'))

  it.each(['2026-02-30', '2026年7月', '26-7-1', '2026-13-01', '昨天', '2026-7/1', true, 0, -5, 59, 1e9])(
    'reads no date from %s',
    (cell) => {
      expect(dateOfCell(cell, false)).toBeUndefined()
    },
  )

  it('counts serial dates from 1900 and from 1904', () => {
    expect([dateOfSerial(46204, false), dateOfSerial(46204 - 1462, true), dateOfSerial(61, false)]).toEqual([
      '2026-07-01',
      '2026-07-01',
      '1900-03-01',
    ])
  })

  it('takes full-width digits, spaces in names, several dots and other words for a category', () => {
    const person = judge({
      name: '岳　小样',
      idNumber: '１１０１０５１９４９１２３１００２ｘ',
      category: ' 中共党员 ',
      phone: '１３８ ０００１ ２３４５',
      isLost: 'y',
      landline: '（0730）8880000',
    }).person
    expect(person).toMatchObject({
      name: '岳小样',
      category: 'full_member',
      phone: '13800012345',
      isLost: true,
      landline: '07308880000',
    })
    expect(judge({ name: '阿依古丽•买买提' }).person?.name).toBe('阿依古丽·买买提')
  })

  it('never changes a rare character of a name into its look-alike', () => {
    expect(judge({ name: '\uf9d0𠮷' }).person?.name).toBe('\uf9d0𠮷')
  })

  it.each<[Partial<Record<RosterKey, RawCell>>, string]>([
    [{ name: null }, '姓名 请填写姓名。'],
    [{ name: '张3' }, '姓名 姓名中有数字或符号'],
    [{ sex: '男' }, '性别 性别与公民身份号码第 17 位不一致'],
    [{ sex: '不详' }, '性别 请填写其中之一：男、女。'],
    [{ birthOn: '1950-01-01' }, '出生日期 出生日期与公民身份号码不一致'],
    [{ idNumber: '110105194912310021' }, '公民身份号码 公民身份号码的校验位不对'],
    [{ idNumber: 110105194912310020 }, '公民身份号码 号码被存成了数字'],
    [{ category: '领导' }, '人员类别 请填写其中之一'],
    [{ category: 'constructor' }, '人员类别 请填写其中之一'],
    [{ joinedOn: '2026-02-30' }, '加入党组织日期 请填写真实日期'],
    [{ joinedOn: null }, '加入党组织日期 党员请填写'],
    [{ fullSince: null }, '转为正式党员日期 正式党员请填写'],
    [{ fullSince: '1974-07-01' }, '转为正式党员日期 转为正式党员日期早于'],
    [{ fullSince: '2027-01-01' }, '转为正式党员日期 日期晚于今天'],
    [{ category: '预备党员' }, '转为正式党员日期 人员类别不是正式党员'],
    [{ category: '群众', fullSince: null }, '加入党组织日期 人员类别不是党员'],
    [{ phone: '12345678901x' }, '联系电话 电话号码不对'],
    [{ isMobile: '可能' }, '是否为流动党员 请填写其中之一：是、否。'],
  ])('with %j is refused: %s', (more, message) => {
    const found = faults(more)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(message)
    expect(judge(more).person).toBeNull()
  })

  it('takes other staff without membership, and warns of joining before eighteen', () => {
    expect(judge({ category: '群众', joinedOn: null, fullSince: null, membershipState: '正常' }).person).toMatchObject({
      category: 'staff',
      membershipState: null,
    })
    expect(judge({ joinedOn: '1967-12-30' }).warnings.map((warning) => warning.column)).toEqual(['加入党组织日期'])
    expect(judge({ joinedOn: '1967-12-31' }).warnings).toEqual([])
  })

  it('names the cell of an error and masks what stood there', () => {
    expect(judge({ idNumber: '110105194912310021' }).errors).toMatchObject([{ row: 5, cell: 'C5', value: '110105************' }])
    expect(judge({ name: '张3丰' }).errors[0]?.value).toBe('张*丰')
  })
})

describe('一份名册', () => {
  const sheet = { date1904: false }

  it('is judged from batches of any size, and a number that comes twice is refused the second time', () => {
    const rows = [
      { row: 1, cells: ['党员名册'] },
      { row: 2, cells: titles },
      { row: 3, cells: cells() },
      { row: 4, cells: cells({ name: '岳二样' }) },
    ]
    const whole = judgeRoster({ today })
    const one = [...whole.take(rows, sheet), ...whole.end()]
    const piecemeal = judgeRoster({ today })
    const many = [...rows.flatMap((row) => piecemeal.take([row], sheet)), ...piecemeal.end()]
    expect(many).toEqual(one)
    expect(one.map((judged) => judged.person?.name ?? judged.errors[0]?.message)).toEqual([
      '岳小样',
      '与第 3 行的公民身份号码重复，请核对后只留一行。',
    ])
    expect(one[1]?.errors[0]).toMatchObject({ cell: 'C4', value: '110105************' })
    expect(whole.header?.row).toBe(2)
  })

  it('without a heading is refused', () => {
    const judge = judgeRoster({ today })
    judge.take([{ row: 1, cells: ['张三', '男'] }], sheet)
    expect(() => judge.end()).toThrow('directory.roster_header_missing')
  })
})
