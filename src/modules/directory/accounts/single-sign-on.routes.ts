import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as oidc from 'openid-client'
import { z } from 'zod'
import { cookieName } from '../../../kernel/http/server.ts'
import { errorFields } from '../../../kernel/log/log.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { signInByIdentity } from './session.actions.ts'
import { callbackPath, type SingleSignOn, startPath, configureSingleSignOn } from './single-sign-on.store.ts'

const minutes = 10
const kept = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string(), back: z.string(), until: z.number() })
type Kept = z.infer<typeof kept>
const place = { column: 'single_sign_on', row: 'attempt' }

interface Door {
  readonly platform: Platform
  readonly settings: SingleSignOn
  readonly origin: string
  readonly configuration: () => Promise<oidc.Configuration>
}

/** An address inside this site, or its first page: never another site's. */
export function wayBack(asked: string | undefined, origin: string): string {
  if (!asked?.startsWith('/') || !URL.canParse(asked, origin)) return '/'
  const url = new URL(asked, origin)
  return url.origin === new URL(origin).origin ? url.pathname + url.search : '/'
}

/** Asks the provider for its addresses once it is needed; a failure is forgotten, so that the next attempt asks again. */
function discovery(settings: SingleSignOn): () => Promise<oidc.Configuration> {
  let known: Promise<oidc.Configuration> | null = null
  return () => {
    const issuer = new URL(settings.issuer)
    // A provider inside the intranet may speak plain HTTP; the operator has written so in its address.
    const options = issuer.protocol === 'http:' ? { execute: [oidc.allowInsecureRequests] } : {}
    known ??= oidc.discovery(issuer, settings.clientId, settings.clientSecret, undefined, options).catch((error: unknown) => {
      known = null
      throw error
    })
    return known
  }
}

const attemptCookie = 'biaoshuai-sso'
// Lax, because the provider sends the browser back from another site.
const cookieSettings = (origin: string) =>
  ({ path: callbackPath, httpOnly: true, secure: origin.startsWith('https:'), sameSite: 'lax', maxAge: minutes * 60 }) as const

async function begin(door: Door, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const configuration = await door.configuration()
  const verifier = oidc.randomPKCECodeVerifier()
  const asked = z.object({ return: z.string().max(2000).optional() }).safeParse(request.query)
  const attempt: Kept = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier,
    back: wayBack(asked.data?.return, door.origin),
    until: door.platform.clock.now().getTime() + minutes * 60_000,
  }
  const address = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: door.origin + callbackPath,
    scope: door.settings.scopes,
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  void reply.setCookie(attemptCookie, door.platform.crypto.seal(JSON.stringify(attempt), place), cookieSettings(door.origin))
  await reply.header('cache-control', 'no-store').redirect(address.href, 303)
}

function attemptOf(door: Door, request: FastifyRequest): Kept | null {
  const sealed = request.cookies[attemptCookie]
  if (!sealed) return null
  try {
    const attempt = kept.parse(JSON.parse(door.platform.crypto.open(sealed, place)))
    return attempt.until > door.platform.clock.now().getTime() ? attempt : null
  } catch {
    return null
  }
}

/** Checks state, nonce, code and signature; answers who the provider says it is. */
async function identityOf(
  door: Door,
  request: FastifyRequest,
  attempt: Kept,
): Promise<{ subject: string; username: string | null } | null> {
  const tokens = await oidc.authorizationCodeGrant(await door.configuration(), new URL(request.url, door.origin), {
    pkceCodeVerifier: attempt.verifier,
    expectedState: attempt.state,
    expectedNonce: attempt.nonce,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) return null
  const username = claims[door.settings.usernameClaim]
  return { subject: claims.sub, username: typeof username === 'string' && username !== '' ? username : null }
}

/** Back from the provider: into the application with a session, or to the sign-in page saying why not. */
async function finish(door: Door, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const secure = door.origin.startsWith('https:')
  const attempt = attemptOf(door, request)
  void reply.clearCookie(attemptCookie, cookieSettings(door.origin)).header('cache-control', 'no-store')
  if (!attempt) return reply.redirect('/?single-sign-on=expired', 303)
  try {
    const identity = await identityOf(door, request, attempt)
    const from = { address: request.ip, previousToken: request.cookies[cookieName(secure)] ?? null, requestId: request.id }
    const entered = identity && (await signInByIdentity(door.platform, identity, from))
    if (!entered) return reply.redirect('/?single-sign-on=no-account', 303)
    void reply.setCookie(cookieName(secure), entered.token, { path: '/', httpOnly: true, secure, sameSite: 'strict' })
    return reply.redirect(attempt.back, 303)
  } catch (error) {
    door.platform.log.warn('single_sign_on_refused', { requestId: request.id, ...errorFields(error) })
    return reply.redirect('/?single-sign-on=refused', 303)
  }
}

/**
 * Adds single sign-on by OpenID Connect to a built server: authorization code with PKCE, state and nonce. It never makes an
 * account. These two answer with redirects, so they stand beside the routes of the contract. `origin` has no trailing slash.
 */
export function addSingleSignOn(
  app: FastifyInstance,
  platform: Platform,
  options: { settings: SingleSignOn; origin: string },
): void {
  const door: Door = { platform, ...options, configuration: discovery(options.settings) }
  configureSingleSignOn(options.settings)
  app.get(startPath, async (request, reply) => {
    try {
      await begin(door, request, reply)
    } catch (error) {
      platform.log.warn('single_sign_on_unreachable', { requestId: request.id, ...errorFields(error) })
      await reply.redirect('/?single-sign-on=unreachable', 303)
    }
    return reply
  })
  app.get(callbackPath, async (request, reply) => {
    await finish(door, request, reply)
    return reply
  })
}
