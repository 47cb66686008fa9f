import { createRootRoute, createRoute, createRouter, Navigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { parseSearch, stringifySearch } from '../../ui/address.ts'
import { Page } from '../../ui/page.tsx'
import type { PageRoute } from '../../ui/page-route.ts'
import { holds, useSession } from '../../ui/session.tsx'
import { Empty, Forbidden, Loading } from '../../ui/states.tsx'
import { words } from '../../ui/words.ts'
import { Boundary } from './boundary.tsx'
import { navigation, pages } from './pages.ts'
import { Shell } from './shell.tsx'

/** The router over all modules' pages. Addresses keep their search as plain text. */
export function makeRouter() {
  const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })
  const own = pages.map((page) => createRoute({ getParentRoute: () => root, path: page.path, component: componentOf(page) }))
  const has = (path: string) => pages.some((page) => page.path === path)
  const start = has('/') ? [] : [createRoute({ getParentRoute: () => root, path: '/', component: Start })]
  const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: () => <Navigate to="/" replace /> })
  return createRouter({
    routeTree: root.addChildren([...start, signIn, ...own]),
    parseSearch,
    stringifySearch,
    defaultPreload: false,
    scrollRestoration: true,
  })
}

function componentOf(page: PageRoute) {
  const Content = lazy(() => page.component().then((component) => ({ default: component })))
  return function RoutedPage() {
    const session = useSession()
    useEffect(() => {
      document.title = `${page.title} · ${words.product}`
    }, [])
    if (!holds(session, page.needs)) {
      return (
        <Page title={page.title}>
          <Forbidden />
        </Page>
      )
    }
    return (
      <Boundary key={page.path}>
        <Suspense fallback={<Loading />}>
          <Content />
        </Suspense>
      </Boundary>
    )
  }
}

/** The first page that the account may see, where no module takes `/`. */
function Start() {
  const session = useSession()
  const first = navigation.find((page) => holds(session, page.needs))
  return first ? <Navigate to={first.path} replace /> : <Empty />
}

function NotFound() {
  return (
    <Page title={words.notFoundTitle}>
      <Empty sentence={words.notFound} next={<a href="/">{words.home}</a>} />
    </Page>
  )
}
