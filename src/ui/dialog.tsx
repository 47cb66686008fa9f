import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import styles from './dialog.module.css'
import { words } from './words.ts'

export interface DialogProps {
  readonly open: boolean
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** The acts; beside them stands the way out. */
  readonly actions?: ReactNode
}

/** The browser's own modal dialog: it keeps the focus inside, Esc closes, and it needs no style without a nonce. */
export function Dialog(props: DialogProps) {
  const id = useId()
  const element = useRef<HTMLDialogElement>(null)
  const { open, onClose } = props
  useEffect(() => {
    const dialog = element.current
    if (!dialog) return
    if (open && !dialog.open) dialog.showModal()
    if (!open && dialog.open) dialog.close()
  }, [open])
  return (
    <dialog ref={element} className={styles.dialog} aria-labelledby={id} onClose={onClose}>
      {open && (
        <>
          <div className={styles.head}>
            <h2 id={id}>{props.title}</h2>
            <Button type="text" icon={<CloseOutlined aria-hidden />} aria-label={words.close} onClick={onClose} />
          </div>
          <div className={styles.body}>{props.children}</div>
          {props.actions && (
            <div className={styles.acts}>
              <Button onClick={onClose}>{words.cancel}</Button>
              {props.actions}
            </div>
          )}
        </>
      )}
    </dialog>
  )
}
