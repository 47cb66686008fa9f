import { createHash, createSign, generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeAsSystem } from '../../../kernel/database/transaction.ts'
import { buildServer } from '../../../kernel/http/server.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { systemClock } from '../../../kernel/time/clock.ts'
import { seedAccounts } from './accounts.store.ts'
import { useMode } from './mode.store.ts'
import { authenticate } from './session.queries.ts'
import { sessionRoutes } from './session.routes.ts'
import { addSingleSignOn, wayBack } from './single-sign-on.routes.ts'
import { configureSingleSignOn } from './single-sign-on.store.ts'

const origin = 'http://biaoshuai.test'
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

interface Granted {
  readonly nonce: string
  readonly challenge: string
  readonly username: string
}
const codes = new Map<string, Granted>()
let issuer = ''

function idToken(granted: Granted): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: issuer,
    aud: 'biaoshuai',
    sub: `subject-${granted.username}`,
    iat: now,
    exp: now + 300,
    nonce: granted.nonce,
    preferred_username: granted.username,
  }
  const content = `${base64url({ alg: 'RS256', kid: 'one' })}.${base64url(claims)}`
  return `${content}.${createSign('RSA-SHA256').update(content).sign(keys.privateKey).toString('base64url')}`
}

/** A provider as small as the protocol allows: discovery, keys, and a code that is good once and only with its verifier. */
function provider(): Server {
  return createServer((request, response) => void serve(request, response))
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  const answer = (body: unknown, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  if (request.url === '/.well-known/openid-configuration') {
    return answer({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    })
  }
  if (request.url === '/keys')
    return answer({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] })
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
  const form = new URLSearchParams(Buffer.concat(chunks).toString())
  const granted = codes.get(form.get('code') ?? '')
  codes.delete(form.get('code') ?? '')
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  if (granted?.challenge !== challenge) return answer({ error: 'invalid_grant' }, 400)
  return answer({ access_token: 'opaque', token_type: 'Bearer', expires_in: 300, id_token: idToken(granted) })
}

const bed = await testPlatform()
const platform: Platform = { ...bed, clock: systemClock }
const server = provider()
let app: FastifyInstance

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  useMode('demonstration')
  await writeAsSystem(platform.database, (tx) =>
    seedAccounts(tx, [{ username: 'zhang', displayName: '张样', passwordHash: 'none', personNo: null, grants: [] }], new Date()),
  )
  app = await buildServer({
    platform,
    routes: sessionRoutes,
    authenticate: authenticate(platform),
    origin,
    strictOrigin: true,
    trustProxy: false,
    webFolder: null,
  })
  const settings = {
    issuer,
    clientId: 'biaoshuai',
    clientSecret: 'secret',
    scopes: 'openid profile',
    usernameClaim: 'preferred_username',
    title: '统一登录',
  }
  addSingleSignOn(app, platform, { settings, origin })
})
afterAll(async () => {
  configureSingleSignOn(null)
  await app.close()
  server.close()
})

async function begin(path = '/api/v1/oidc/start?return=/meetings%3Fa%3D1') {
  const started = await app.inject({ url: path })
  const asked = new URL(String(started.headers.location)).searchParams
  const cookie = started.cookies.map((one) => `${one.name}=${one.value}`).join('; ')
  return { asked, cookie, flags: started.cookies[0] }
}

/** What the provider does once the person has shown who he is. */
async function comeBack(username: string, changed: { state?: string; cookie?: string; nonce?: string; challenge?: string } = {}) {
  const { asked, cookie } = await begin()
  const code = crypto.randomUUID()
  codes.set(code, {
    nonce: changed.nonce ?? String(asked.get('nonce')),
    challenge: changed.challenge ?? String(asked.get('code_challenge')),
    username,
  })
  const answer = await app.inject({
    url: `/api/v1/oidc/callback?${new URLSearchParams({ code, state: changed.state ?? String(asked.get('state')) })}`,
    headers: { cookie: changed.cookie ?? cookie },
  })
  const session = answer.cookies.find((one) => one.name === 'biaoshuai')
  return { to: answer.headers.location, session: session?.value, sameSite: session?.sameSite }
}

describe('single sign-on', () => {
  test('is offered on the sign-in page', async () => {
    expect((await app.inject({ url: '/api/v1/sign-in-options' })).json()).toMatchObject({
      single: { title: '统一登录', path: '/api/v1/oidc/start' },
    })
  })

  test('asks with state, nonce and a challenge, and keeps the attempt in a sealed cookie', async () => {
    const { asked, flags } = await begin()
    expect(asked.get('redirect_uri')).toBe(`${origin}/api/v1/oidc/callback`)
    expect(asked.get('code_challenge_method')).toBe('S256')
    expect(flags).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
    expect(flags?.value).not.toContain(String(asked.get('state')))
  })

  test('lets an existing account in and sends it back to where it was', async () => {
    const { to, session, sameSite } = await comeBack('ZHANG')
    expect(to).toBe('/meetings?a=1')
    expect(sameSite).toBe('Strict')
    const own = await app.inject({ url: '/api/v1/me', headers: { cookie: `biaoshuai=${session}` } })
    expect(own.json()).toMatchObject({ account: { username: 'zhang' } })
  })

  test('never makes an account', async () => {
    expect(await comeBack('stranger')).toEqual({ to: '/?single-sign-on=no-account', session: undefined, sameSite: undefined })
  })

  test('refuses a foreign state, nonce, verifier, and an attempt that this browser did not begin', async () => {
    expect((await comeBack('zhang', { state: 'foreign' })).to).toBe('/?single-sign-on=refused')
    expect((await comeBack('zhang', { nonce: 'foreign' })).to).toBe('/?single-sign-on=refused')
    expect((await comeBack('zhang', { challenge: 'foreign' })).to).toBe('/?single-sign-on=refused')
    expect((await comeBack('zhang', { cookie: '' })).to).toBe('/?single-sign-on=expired')
    expect((await comeBack('zhang', { cookie: 'biaoshuai-sso=g1.a.b.c' })).to).toBe('/?single-sign-on=expired')
  })

  test('sends nobody to another site', () => {
    for (const path of ['//evil.test', 'https://evil.test', '/\\evil.test', '\\\\evil.test', 'javascript:1'])
      expect(wayBack(path, origin)).toBe('/')
    expect(wayBack('/a?b=1', origin)).toBe('/a?b=1')
  })
})
