import type { ReactNode } from 'react'
import styles from './progress.module.css'
import { words } from './words.ts'

export interface ProgressProps {
  /** What is being done: `正在核对花名册`. */
  readonly label: string
  readonly done: number
  /** null while it is not known how much there is. */
  readonly total: number | null
  /** What may be done meanwhile; by default, that one may leave. */
  readonly note?: ReactNode
}

/** Long work: how far it is, in a number and a bar. */
export function Progress(props: ProgressProps) {
  const figure = props.total === null ? `${props.done}` : `${props.done} / ${props.total}`
  return (
    <div className={styles.progress}>
      <p className={styles.line}>
        <span>{props.label}</span> <span>{figure}</span>
      </p>
      <progress
        aria-label={`${props.label} ${figure}`}
        {...(props.total !== null && { value: props.done, max: Math.max(props.total, 1) })}
      />
      <p className={styles.note}>{props.note ?? words.leave}</p>
    </div>
  )
}
