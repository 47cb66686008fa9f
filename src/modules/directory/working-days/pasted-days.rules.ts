import { addDays, type CivilDate, isCivilDate } from '../../../kernel/time/civil-date.ts'
import type { SpecialDay } from './working-days.contract.ts'

/** What was read from a text, and the sentences that speak of days but could not be read, each with its reason. */
export interface PastedDays {
  readonly days: readonly SpecialDay[]
  readonly unread: readonly { readonly text: string; readonly why: string }[]
}

const one = String.raw`(?:(\d{4})\s*[年/.-]\s*)?(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?`
/** A day, or a span whose end may leave its month out: `2月15日至23日`, `2026-02-15 至 2026-02-23`, two cells side by side. */
const spans = new RegExp(`${one}(?:\\s*(?:至|到|—+|–|~|～|\\t|\\s-\\s)\\s*(?:${one}|(\\d{1,2})\\s*日))?`, 'g')
const names = /元旦|春节|清明节?|劳动节|端午节|中秋节|国庆节/g

/** The days that the words name, in order; null where one is no real day or a span runs backwards. */
function daysIn(sentence: string, year: number): CivilDate[] | null {
  const found: CivilDate[] = []
  for (const [, y, month, day, endYear, endMonth, endDay, sameMonth] of sentence.matchAll(spans)) {
    const written = (wy: string | undefined, m: string | undefined, d: string | undefined) =>
      `${wy ?? year}-${(m ?? '').padStart(2, '0')}-${(d ?? '').padStart(2, '0')}`
    const from = written(y, month, day)
    const ends = endDay ?? sameMonth
    const to = ends === undefined ? from : written(endYear ?? y, endMonth ?? month, ends)
    if (!isCivilDate(from) || !isCivilDate(to) || to < from || to > addDays(from, 31)) return null
    for (let at = from; at <= to; at = addDays(at, 1)) found.push(at)
  }
  return found
}

const kindIn = (sentence: string): SpecialDay['kind'] | null => {
  if (/上班|补班|工作日/.test(sentence)) return 'work'
  return /放假|休/.test(sentence) ? 'off' : null
}

const nameIn = (line: string, kind: SpecialDay['kind']): string => {
  const named = [...new Set(line.match(names) ?? [])].slice(0, 3).join('、')
  return named || (kind === 'off' ? '放假' : '调休')
}

function whyUnread(days: readonly CivilDate[] | null, kind: SpecialDay['kind'] | null, year: number): string | null {
  if (days === null) return '日期不对，请写成 2026-02-15 或 2月15日至23日。'
  if (kind === null) return '没有写明“放假”还是“上班”。'
  return days.some((day) => !day.startsWith(`${year}-`)) ? `不属于 ${year} 年，请到那一年录入。` : null
}

/** Reads days off and swapped working days from the text of a notice or from cells of a sheet; the user looks them over. */
export function pastedDays(text: string, year: number): PastedDays {
  const days = new Map<CivilDate, SpecialDay>()
  const unread: { text: string; why: string }[] = []
  for (const line of text.split('\n')) {
    for (const part of line.replaceAll(/[（(][^）)]*[）)]/g, '').split(/[。；;]/)) {
      const named = daysIn(part, year)
      if (named?.length === 0) continue
      const kind = kindIn(part)
      const why = whyUnread(named, kind, year)
      if (why !== null || kind === null || named === null) unread.push({ text: part.trim(), why: why ?? '' })
      else for (const day of named) days.set(day, { day, kind, name: nameIn(line, kind) })
    }
  }
  return { days: [...days.values()].toSorted((a, b) => a.day.localeCompare(b.day)), unread }
}
