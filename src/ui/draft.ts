import { useCallback, useEffect, useRef, useState } from 'react'
import { forgetAll, keep, readKept } from './device-store.ts'
import { useSession } from './session.tsx'

interface Kept<Value> {
  value: Value
  at: string
}

export interface Draft<Value> {
  readonly value: Value
  readonly set: (next: Value | ((before: Value) => Value)) => void
  /** `10:42` when it stands on this device, null while nothing was changed. */
  readonly savedAt: string | null
  /** The device refused to keep it. */
  readonly failed: boolean
  /** What is shown comes from an earlier visit. */
  readonly restored: boolean
  /** Forgets the draft (after success, or to start over) and goes back to `initial`. */
  readonly clear: () => void
}

const clock = new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'Asia/Shanghai' })

/**
 * A value that survives a closed browser and a lost network: kept on the device at each change, per account.
 * `key` null keeps nothing. `initial` is used when nothing was kept; a draft of another shape is the caller's to check.
 */
export function useDraft<Value>(key: string | null, initial: Value): Draft<Value> {
  const account = useSession().account.id
  const [kept] = useState(() => (key === null ? null : readKept<Kept<Value>>('draft', account, key)))
  const [value, setValue] = useState<Value>(kept ? kept.value : initial)
  const [at, setAt] = useState<string | null>(kept?.at ?? null)
  const [restored, setRestored] = useState(kept !== null)
  const [failed, setFailed] = useState(false)
  const changed = useRef(false)
  const start = useRef(initial)

  const set = useCallback((next: Value | ((before: Value) => Value)) => {
    changed.current = true
    setValue(next)
  }, [])

  useEffect(() => {
    if (!changed.current || key === null) return
    const now = new Date().toISOString()
    const held = keep({ value, at: now }, 'draft', account, key)
    setFailed(!held)
    if (held) setAt(now)
  }, [value, key, account])

  const clear = useCallback(() => {
    changed.current = false
    if (key !== null) keep(null, 'draft', account, key)
    setValue(start.current)
    setAt(null)
    setRestored(false)
    setFailed(false)
  }, [key, account])

  return { value, set, savedAt: at && clock.format(new Date(at)), failed, restored, clear }
}

/** Forgets all drafts and unfinished submissions of an account: at sign-out, so that the next person finds nothing. */
export function forgetDrafts(accountId: string): void {
  forgetAll('draft', accountId)
  forgetAll('attempt', accountId)
}
