import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../errors/problem.ts'

/** Headers on every response, errors and files included. HSTS only where the origin is https (an intranet may be plain HTTP). */
export function securityHeaders(secure: boolean): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    ...(secure && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  }
}

/** Sets them before anything else is done. */
export function addSecurityHeaders(app: FastifyInstance, options: { secure: boolean }): void {
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(securityHeaders(options.secure))
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

const deepest = 100

/** Texts that no database can hold: with NUL in it, or with half a character. */
const isBroken = (text: string) => text.includes('\u0000') || !text.isWellFormed()

/** Path of the first broken text in a value, or of what is nested deeper than anything we ask for; null when there is none. */
function brokenAt(value: unknown, path: string, depth = 0): string | null {
  if (typeof value === 'string') return isBroken(value) ? path : null
  if (typeof value !== 'object' || value === null) return null
  if (depth > deepest) return path.slice(0, 40)
  for (const [key, inner] of Object.entries(value)) {
    if (isBroken(key)) return path
    const found = brokenAt(inner, path + (path && '.') + key, depth + 1)
    if (found !== null) return found
  }
  return null
}

/** Refuses texts that could not be stored as they were sent, wherever they stand in the request. */
export function refuseBrokenText(request: FastifyRequest): void {
  for (const part of [request.params, request.query, request.body]) {
    const field = brokenAt(part, '')
    if (field === null) continue
    throw new Problem('kernel.invalid_input', {
      errors: [{ field: field || '(整体)', message: '有不能保存的字符，请删去后重新输入。' }],
    })
  }
}
