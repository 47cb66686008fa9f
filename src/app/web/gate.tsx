import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { CallProblem, onSignedOut, request } from '../../kernel/http/call.ts'
import { SignInPage } from '../../modules/directory/web/index.ts'
import { kitPage } from '../../ui/offline-shell.ts'
import { keptSession } from '../../ui/offline-store.ts'
import type { Session } from '../../ui/session.tsx'
import { words } from '../../ui/words.ts'
import { Boundary } from './boundary.tsx'
import styles from './gate.module.css'

const loadApplication = () => import('./application.tsx')
const Application = lazy(() => loadApplication().then((module) => ({ default: module.Application })))

type Standing = 'asking' | 'in' | 'out' | 'code' | 'unreachable'

/**
 * Signed in or not. When a session ends while somebody works, the sign-in stands over the page, which stays as it is
 * beneath; the same account goes on where it was, another one starts anew.
 */
export function Gate() {
  const [standing, setStanding] = useState<Standing>('asking')
  const [session, setSession] = useState<Session | null>(null)

  const ask = useCallback(async () => {
    try {
      // Read without its schema: the schema library would be most of what the sign-in page weighs.
      const found = (await request({ method: 'GET', path: '/api/v1/me' })) as Session
      const half = found.secondFactor === 'required' && found.secondFactorEnrolled
      if (!half) setSession(found)
      setStanding(half ? 'code' : 'in')
    } catch (error) {
      if (error instanceof CallProblem && error.status === 401) return setStanding('out')
      // The kit opens for whoever prepared it on this device; everything sent from it later is asked for anew.
      const kept = location.pathname === kitPage ? await keptSession() : null
      if (kept) setSession((now) => now ?? kept)
      setStanding(kept ? 'in' : 'unreachable')
    }
  }, [])

  useEffect(() => {
    void ask()
    return onSignedOut(() => setStanding('out'))
  }, [ask])
  useEffect(() => {
    if (standing === 'out' || standing === 'code') void loadApplication()
  }, [standing])

  const outside = standing === 'out' || standing === 'code'
  return (
    <Boundary>
      <Suspense fallback={<Waiting />}>
        {session && (
          <div inert={standing !== 'in'} hidden={outside}>
            <Application key={session.account.id} session={session} onChanged={ask} />
          </div>
        )}
        {outside && (
          <SignInPage
            step={standing === 'code' ? 'code' : 'password'}
            interrupted={session?.account.username ?? null}
            onSignedIn={ask}
          />
        )}
      </Suspense>
      {standing === 'asking' && <Waiting />}
      {standing === 'unreachable' && !session && <NoAnswer onRetry={ask} />}
    </Boundary>
  )
}

function Waiting() {
  return (
    <p className={styles.waiting} role="status">
      {words.loading}
    </p>
  )
}

function NoAnswer(props: { onRetry: () => Promise<void> }) {
  return (
    <main className={styles.message} role="alert">
      <p>{words.unreachable}</p>
      <button type="button" className={styles.button} onClick={() => void props.onRetry()}>
        {words.retry}
      </button>
    </main>
  )
}
