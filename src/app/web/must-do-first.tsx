import { Navigate, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useSession } from '../../ui/session.tsx'
import { pages } from './pages.ts'
import styles from './shell.module.css'

const settings = '/settings'

/** A first password to be changed or a second factor to be set up comes before any other page. */
export function MustDoFirst(props: { children: ReactNode }) {
  const session = useSession()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const enrol = session.secondFactor === 'required' && !session.secondFactorEnrolled
  if (!session.mustChangePassword && !enrol) return <>{props.children}</>
  if (path !== settings && pages.some((page) => page.path === settings)) return <Navigate to={settings} replace />
  return (
    <>
      <p className={styles.first} role="status">
        {session.mustChangePassword ? '请先改掉初始密码，再做其他事。' : '您的岗位要求动态口令。请先绑定，再做其他事。'}
      </p>
      {props.children}
    </>
  )
}
