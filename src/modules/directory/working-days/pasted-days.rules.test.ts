import { describe, expect, it } from 'vitest'
import { pastedDays } from './pasted-days.rules.ts'

const list = (text: string, year = 2026) => pastedDays(text, year).days.map(({ day, kind, name }) => `${day} ${kind} ${name}`)

describe('days off that are pasted', () => {
  it('are read from the sentences of a notice: spans, single days, what is said in brackets left out', () => {
    const text =
      '二、春节：2月20日（农历正月初四、周五）至22日（周日）放假调休，共3天。2月14日（周六）、2月28日（周六）上班。\n祝节日平安。'
    expect(list(text)).toEqual([
      '2026-02-14 work 春节',
      '2026-02-20 off 春节',
      '2026-02-21 off 春节',
      '2026-02-22 off 春节',
      '2026-02-28 work 春节',
    ])
  })

  it('are read from the cells of a sheet, one day or from and to, over the end of a month', () => {
    expect(list('2026-04-30\t2026-05-01\t放假\t劳动节\n2026/5/9\t上班\t')).toEqual([
      '2026-04-30 off 劳动节',
      '2026-05-01 off 劳动节',
      '2026-05-09 work 调休',
    ])
  })

  it('are named where they cannot be read, with the reason, and nothing is guessed', () => {
    const { days, unread } = pastedDays('2月30日放假\n3月1日春游\n2027-01-01 放假\n3月5日至3日放假', 2026)
    expect(days).toEqual([])
    expect(unread.map(({ why }) => why.slice(0, 6))).toEqual(['日期不对，请', '没有写明“放', '不属于 20', '日期不对，请'])
  })
})
