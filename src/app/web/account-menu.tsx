import { useNavigate } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Dropdown } from 'antd'
import { type ReactNode, useContext } from 'react'
import { request } from '../../kernel/http/call.ts'
import { forgetDrafts } from '../../ui/draft.ts'
import { forgetPages, unsentKits } from '../../ui/offline-shell.ts'
import { useLargeType, usePhone } from '../../ui/screen.ts'
import { actsFor, useSession } from '../../ui/session.tsx'
import { sentenceOf } from '../../ui/states.tsx'
import { ChangedContext } from './changed.ts'
import { pages } from './pages.ts'
import styles from './shell.module.css'

/** The person's name with what belongs to the person: settings, large type, the way out. */
export function AccountMenu(props: { more: readonly { path: string; label: string }[]; trigger: ReactNode }) {
  const session = useSession()
  const phone = usePhone()
  const navigate = useNavigate()
  const [large, setLarge] = useLargeType()
  const signOut = useSignOut()
  const settings = pages.some((page) => page.path === '/settings')
  const items = [
    ...props.more.map((page) => ({ key: page.path, label: page.label })),
    ...(settings ? [{ key: '/settings', label: '我的设置' }] : []),
    { key: 'large', label: large ? '改回普通字号' : '大字版' },
    { key: 'out', label: '退出' },
  ]
  const choose = (key: string) => {
    if (key === 'large') setLarge(!large)
    else if (key === 'out') void signOut()
    else void navigate({ to: key })
  }
  const name = session.person?.name ?? session.account.name
  const where = actsFor(session)?.name
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => choose(key) }}>
      <Button type="text" className={styles.account ?? ''}>
        <span className={styles.name}>{!phone && where ? `${where} · ${name}` : name}</span> {props.trigger}
      </Button>
    </Dropdown>
  )
}

/** Ends the session, and forgets on this device what the next person must not find. */
function useSignOut(): () => Promise<void> {
  const session = useSession()
  const changed = useContext(ChangedContext)
  const client = useQueryClient()
  const { message } = App.useApp()
  return async () => {
    const unsent = await unsentKits()
    if (unsent > 0) {
      message.warning(`这台设备上还有 ${unsent} 次检查没有上传。请先到“离线检查”上传或放弃，再退出。`)
      return
    }
    try {
      await request({ method: 'DELETE', path: '/api/v1/session' })
      await forgetPages()
      forgetDrafts(session.account.id)
      client.clear()
      location.assign('/')
    } catch (error) {
      message.error(sentenceOf(error))
      await changed()
    }
  }
}
