/**
 * Keeps one page usable without network: the kit of prepared inspections. It touches no answer of the interface, stores nothing by itself,
 * and lets the network come first, so that nobody ever works in an old page while there is a new one.
 * The page fills the cache when somebody prepares an inspection, and signing out empties it.
 */
interface FetchEvent extends Event {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface LifeEvent extends Event {
  waitUntil(done: Promise<unknown>): void
}
interface Worker {
  readonly location: { readonly origin: string }
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(name: 'fetch', listener: (event: FetchEvent) => void): void
  addEventListener(name: 'install' | 'activate', listener: (event: LifeEvent) => void): void
}

const worker = self as unknown as Worker
const cacheName = 'biaoshuai-kit'
const kitPage = '/inspections/kit'

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))

/** Files with a hash in their name never change: what is kept is what it was. */
async function asset(request: Request): Promise<Response> {
  return (await (await caches.open(cacheName)).match(request, { ignoreVary: true })) ?? fetch(request)
}

async function page(request: Request, path: string): Promise<Response> {
  try {
    return await fetch(request)
  } catch (unreachable) {
    const kept = await (await caches.open(cacheName)).match(kitPage, { ignoreVary: true })
    if (!kept) throw unreachable
    return path === kitPage ? kept : Response.redirect(kitPage)
  }
}

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  if (pathname.startsWith('/assets/')) event.respondWith(asset(request))
  // Without network only the kit can be opened; the first page leads to it.
  else if (request.mode === 'navigate' && (pathname === kitPage || pathname === '/')) event.respondWith(page(request, pathname))
})
