import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { usePhone } from './screen.ts'
import styles from './split-view.module.css'
import { useKeys } from './use-keys.ts'
import { words } from './words.ts'

export interface SplitViewProps {
  readonly children: ReactNode
  /** The opened detail; null shows the list alone. */
  readonly detail: ReactNode | null
  readonly detailTitle: ReactNode
  readonly onClose: () => void
  /** Share of the width: `narrow` 372 px as beside the cockpit, `half` for whole records. */
  readonly width?: 'narrow' | 'half'
}

/** A detail opens beside its list; on a phone it takes the list's place, with the way back. Esc closes it. */
export function SplitView(props: SplitViewProps) {
  const phone = usePhone()
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const open = props.detail !== null && props.detail !== undefined
  useEffect(() => {
    if (open && phone) heading.current?.focus()
  }, [open, phone])
  const detail = useRef<HTMLElement>(null)
  useKeys(detail, (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && open) props.onClose()
  })
  // The list keeps its place in the tree whether or not a detail is open, and with it its focus and what was loaded.
  return (
    <div className={open ? `${styles.split} ${props.width === 'half' ? styles.half : styles.side}` : undefined}>
      <div className={styles.list} hidden={open && phone}>
        {props.children}
      </div>
      <aside ref={detail} className={styles.detail} hidden={!open} aria-labelledby={id}>
        {open && (
          <>
            <div className={styles.head}>
              <h2 id={id} ref={heading} tabIndex={-1}>
                {props.detailTitle}
              </h2>
              <Button
                type="text"
                icon={<CloseOutlined aria-hidden />}
                aria-label={phone ? words.back : words.close}
                onClick={props.onClose}
              />
            </div>
            <div className={styles.body}>{props.detail}</div>
          </>
        )}
      </aside>
    </div>
  )
}
