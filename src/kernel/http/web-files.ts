import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import serveStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Problem } from '../errors/problem.ts'
import { pagePolicy } from './security.ts'

/** Serves the built web application: hashed assets for ever, the page itself fresh with a nonce of its own. */
export async function addWeb(app: FastifyInstance, folder: string | null): Promise<void> {
  const page = folder === null ? null : await readFile(join(folder, 'index.html'), 'utf8')
  if (folder !== null) {
    await app.register(serveStatic, {
      root: join(folder, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
      index: false,
      decorateReply: false,
    })
    await addServiceWorker(app, folder)
  }
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && !request.url.startsWith('/api/') && !request.url.startsWith('/assets/')
    if (page === null || !wantsPage) throw new Problem('kernel.not_found')
    const nonce = randomBytes(18).toString('base64')
    return reply
      .headers({ 'content-security-policy': pagePolicy(nonce), 'cache-control': 'no-cache' })
      .type('text/html; charset=utf-8')
      .send(page.replaceAll('%CSP_NONCE%', nonce))
  })
}

/** The keeper of pages without network: at the root, so that it reaches the page that it keeps, and always asked for anew. */
async function addServiceWorker(app: FastifyInstance, folder: string): Promise<void> {
  const script = await readFile(join(folder, 'service-worker.js'), 'utf8').catch(() => null)
  if (script === null) return
  app.get('/service-worker.js', (_request, reply) =>
    reply
      .headers({ 'content-security-policy': "default-src 'none'; connect-src 'self'", 'cache-control': 'no-cache' })
      .type('text/javascript; charset=utf-8')
      .send(script),
  )
}
