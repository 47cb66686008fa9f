import type { ReactNode } from 'react'
import styles from './facts.module.css'

export interface Fact {
  readonly term: string
  readonly value: ReactNode
  /** Takes the whole line. */
  readonly wide?: boolean
}

/** Terms and their values, in columns as the width allows. Facts without a value show `－`. */
export function Facts(props: { items: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {props.items.map((fact) => (
        <div key={fact.term} className={fact.wide ? styles.wide : undefined}>
          <dt>{fact.term}</dt>
          <dd>{fact.value === null || fact.value === undefined || fact.value === '' ? '－' : fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
