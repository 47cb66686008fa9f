import { z } from 'zod'
import { addDays, type CivilDate, daysInMonth } from './civil-date.ts'

/** Natural periods by name: `2026`, `2026H1`, `2026Q3`, `2026-11`. */
export type PeriodName = string
export type Cadence = 'month' | 'quarter' | 'half' | 'year'

export interface Period {
  readonly name: PeriodName
  readonly cadence: Cadence
  readonly starts: CivilDate
  /** Last day, inclusive. */
  readonly ends: CivilDate
}

const pattern = /^(\d{4})(?:-(0[1-9]|1[0-2])|Q([1-4])|H([12]))?$/

export const periodName = z
  .string()
  .regex(pattern, { error: '期间请写成 2026、2026H1、2026Q3 或 2026-11。' })
  .meta({ title: '期间' })

const months: Record<Cadence, number> = { month: 1, quarter: 3, half: 6, year: 12 }

function spanning(year: number, firstMonth: number, cadence: Cadence): Period {
  const last = firstMonth + months[cadence] - 1
  const pad = (n: number) => String(n).padStart(2, '0')
  const suffix = { month: `-${pad(firstMonth)}`, quarter: `Q${Math.ceil(last / 3)}`, half: `H${last / 6}`, year: '' }[cadence]
  return {
    name: `${year}${suffix}`,
    cadence,
    starts: `${year}-${pad(firstMonth)}-01`,
    ends: `${year}-${pad(last)}-${pad(daysInMonth(year, last))}`,
  }
}

/** Parses a period's name; throws RangeError for anything else. */
export function period(name: PeriodName): Period {
  const match = pattern.exec(name)
  if (!match) throw new RangeError(`not a period: ${name}`)
  const year = Number(match[1])
  if (match[2]) return spanning(year, Number(match[2]), 'month')
  if (match[3]) return spanning(year, Number(match[3]) * 3 - 2, 'quarter')
  if (match[4]) return spanning(year, Number(match[4]) * 6 - 5, 'half')
  return spanning(year, 1, 'year')
}

/** The period of that cadence in which the date lies. */
export function periodOf(date: CivilDate, cadence: Cadence): Period {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))]
  const length = months[cadence]
  return spanning(year, Math.floor((month - 1) / length) * length + 1, cadence)
}

/** The next period of the same cadence. */
export function following(p: Period): Period {
  return periodOf(addDays(p.ends, 1), p.cadence)
}

/** `2026年三季度`, `2026年11月`, `2026年上半年`, `2026年`. */
export function periodInChinese(p: Period): string {
  const year = p.name.slice(0, 4)
  if (p.cadence === 'month') return `${year}年${Number(p.name.slice(5))}月`
  if (p.cadence === 'quarter') return `${year}年${'一二三四'[Number(p.name.slice(5)) - 1]}季度`
  if (p.cadence === 'half') return `${year}年${p.name.endsWith('1') ? '上' : '下'}半年`
  return `${year}年`
}
