import type { ReactNode } from 'react'
import styles from './wide.module.css'

/** Room for a table that may be wider than a phone: it scrolls by itself, by finger or by keyboard. `label` says what it holds. */
export function Wide(props: { label: string; children: ReactNode }) {
  return (
    <div className={styles.wide} role="region" aria-label={props.label} tabIndex={0}>
      {props.children}
    </div>
  )
}
