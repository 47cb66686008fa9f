import styles from './status.module.css'
import { countsInWords, StatusBar, type StatusCounts } from './status-bar.tsx'
import { words } from './words.ts'

export interface FigureCellProps {
  /** Numerator and denominator; a denominator of 0 shows what is not yet due, or `none` (nothing was). */
  readonly n: number
  readonly m: number
  readonly counts?: StatusCounts
  /** How many are owed; counted from `counts` when not given. */
  readonly short?: number
  readonly shortWord?: string
  /** What the figure is of, for those who hear it: `示例住建局 政治建设`. */
  readonly label: string
  readonly selected?: boolean
  readonly onClick?: () => void
  /** Shown for a denominator of 0: `·` not applicable, `－` exempt. */
  readonly none?: { readonly sign: '·' | '－'; readonly word: string }
}

/** One figure of the cockpit, `41 / 46`, with what is owed and its bar; a button when it opens. */
export function FigureCell(props: FigureCellProps) {
  const empty = props.m === 0 && (props.counts?.pending ?? 0) === 0
  const content = empty ? <span className={styles.figure}>{props.none?.sign ?? '·'}</span> : <Numbers {...props} />
  if (!props.onClick) {
    return (
      <span className={styles.cell} role="img" aria-label={spoken(props, empty)}>
        {content}
      </span>
    )
  }
  return (
    <button
      type="button"
      className={styles.cell}
      aria-pressed={props.selected ?? false}
      aria-label={spoken(props, empty)}
      onClick={props.onClick}
    >
      {content}
    </button>
  )
}

function Numbers(props: FigureCellProps) {
  const owed = owedWords(props)
  return (
    <>
      <span className={styles.figure}>
        {props.m === 0 ? (
          <span>
            {words.statuses.pending} {props.counts?.pending}
          </span>
        ) : (
          <span>
            <b>{props.n}</b> / {props.m}
          </span>
        )}
        {owed && <em>{owed}</em>}
      </span>
      {props.counts && <StatusBar counts={props.counts} />}
    </>
  )
}

/** `欠 5`, or null when nothing is owed. */
function owedWords({ short, shortWord, counts }: FigureCellProps): string | null {
  const owed = short ?? (counts ? counts.short + counts.missing : 0)
  return owed > 0 ? `${shortWord ?? words.short} ${owed}` : null
}

function spoken(props: FigureCellProps, empty: boolean): string {
  if (empty) return `${props.label}：${props.none?.word ?? words.statuses.none}`
  const figure = [props.m === 0 ? null : `${props.n} / ${props.m}`, owedWords(props)].filter(Boolean).join('，')
  const parts = props.counts ? countsInWords(props.counts) : ''
  return `${props.label}：${[figure, parts].filter(Boolean).join('。')}`
}
