import { Button } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Panel } from '../../../../ui/page.tsx'
import styles from './tasks.module.css'

export interface ActsPanelProps<Verb extends string> {
  readonly verbs: readonly Verb[]
  readonly names: Readonly<Record<Verb, string>>
  readonly notices?: readonly string[]
  /** The form of a verb; `done` closes it. */
  readonly form: (verb: Verb, done: () => void) => ReactNode
}

/** What can be done now, each as a form in place; what has just been done is said and takes the focus. */
export function ActsPanel<Verb extends string>({ verbs, names, notices = [], form }: ActsPanelProps<Verb>) {
  const [picked, setPicked] = useState<Verb | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const place = useRef<HTMLDivElement>(null)
  const word = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (picked) place.current?.querySelector<HTMLElement>('input,textarea,button[type="submit"]')?.focus()
  }, [picked])
  useEffect(() => {
    if (said) word.current?.focus()
  }, [said])
  if (verbs.length === 0 && notices.length === 0 && said === null) return null
  const done = (verb: Verb) => () => {
    setPicked(null)
    setSaid(`已${names[verb]}。`)
  }
  return (
    <div className={styles.noprint}>
      <Panel title="办理">
        <div className={styles.stack}>
          <p ref={word} className={styles.said} role="status" tabIndex={-1} hidden={!said}>
            {said}
          </p>
          {notices.map((notice) => (
            <p key={notice} className={styles.notice}>
              {notice}
            </p>
          ))}
          {verbs.length > 0 && (
            <div className={styles.acts} role="group" aria-label="现在可以办的">
              {verbs.map((verb, at) => (
                <Button
                  key={verb}
                  type={at === 0 && picked === null ? 'primary' : 'default'}
                  aria-expanded={picked === verb}
                  onClick={() => {
                    setPicked(picked === verb ? null : verb)
                    setSaid(null)
                  }}
                >
                  {names[verb]}
                </Button>
              ))}
            </div>
          )}
          {picked && (
            <div ref={place} className={styles.form} key={picked}>
              {form(picked, done(picked))}
            </div>
          )}
        </div>
      </Panel>
    </div>
  )
}
