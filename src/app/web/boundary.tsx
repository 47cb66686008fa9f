import { Component, type ReactNode } from 'react'
import { words } from '../../ui/words.ts'
import styles from './gate.module.css'

interface BoundaryProps {
  readonly children: ReactNode
}

/** Catches what a page could not: a sentence and a next step. A page whose files are gone (new version) needs a reload too. */
export class Boundary extends Component<BoundaryProps, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    return (
      <div className={styles.message} role="alert">
        <h1>{words.brokenTitle}</h1>
        <p>{words.broken}</p>
        <p>
          <button type="button" className={styles.button} onClick={() => location.reload()}>
            {words.reload}
          </button>{' '}
          <a href="/">{words.home}</a>
        </p>
      </div>
    )
  }
}
