import type { CoverageLine } from '../requirements/coverage.contract.ts'

export interface CoverageAsked {
  readonly text?: string | undefined
  readonly rulebook?: string | undefined
  readonly dimension?: string | undefined
  /** `holes`: what should have figures and has none; `live`: what has them. */
  readonly show?: string | undefined
}

const contains = (line: CoverageLine, text: string): boolean =>
  [
    line.code,
    line.title,
    line.gist,
    line.article ?? '',
    ...line.requirements.flatMap((one) => [one.code, one.title, one.measure.title]),
  ].some((field) => field.toLowerCase().includes(text))

/** A clause that says why nothing can be counted is no hole: there is nothing to fill. */
export const isHole = ({ dataSource, why }: CoverageLine): boolean => dataSource === 'none' && why !== 'uncounted'

const shows: Readonly<Record<string, (line: CoverageLine) => boolean>> = {
  holes: isHole,
  live: (line) => line.dataSource === 'live',
}

const asWanted = (wanted: string | undefined, found: string): boolean => !wanted || wanted === found

function fits(line: CoverageLine, asked: CoverageAsked): boolean {
  const text = asked.text?.trim().toLowerCase() ?? ''
  return (
    asWanted(asked.rulebook, line.rulebook) &&
    asWanted(asked.dimension, line.dimension ?? 'general') &&
    (shows[asked.show ?? '']?.(line) ?? true) &&
    contains(line, text)
  )
}

export const coverageShown = (lines: readonly CoverageLine[], asked: CoverageAsked): CoverageLine[] =>
  lines.filter((line) => fits(line, asked))

export interface CoverageSums {
  readonly live: number
  readonly total: number
  readonly uncounted: number
  readonly holes: Readonly<Record<string, number>>
}

/** How many clauses have live figures, of how many, and why the others have not. */
export function coverageSums(lines: readonly CoverageLine[]): CoverageSums {
  const holes: Record<string, number> = {}
  for (const line of lines.filter(isHole)) holes[line.why ?? 'hole'] = (holes[line.why ?? 'hole'] ?? 0) + 1
  return {
    live: lines.filter((line) => line.dataSource === 'live').length,
    total: lines.length,
    uncounted: lines.filter((line) => line.why === 'uncounted').length,
    holes,
  }
}
