import { useEffect, useRef } from 'react'
import { Go } from './go.tsx'
import styles from './tabs.module.css'

/** As much of the page before as shows that there is one. */
const room = 64

export interface Tab {
  readonly label: string
  readonly to: string
}

/** Pages that stand beside one another. On a phone they are one line that scrolls, the present page in sight. `inBar`: beside the page's title. */
export function Tabs(props: { label: string; tabs: readonly Tab[]; now: string | null; inBar?: boolean }) {
  const line = useRef<HTMLElement>(null)
  useEffect(() => {
    const present = line.current?.querySelector<HTMLElement>('[aria-current]')
    if (line.current && present) line.current.scrollLeft = present.offsetLeft - line.current.offsetLeft - room
  }, [])
  return (
    <nav ref={line} className={props.inBar ? `${styles.tabs} ${styles.inBar}` : styles.tabs} aria-label={props.label}>
      {props.tabs.map(({ label, to }) => (
        <span key={to} {...(to === props.now && { 'aria-current': 'page' as const })}>
          {to === props.now ? label : <Go to={to}>{label}</Go>}
        </span>
      ))}
    </nav>
  )
}
