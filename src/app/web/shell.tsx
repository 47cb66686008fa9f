import { BellOutlined, DownOutlined, MenuOutlined, SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
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
  const shown = allowed.filter((page) => page.nav.place === undefined)
  const rest = shown.slice(mostWords)
  return (
    <header className={styles.header}>
      <Link to="/" className={styles.mark}>
        {words.product}
      </Link>
      {phone ? <PhoneNavigation pages={shown.slice(0, mostWords)} /> : <NavigationLinks pages={shown.slice(0, mostWords)} />}
      <div className={styles.who}>
        {allowed.map((page) => page.nav.place === 'person' && <SignLink key={page.path} page={page} />)}
        <AccountMenu
          more={rest.map((page) => ({ path: page.path, label: page.nav.label }))}
          trigger={<DownOutlined aria-hidden />}
        />
      </div>
    </header>
  )
}

/** What stands beside the name as a sign: what has come in, with its number, and the way to find something. */
function SignLink({ page }: { page: NavigationItem }) {
  const count = useBadge(page)
  useKeyToOpen(page)
  const name = count > 0 ? `${page.nav.label}，还有 ${count} 条` : page.nav.label
  return (
    <Link to={page.path} className={styles.bell} aria-label={name} title={name} activeProps={{ 'aria-current': 'page' }}>
      {page.nav.sign === 'search' ? <SearchOutlined aria-hidden /> : <BellOutlined aria-hidden />}
      {count > 0 && <b aria-hidden>{count > 99 ? '99+' : count}</b>}
    </Link>
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
          <Badge page={page} />
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

function Badge({ page }: { page: NavigationItem }) {
  const count = useBadge(page)
  return count > 0 ? <b> {count}</b> : null
}

/** How many wait behind a page; 0 for one that counts nothing. */
function useBadge({ path, nav }: NavigationItem): number {
  const read = useQuery({
    queryKey: ['badge', path],
    queryFn: ({ signal }) => nav.badge?.(signal) ?? 0,
    enabled: nav.badge !== undefined,
    refetchInterval: 60_000,
    retry: false,
  })
  return read.data ?? 0
}

/** Opens the page by its key, unless somebody is writing. */
function useKeyToOpen({ path, nav }: NavigationItem): void {
  const navigate = useNavigate()
  useEffect(() => {
    if (nav.key === undefined) return
    const press = (event: KeyboardEvent) => {
      const writing =
        event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable], dialog')
      if (event.key !== nav.key || writing || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      void navigate({ to: path })
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [path, nav.key, navigate])
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
