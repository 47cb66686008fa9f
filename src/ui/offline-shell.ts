import { allKits, forgetStore, keepSession } from './offline-store.ts'
import type { Session } from './session.tsx'

const cacheName = 'biaoshuai-kit'
/** The one page that opens without network. */
export const kitPage = '/inspections/kit'

/** Browsers keep pages for places without network only where the address is https (or this very machine). */
export const canKeepPages = (): boolean => isSecureContext && 'serviceWorker' in navigator && 'caches' in globalThis

/**
 * Makes the page that is open now open without network too: the page itself and every file that it has loaded, kept together so that they
 * always fit each other. Throws when one of them can't be had; then the former copy stays.
 */
export async function keepPage(session: Session): Promise<void> {
  await keepSession(session)
  await navigator.serviceWorker.register('/service-worker.js')
  await navigator.serviceWorker.ready
  const linked = [...document.querySelectorAll<HTMLLinkElement>('link[href]')].map(({ href }) => href)
  const fetched = performance.getEntriesByType('resource').map(({ name }) => name)
  const loaded = [...linked, ...fetched]
    .map((address) => new URL(address))
    .filter((address) => address.origin === location.origin && address.pathname.startsWith('/assets/'))
    .map((address) => address.pathname)
  const page = await fetch(kitPage, { cache: 'no-store', credentials: 'same-origin' })
  const text = await page.clone().text()
  const named = [...text.matchAll(/"(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '')
  const cache = await caches.open(cacheName)
  const wanted = new Set([...loaded, ...named])
  await cache.addAll([...wanted].filter((path) => path !== ''))
  await cache.put(kitPage, page)
  for (const old of await cache.keys()) {
    const { pathname } = new URL(old.url)
    if (pathname.startsWith('/assets/') && !wanted.has(pathname)) await cache.delete(old)
  }
}

/** How many kits on this device hold something that has not been sent. */
export async function unsentKits(): Promise<number> {
  try {
    return (await allKits<{ unsent?: boolean }>()).filter((kit) => kit.unsent === true).length
  } catch {
    return 0
  }
}

/** Removes the kits, the kept page and its keeper from this device: at sign-out. */
export async function forgetPages(): Promise<void> {
  await forgetStore()
  if (!canKeepPages()) return
  await caches.delete(cacheName)
  const registration = await navigator.serviceWorker.getRegistration('/')
  await registration?.unregister()
}
