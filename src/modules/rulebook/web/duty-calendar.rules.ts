import { period } from '../../../kernel/time/period.ts'
import type { Obligation } from '../obligations/obligations.contract.ts'

export interface CalendarCell {
  /** The first month that the cell covers. */
  readonly month: number
  readonly span: number
  readonly duties: readonly Obligation[]
}

export interface CalendarRow {
  readonly key: string
  readonly code: string
  readonly title: string
  readonly strength: 'hard' | 'soft'
  /** Whose duty it is, where it is a person's by post. */
  readonly person: string | null
  readonly cells: readonly CalendarCell[]
}

const monthOf = (date: string): number => Number(date.slice(5, 7))

/** Duties of one year as lines of twelve months; a quarter's takes three of them. Hard ones come first. */
export function calendarRows(duties: readonly Obligation[]): CalendarRow[] {
  const groups = new Map<string, Obligation[]>()
  for (const duty of duties) {
    const key = [duty.strength, duty.requirement, duty.subject.kind === 'person' ? duty.subject.id : ''].join(' ')
    groups.set(key, [...(groups.get(key) ?? []), duty])
  }
  const rows = [...groups].flatMap(([key, group]) => {
    const [first] = group
    if (!first) return []
    const person = first.subject.kind === 'person' ? first.subject.name : null
    return [{ key, code: first.requirement, title: first.title, strength: first.strength, person, cells: cellsOf(group) }]
  })
  return rows.sort((a, b) => a.strength.localeCompare(b.strength) || a.code.localeCompare(b.code, 'en', { numeric: true }))
}

function cellsOf(duties: readonly Obligation[]): CalendarCell[] {
  const cells: CalendarCell[] = []
  let month = 1
  while (month <= 12) {
    const starting = duties.filter((duty) => monthOf(period(duty.period).starts) === month)
    const span = Math.max(1, ...starting.map((duty) => monthOf(period(duty.period).ends) - month + 1))
    cells.push({ month, span, duties: starting })
    month += span
  }
  return cells
}
