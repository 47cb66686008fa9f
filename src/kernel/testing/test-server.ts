import type { FastifyInstance } from 'fastify'
import type { Method } from '../http/endpoint.ts'
import type { Route } from '../http/route.ts'
import { buildServer, type ServerOptions } from '../http/server.ts'
import type { Platform } from '../platform.ts'

/** The address under which tests reach the server. */
export const testOrigin = 'http://biaoshuai.test'

export interface TestRequest {
  readonly method?: Method
  readonly body?: object
  readonly cookie?: string | undefined
  /** Network address, as the proxy names it. */
  readonly address?: string
}

export interface TestAnswer {
  readonly status: number
  readonly body: Record<string, unknown>
  /** The session cookie that was set, ready to be sent; empty when none was. */
  readonly cookie: string
}

export interface TestServer {
  readonly app: FastifyInstance
  ask(url: string, request?: TestRequest): Promise<TestAnswer>
}

/** A server that is asked without a network, from the site's own origin and with a fresh idempotency key each time. */
export async function testServer(
  platform: Platform,
  options: { routes: readonly Route[]; authenticate: ServerOptions['authenticate'] },
): Promise<TestServer> {
  const app = await buildServer({ platform, ...options, origin: testOrigin, strictOrigin: true, trustProxy: 1, webFolder: null })
  return {
    app,
    async ask(url, { method = 'GET', body, cookie, address = '10.0.0.1' } = {}) {
      const answer = await app.inject({
        method,
        url,
        headers: {
          origin: testOrigin,
          'idempotency-key': crypto.randomUUID(),
          'x-forwarded-for': address,
          ...(cookie && { cookie }),
        },
        ...(body && { payload: body }),
      })
      const set = answer.cookies.find((one) => one.name === 'biaoshuai')
      return {
        status: answer.statusCode,
        body: answer.json<Record<string, unknown>>(),
        cookie: set ? `biaoshuai=${set.value}` : '',
      }
    },
  }
}
