import { DownOutlined, MenuOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useOnline, usePhone } from '../../ui/screen.ts'
import { holds, useSession } from '../../ui/session.tsx'
import { Offline } from '../../ui/states.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { words } from '../../ui/words.ts'
import { AccountMenu } from './account-menu.tsx'
import { MustDoFirst } from './must-do-first.tsx'
import { navigation } from './pages.ts'
import styles from './shell.module.css'

const mostWords = 7

/** The frame of every page: 48 px of header with at most seven words, then the page. */
export function Shell() {
  const online = useOnline()
  const main = useRef<HTMLElement>(null)
  useFocusAfterNavigation(main)
  return (
    <div className={styles.shell}>
      <a
        className={styles.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          main.current?.focus()
        }}
      >
        {words.skip}
      </a>
      <Header />
      {!online && <Offline />}
      <main id="main" ref={main} tabIndex={-1}>
        <MustDoFirst>
          <Outlet />
        </MustDoFirst>
      </main>
    </div>
  )
}

type NavigationItem = (typeof navigation)[number]

function Header() {
  const session = useSession()
  const phone = usePhone()
  const allowed = navigation.filter((page) => holds(session, page.needs))
  const rest = allowed.slice(mostWords)
  return (
    <header className={styles.header}>
      <Link to="/" className={styles.mark}>
        {words.product}
      </Link>
      {phone ? <PhoneNavigation pages={allowed.slice(0, mostWords)} /> : <NavigationLinks pages={allowed.slice(0, mostWords)} />}
      <div className={styles.who}>
        <AccountMenu
          more={rest.map((page) => ({ path: page.path, label: page.nav.label }))}
          trigger={<DownOutlined aria-hidden />}
        />
      </div>
    </header>
  )
}

function NavigationLinks(props: { pages: readonly NavigationItem[]; onChosen?: () => void }) {
  if (props.pages.length === 0) return null
  return (
    <nav className={styles.nav} aria-label={words.product}>
      {props.pages.map((page) => (
        <Link
          key={page.path}
          to={page.path}
          activeOptions={{ exact: page.path === '/', includeSearch: false }}
          activeProps={{ className: styles.on ?? '', 'aria-current': 'page' }}
          {...(props.onChosen && { onClick: props.onChosen })}
        >
          {page.nav.label}
          {page.nav.badge && <Badge path={page.path} count={page.nav.badge} />}
        </Link>
      ))}
    </nav>
  )
}

/** On a phone the words stand behind one button, each a line of its own. */
function PhoneNavigation(props: { pages: readonly NavigationItem[] }) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => setOpen(false)
  const whole = useRef<HTMLDivElement>(null)
  useKeys(whole, (event) => {
    if (event.key !== 'Escape') return
    close()
    button.current?.focus()
  })
  return (
    <div ref={whole} className={styles.phone}>
      <button ref={button} type="button" className={styles.opener} aria-expanded={open} onClick={() => setOpen(!open)}>
        <MenuOutlined aria-hidden /> {words.menu}
      </button>
      {open && <NavigationLinks pages={props.pages} onChosen={close} />}
    </div>
  )
}

function Badge(props: { path: string; count: (signal: AbortSignal) => Promise<number> }) {
  const read = useQuery({
    queryKey: ['badge', props.path],
    queryFn: ({ signal }) => props.count(signal),
    refetchInterval: 60_000,
    retry: false,
  })
  return read.data ? <b> {read.data}</b> : null
}

function useFocusAfterNavigation(main: { readonly current: HTMLElement | null }): void {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    main.current?.focus({ preventScroll: true })
  }, [path, main])
}
