import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../errors/problem.ts'

/** Headers on every response, errors and files included. HSTS only where the origin is https (an intranet may be plain HTTP). */
export function addSecurityHeaders(app: FastifyInstance, options: { secure: boolean }): void {
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.headers({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
      ...(options.secure && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
    })
    done()
  })
}

/** The page's policy: own scripts, styles with this response's nonce, nothing from elsewhere. */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ')
}

/**
 * Refuses what another site sends with our cookie: a state-changing request must name our own origin, and a body must be
 * one that a foreign form can't produce.
 */
export function checkOrigin(request: FastifyRequest, expected: { origin: string; strictOrigin: boolean }): void {
  const sent = request.headers.origin
  const site = request.headers['sec-fetch-site']
  const own = [expected.origin]
  if (!expected.strictOrigin && request.headers.host) own.push(`${request.protocol}://${request.headers.host}`)
  if (!sent || !own.includes(sent) || (site !== undefined && site !== 'same-origin')) throw new Problem('kernel.foreign_origin')
  const type = request.headers['content-type']
  if (type && !/^(application\/json|multipart\/form-data)\b/i.test(type)) throw new Problem('kernel.unsupported_media')
}
