import { Button, Input } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { Dialog } from './dialog.tsx'
import styles from './form.module.css'
import { sentenceOf } from './states.tsx'
import { words } from './words.ts'

export interface ConfirmReasonProps {
  readonly open: boolean
  /** The act: `退回核验`. */
  readonly title: string
  /** What follows from it. */
  readonly sentence?: ReactNode
  readonly reasonLabel?: string
  /** The least number of characters; 0 makes the reason optional. */
  readonly least?: number
  readonly confirmLabel?: string
  /** Resolve when done; what it throws is shown in words and the reason stays. */
  readonly onConfirm: (reason: string) => Promise<unknown>
  readonly onClose: () => void
  readonly children?: ReactNode
}

/** Asks for a reason before an act. Closes by itself after success; keeps what was written after a failure. */
export function ConfirmReason(props: ConfirmReasonProps) {
  const id = useId()
  const least = props.least ?? 4
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const confirm = async () => {
    if (reason.trim().length < least) {
      setError(words.reasonTooShort(least))
      document.getElementById(id)?.focus()
      return
    }
    setPending(true)
    setError(null)
    try {
      await props.onConfirm(reason.trim())
      setReason('')
      props.onClose()
    } catch (failure) {
      setError(sentenceOf(failure))
    } finally {
      setPending(false)
    }
  }
  return (
    <Dialog
      open={props.open}
      title={props.title}
      onClose={props.onClose}
      actions={
        <Button type="primary" loading={pending} onClick={() => void confirm()}>
          {props.confirmLabel ?? props.title}
        </Button>
      }
    >
      {props.sentence && <p>{props.sentence}</p>}
      {props.children}
      <label htmlFor={id} className={styles.label}>
        {props.reasonLabel ?? words.reason}
        {least === 0 && <small>{words.optional}</small>}
      </label>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 3, maxRows: 8 }}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        {...(error && { status: 'error' as const })}
        aria-invalid={error !== null}
        aria-describedby={`${id}-error`}
      />
      <p id={`${id}-error`} className={styles.error} role="alert">
        {error}
      </p>
    </Dialog>
  )
}
