import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import styles from './page.module.css'
import { words } from './words.ts'

export interface Crumb {
  readonly label: string
  readonly to?: string
  readonly onClick?: () => void
}

export interface PageProps {
  readonly title: string
  /** The way down to here, without the title itself. */
  readonly crumbs?: readonly Crumb[]
  /** Beside the title: a period picker, a switch. */
  readonly bar?: ReactNode
  /** At the end of the line: acts, export. */
  readonly actions?: ReactNode
  readonly note?: ReactNode
  /** Forms and single records read better in one narrow column. */
  readonly narrow?: boolean
  readonly children: ReactNode
}

/** A page: one line with where one is and what can be done, then the content. Sets the document's title. */
export function Page(props: PageProps) {
  useEffect(() => {
    document.title = `${props.title} · ${words.product}`
  }, [props.title])
  return (
    <div className={props.narrow ? `${styles.page} ${styles.narrow}` : styles.page}>
      <div className={styles.bar}>
        <Crumbs crumbs={props.crumbs ?? []} />
        <h1 className={styles.title}>{props.title}</h1>
        {props.bar}
        {(props.actions || props.note) && (
          <div className={styles.actions}>
            {props.note && <span className={styles.note}>{props.note}</span>}
            {props.actions}
          </div>
        )}
      </div>
      {props.children}
    </div>
  )
}

function Crumbs(props: { crumbs: readonly Crumb[] }) {
  if (props.crumbs.length === 0) return null
  return (
    <nav aria-label={words.back} className={styles.crumbs}>
      {props.crumbs.map((crumb) => (
        <span key={crumb.label}>
          <CrumbLink crumb={crumb} /> <span aria-hidden="true">›</span>
        </span>
      ))}
    </nav>
  )
}

function CrumbLink({ crumb }: { crumb: Crumb }) {
  if (crumb.to) return <Link to={crumb.to}>{crumb.label}</Link>
  if (!crumb.onClick) return <>{crumb.label}</>
  return (
    <button type="button" className={styles.plain} onClick={crumb.onClick}>
      {crumb.label}
    </button>
  )
}

export interface PanelProps {
  readonly title?: ReactNode
  readonly note?: ReactNode
  readonly actions?: ReactNode
  /** Content up to the edge, for tables. */
  readonly flush?: boolean
  readonly children: ReactNode
}

/** A white card with a heading. On a phone it goes from edge to edge. */
export function Panel(props: PanelProps) {
  return (
    <section className={styles.panel}>
      {props.title !== undefined && (
        <div className={styles.head}>
          <h2>
            {props.title}
            {props.note && <small>{props.note}</small>}
          </h2>
          {props.actions}
        </div>
      )}
      <div className={props.flush ? styles.flush : styles.body}>{props.children}</div>
    </section>
  )
}

/** Cards side by side, as many as there is room for. */
export function PanelRow(props: { children: ReactNode }) {
  return <div className={styles.row}>{props.children}</div>
}

/** One large number with its words; a link when `to` is given. */
export function Figure(props: { title: string; value: ReactNode; words?: ReactNode; alarm?: boolean; to?: string }) {
  const content = (
    <>
      <span className={styles.note}>{props.title}</span>
      <span>
        <b className={props.alarm ? styles.alarm : undefined}>{props.value}</b> {props.words}
      </span>
    </>
  )
  if (!props.to) return <div className={styles.figure}>{content}</div>
  return (
    <Link to={props.to} className={styles.figure}>
      {content}
    </Link>
  )
}
