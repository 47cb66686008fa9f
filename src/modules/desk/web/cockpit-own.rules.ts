import type { z } from 'zod'
import type { cockpit, Counts } from '../../rulebook/indicators/indicators.contract.ts'

type Figures = z.output<(typeof cockpit)['reply']>
type Cell = Figures['total'][number]

const parts = ['met', 'met_late', 'unmet', 'not_reported', 'exempt', 'not_due'] as const

function difference(total: Counts, rows: readonly Counts[]): Counts {
  const left = (part: (typeof parts)[number]) => total[part] - rows.reduce((sum, row) => sum + row[part], 0)
  return {
    met: left('met'),
    met_late: left('met_late'),
    unmet: left('unmet'),
    not_reported: left('not_reported'),
    exempt: left('exempt'),
    not_due: left('not_due'),
  }
}

/**
 * What the total holds beyond its rows, so that the table adds up: the organization's own duties, and by the tree of the time those of
 * organizations that left during the period. Null when nothing is left, or when some came in meanwhile and the rows hold more.
 */
export function ownLine(figures: Figures): Cell[] | null {
  const cells = figures.total.map((total) => {
    const rows = figures.rows.flatMap((row) => row.cells.filter((cell) => cell.dimension === total.dimension))
    const counts = difference(
      total.counts,
      rows.map((row) => row.counts),
    )
    const soft = difference(
      total.soft,
      rows.map((row) => row.soft),
    )
    return { dimension: total.dimension, counts, soft, ratio: null }
  })
  const hard = cells.flatMap((cell) => parts.map((part) => cell.counts[part]))
  if (hard.some((count) => count < 0) || hard.every((count) => count === 0)) return null
  return cells
}
