import styles from './status.module.css'
import { words } from './words.ts'

/** Counts by status, in the bar's order. */
export interface StatusCounts {
  readonly done: number
  readonly late: number
  readonly short: number
  readonly missing: number
  readonly pending: number
}

const parts = ['done', 'late', 'short', 'missing', 'pending'] as const

/** `已办 39，迟办 2，未报 2`: the bar in words; statuses without a count are left out. */
export function countsInWords(
  counts: StatusCounts,
  names: Readonly<Record<keyof StatusCounts, string>> = words.statuses,
): string {
  return parts
    .filter((part) => counts[part] > 0)
    .map((part) => `${names[part]} ${counts[part]}`)
    .join('，')
}

/** The bar of five parts; not reported is hatched, and the words are read out. */
export function StatusBar(props: { counts: StatusCounts; names?: Readonly<Record<keyof StatusCounts, string>> }) {
  const text = countsInWords(props.counts, props.names)
  return (
    <span className={styles.bar} role="img" aria-label={text || words.statuses.none} title={text}>
      {parts.map((part) =>
        props.counts[part] > 0 ? (
          <i key={part} className={styles[`bar-${part}`]} style={{ flexGrow: props.counts[part] }} />
        ) : null,
      )}
    </span>
  )
}
