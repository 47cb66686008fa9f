import { addDays, type CivilDate, daysBetween } from '../../../kernel/time/civil-date.ts'
import { weekdayOf } from '../../../kernel/time/working-days.ts'
import type { SpecialDay } from './working-days.contract.ts'

/** Days of one kind and one name that follow each other. */
export interface DaySpan {
  readonly from: CivilDate
  readonly to: CivilDate
  readonly kind: SpecialDay['kind']
  readonly name: string
}

export function inSpans(days: readonly SpecialDay[]): DaySpan[] {
  const spans: DaySpan[] = []
  for (const { day, kind, name } of days.toSorted((a, b) => a.day.localeCompare(b.day))) {
    const last = spans.at(-1)
    if (last && last.kind === kind && last.name === name && addDays(last.to, 1) === day)
      spans[spans.length - 1] = { ...last, to: day }
    else spans.push({ from: day, to: day, kind, name })
  }
  return spans
}

const said = (day: CivilDate) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日（周${'日一二三四五六'[weekdayOf(day)]}）`

/** `春节：2月15日（周日）至2月23日（周一），9 天`. */
export function spanInWords({ from, to, name }: DaySpan): string {
  return from === to ? `${name}：${said(from)}` : `${name}：${said(from)}至${said(to)}，${daysBetween(from, to) + 1} 天`
}
