import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { usePhone } from './screen.ts'
import styles from './split-view.module.css'
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
  const heading = useRef<HTMLHeadingElement>(null)
  const open = props.detail !== null && props.detail !== undefined
  useEffect(() => {
    if (open && phone) heading.current?.focus()
  }, [open, phone])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    props.onClose()
  }
  if (!open) return <div>{props.children}</div>
  const back = phone ? words.back : words.close
  return (
    <div className={`${styles.split} ${props.width === 'half' ? styles.half : styles.side}`}>
      <div className={styles.list} hidden={phone}>
        {props.children}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementInteractions: Esc from anywhere inside closes, besides the button */}
      <aside className={styles.detail} onKeyDown={onKeyDown} aria-labelledby="split-view-title">
        <div className={styles.head}>
          <h2 id="split-view-title" ref={heading} tabIndex={-1}>
            {props.detailTitle}
          </h2>
          <Button type="text" icon={<CloseOutlined aria-hidden />} aria-label={back} onClick={props.onClose} />
        </div>
        <div className={styles.body}>{props.detail}</div>
      </aside>
    </div>
  )
}
