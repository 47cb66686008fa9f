import type { ReactNode } from 'react'
import styles from './status.module.css'
import { countsInWords, StatusBar, type StatusCounts } from './status-bar.tsx'
import { words } from './words.ts'

export interface FigureCellProps {
  /** Numerator and denominator; a denominator of 0 shows `none` (nothing was due). */
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
  const { counts } = props
  const short = props.short ?? (counts ? counts.short + counts.missing : 0)
  const empty = props.m === 0 && (counts?.pending ?? 0) === 0
  const none = props.none ?? { sign: '·' as const, word: words.statuses.none }
  const shortWord = props.shortWord ?? words.short
  const spoken = empty
    ? `${props.label}：${none.word}`
    : `${props.label}：${props.n} / ${props.m}${short > 0 ? `，${shortWord} ${short}` : ''}${counts ? `。${countsInWords(counts)}` : ''}`
  const content = empty ? (
    <span className={styles.figure}>{none.sign}</span>
  ) : (
    <>
      <span className={styles.figure}>
        <span>
          <b>{props.n}</b> / {props.m}
        </span>
        {short > 0 && (
          <em>
            {shortWord} {short}
          </em>
        )}
      </span>
      {counts && <StatusBar counts={counts} />}
    </>
  )
  if (!props.onClick) return <FigureText spoken={spoken}>{content}</FigureText>
  return (
    <button type="button" className={styles.cell} aria-pressed={props.selected ?? false} aria-label={spoken} onClick={props.onClick}>
      {content}
    </button>
  )
}

function FigureText(props: { spoken: string; children: ReactNode }) {
  return (
    <span className={styles.cell} role="img" aria-label={props.spoken}>
      {props.children}
    </span>
  )
}
