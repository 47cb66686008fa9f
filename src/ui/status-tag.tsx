import type { ReactNode } from 'react'
import styles from './status.module.css'

export type Tone = 'done' | 'late' | 'short' | 'missing' | 'pending' | 'exempt' | 'none'

/** A status: a tone of colour and always a word. */
export function StatusTag(props: { tone: Tone; children: ReactNode }) {
  return <span className={`${styles.tag} ${styles[props.tone]}`}>{props.children}</span>
}
