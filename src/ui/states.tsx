import type { UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { CallProblem, Unreachable } from '../kernel/http/call.ts'
import styles from './states.module.css'
import { words } from './words.ts'

/** Nothing here yet: a sentence and a next step. */
export function Empty(props: { sentence?: string; next?: ReactNode }) {
  return (
    <div className={styles.state}>
      <p>{props.sentence ?? words.empty}</p>
      {props.next}
    </div>
  )
}

/** Being read. Appears after a moment, so that quick answers do not flicker. */
export function Loading(props: { word?: string }) {
  return (
    <div className={`${styles.state} ${styles.late}`} role="status">
      <span className={styles.wheel} aria-hidden="true" />
      <p>{props.word ?? words.loading}</p>
    </div>
  )
}

/** It could not be read: what happened, and trying again; what is not there does not come by trying. */
export function Failed(props: { error?: unknown; sentence?: string; onRetry?: () => void; next?: ReactNode }) {
  const missing = props.error instanceof CallProblem && props.error.status === 404
  const requestId = props.error instanceof CallProblem && props.error.status >= 500 ? props.error.requestId : undefined
  return (
    <div className={styles.state} role="alert">
      <p>{props.sentence ?? readSentence(props.error)}</p>
      {requestId && (
        <p className={styles.soft}>
          {words.requestId} {requestId}
        </p>
      )}
      {props.onRetry && !missing && <Button onClick={props.onRetry}>{words.retry}</Button>}
      {props.next ?? (missing && <Button href="/">{words.home}</Button>)}
    </div>
  )
}

/** Not for this account: why, and whom to ask. */
export function Forbidden(props: { sentence?: string; next?: ReactNode }) {
  return (
    <div className={styles.state}>
      <p>{props.sentence ?? words.forbidden}</p>
      {props.next ?? (
        <Button href="/" type="default">
          {words.home}
        </Button>
      )}
    </div>
  )
}

/** The network is gone; stands above the page while it lasts. */
export function Offline(props: { sentence?: string }) {
  return (
    <p className={styles.offline} role="status">
      {props.sentence ?? words.offline}
    </p>
  )
}

/** The reader's sentence for any failure of a call. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Unreachable) return words.unreachable
  if (error instanceof CallProblem && error.status === 401) return words.signedOut
  if (error instanceof CallProblem) return error.detail
  return words.failed
}

/** Nothing was submitted where something was only looked up: the conditions in the address are at fault. */
function readSentence(error: unknown): string {
  if (!(error instanceof CallProblem) || error.code !== 'kernel.invalid_input') return sentenceOf(error)
  return words.unreadable(error.errors.map(({ message }) => message).join(''))
}

/** Failed or forbidden, by the error. */
export function Refused(props: { error: unknown; onRetry?: () => void }) {
  if (props.error instanceof CallProblem && props.error.status === 403) return <Forbidden sentence={props.error.detail} />
  return <Failed error={props.error} {...(props.onRetry && { onRetry: props.onRetry })} />
}

/** Shows what a query read, or its state instead: `<Loaded query={useCall(...)}>{(data) => ...}</Loaded>`. */
export function Loaded<Data>(props: { query: UseQueryResult<Data>; children: (data: Data) => ReactNode }) {
  const { query } = props
  if (query.data !== undefined) return <>{props.children(query.data)}</>
  if (query.isError) return <Refused error={query.error} onRetry={() => void query.refetch()} />
  return <Loading />
}
