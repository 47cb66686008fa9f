import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { reading } from '../src/kernel/database/handles.ts'
import { endpoint } from '../src/kernel/http/endpoint.ts'
import { type Route, route } from '../src/kernel/http/route.ts'
import { buildServer } from '../src/kernel/http/server.ts'
import type { Platform } from '../src/kernel/platform.ts'
import { demonstrationPassword } from '../src/app/first-contents.ts'
import { routes } from '../src/app/modules.ts'
import { authenticate } from '../src/modules/directory/index.ts'

/** The yardstick for every read: one row by its primary key, through the same server, session, transaction and scopes. */
const oneRow = endpoint({
  method: 'GET',
  path: '/api/v1/bench/one-row',
  tag: 'bench',
  summary: 'One indexed select',
  query: z.strictObject({ organization: z.coerce.number().int() }),
  reply: z.object({ no: z.number() }),
})

const oneRowRoute: Route = route(oneRow, {
  permission: 'signed_in',
  handle: ({ query, read }) =>
    read(async (db) => {
      const found = await sql<{ no: number }>`select no from directory.organizations where no = ${query.organization}`.execute(
        reading<'directory'>(db),
      )
      return { no: found.rows[0]?.no ?? 0 }
    }),
})

/** The product's server on a free port of this machine. */
export interface Serving {
  readonly origin: string
  close(): Promise<void>
}

export async function serve(platform: Platform): Promise<Serving> {
  const server = await buildServer({
    platform,
    routes: [...routes, oneRowRoute],
    authenticate: authenticate(platform),
    origin: 'http://127.0.0.1',
    strictOrigin: false,
    trustProxy: 1,
    webFolder: null,
    requestsPerMinute: 1_000_000,
  })
  const origin = await server.listen({ port: 0, host: '127.0.0.1' })
  return { origin, close: () => server.close() }
}

/** Somebody at a browser. */
export interface Visitor {
  get<Reply>(path: string): Promise<Reply>
  post<Reply>(path: string, body: unknown): Promise<Reply>
}

async function answer<Reply>(response: Response): Promise<Reply> {
  const body: unknown = await response.json()
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${JSON.stringify(body)}`)
  return body as Reply
}

/** Signs in a demonstration account. */
export async function visit(origin: string, username: string): Promise<Visitor> {
  const entered = await fetch(`${origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ username, password: demonstrationPassword }),
  })
  await answer(entered)
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  return {
    get: async (path) => answer(await fetch(`${origin}${path}`, { headers: { cookie } })),
    post: async (path, body) => {
      const form = body instanceof FormData
      const headers = { cookie, origin, 'idempotency-key': randomUUID(), ...(!form && { 'content-type': 'application/json' }) }
      return answer(await fetch(`${origin}${path}`, { method: 'POST', headers, body: form ? body : JSON.stringify(body) }))
    },
  }
}
