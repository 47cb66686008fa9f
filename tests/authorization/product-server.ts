import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll } from 'vitest'
import { registerModules, routes } from '../../src/app/modules.ts'
import { openFileStore, useFileStore } from '../../src/kernel/files/file-store.ts'
import { buildServer, type ServerOptions } from '../../src/kernel/http/server.ts'
import { provideLedger } from '../../src/kernel/ledger/settings.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { testOrigin } from '../../src/kernel/testing/test-server.ts'
import { authenticate, useMode, useStagingFolder } from '../../src/modules/directory/index.ts'
import type { Visitor } from './sessions.ts'

export interface Asking {
  readonly method: string
  readonly url: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string | undefined>>
}

export interface ProductServer {
  readonly app: FastifyInstance
  /** Sends a request from the site's own origin, with a fresh idempotency key unless told otherwise. */
  ask(visitor: Visitor, asking: Asking): Promise<LightMyRequestResponse>
}

/** The whole product behind its front door, asked without a network; files and ledger lie in a folder that is deleted afterwards. */
export async function productServer(platform: TestPlatform, more: Partial<ServerOptions> = {}): Promise<ProductServer> {
  const folder = await mkdtemp(join(tmpdir(), 'biaoshuai-access-'))
  useMode('demonstration')
  useStagingFolder(join(folder, 'staging'))
  useFileStore(await openFileStore(join(folder, 'files')))
  provideLedger({
    signingKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    folder: join(folder, 'ledger'),
  })
  registerModules()
  const app = await buildServer({
    platform,
    routes,
    authenticate: authenticate(platform),
    origin: testOrigin,
    strictOrigin: true,
    trustProxy: 1,
    webFolder: null,
    requestsPerMinute: 1_000_000,
    ...more,
  })
  afterAll(async () => {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  })
  return {
    app,
    ask: (visitor, { method, url, body, headers = {} }) => {
      const sent: Record<string, string | undefined> = {
        origin: testOrigin,
        'idempotency-key': crypto.randomUUID(),
        'x-forwarded-for': '10.0.0.1',
        ...(visitor.token && { cookie: `biaoshuai=${visitor.token}` }),
        ...headers,
      }
      const kept = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)) as Record<string, string>
      return app.inject({
        method: method as InjectOptions['method'],
        url,
        headers: kept,
        ...(body !== undefined && { payload: body as object }),
      } as InjectOptions)
    },
  }
}

/** Runs work on every item, a few at a time, so that a test of thousands of requests takes seconds. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const lane = async () => {
    while (next < items.length) {
      const at = next
      next += 1
      results[at] = await work(items[at] as Item)
    }
  }
  await Promise.all(Array.from({ length: width }, lane))
  return results
}
