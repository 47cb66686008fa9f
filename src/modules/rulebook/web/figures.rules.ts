import type { Counts } from '../indicators/indicators.contract.ts'
import type { Status } from '../obligations/obligations.contract.ts'

export interface FigureParts {
  /** Met, late ones included. */
  readonly n: number
  /** Due: exempt and not yet due are not in it. */
  readonly m: number
  /** Unmet and not reported. */
  readonly short: number
  /** The five parts of the bar. */
  readonly counts: {
    readonly done: number
    readonly late: number
    readonly short: number
    readonly missing: number
    readonly pending: number
  }
  /** What stands where nothing was due. */
  readonly none: { readonly sign: '·' | '－'; readonly word: string }
}

/** A figure as the cell and the panel show it. */
export function figureParts(counts: Counts): FigureParts {
  const short = counts.unmet + counts.not_reported
  const n = counts.met + counts.met_late
  return {
    n,
    m: n + short,
    short,
    counts: {
      done: counts.met,
      late: counts.met_late,
      short: counts.unmet,
      missing: counts.not_reported,
      pending: counts.not_due,
    },
    none: counts.exempt > 0 ? { sign: '－', word: '豁免' } : { sign: '·', word: '不适用' },
  }
}

/** `应办 46 项：已办 39，迟办 2，未达标 3，未报 2。豁免 1，未到期 5，都不计入应办。` */
export function figureSentence(counts: Counts): string {
  const { m } = figureParts(counts)
  const listed = (pairs: readonly (readonly [string, number])[]) =>
    pairs
      .filter(([, count]) => count > 0)
      .map(([word, count]) => `${word} ${count}`)
      .join('，')
  const inside = listed([
    ['已办', counts.met],
    ['迟办', counts.met_late],
    ['未达标', counts.unmet],
    ['未报', counts.not_reported],
  ])
  const outside = listed([
    ['豁免', counts.exempt],
    ['未到期', counts.not_due],
  ])
  const due = m > 0 ? `应办 ${m} 项：${inside}。` : '没有到期应办的事项。'
  return outside ? `${due}${outside}，不计入应办。` : due
}

/** The tone of a status: always shown with its word. */
export const toneOf = {
  met: 'done',
  met_late: 'late',
  unmet: 'short',
  not_reported: 'missing',
  not_due: 'pending',
  exempt: 'exempt',
  not_applicable: 'none',
} as const satisfies Readonly<Record<Status, string>>
