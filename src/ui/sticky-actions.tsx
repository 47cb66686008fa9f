import type { ReactNode } from 'react'
import styles from './sticky-actions.module.css'

/** A form's acts. On a phone they stand at the bottom within the thumb's reach, the main button over the whole width. */
export function StickyActions(props: { note?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.place}>
      <div className={styles.bar}>
        {props.note && (
          <p className={styles.note} role="status">
            {props.note}
          </p>
        )}
        <div className={styles.acts}>{props.children}</div>
      </div>
    </div>
  )
}
