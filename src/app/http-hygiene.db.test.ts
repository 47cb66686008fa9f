import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentsHash } from '../../tests/authorization/canaries.ts'
import { foreignReads } from '../../tests/authorization/foreign-reads.ts'
import { type Foreign, foreignObjects } from '../../tests/authorization/foreign-objects.ts'
import { productServer } from '../../tests/authorization/product-server.ts'
import { aVisitor, nobody, type Visitor } from '../../tests/authorization/sessions.ts'
import { type TwoUnits, twoUnits } from '../../tests/authorization/two-units.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { testOrigin } from '../kernel/testing/test-server.ts'
import { routes } from './modules.ts'

const platform = await testPlatform('2026-11-23')
const webFolder = await mkdtemp(join(tmpdir(), 'biaoshuai-page-'))
await mkdir(join(webFolder, 'assets'))
await writeFile(join(webFolder, 'index.html'), '<!doctype html><style nonce="%CSP_NONCE%"></style>')
await writeFile(join(webFolder, 'assets', 'a.js'), 'export {}')
const server = await productServer(platform, { webFolder })
const secure = await productServer(platform, { webFolder, origin: 'https://dangjian.example.cn' })
afterAll(() => rm(webFolder, { recursive: true, force: true }))

let world: TwoUnits
let foreign: Foreign
let officer: Visitor
beforeAll(async () => {
  world = await twoUnits(platform)
  foreign = await foreignObjects(platform, world)
  officer = await aVisitor(platform, 'officer', {
    held: [{ role: 'committee_officer', over: world.city }],
    person: world.own.person,
  })
}, 60_000)

const meeting = (more: object = {}) => ({
  organizationIds: [world.a.branch.id],
  kinds: ['members_meeting'],
  title: '十一月党员大会',
  heldOn: '2026-11-20',
  agenda: [{ title: '学习', category: 'political_theory' }],
  ...more,
})
const record = (body: unknown, headers: Record<string, string | undefined> = {}) =>
  server.ask(officer, { method: 'POST', url: '/api/v1/meetings', body, headers })
const meetingsNow = async () => Number((await platform.owner.pool.query('select count(*) from orglife.meetings')).rows[0].count)

describe('每个回答的头', () => {
  const always = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  }
  const kinds: readonly (readonly [string, () => Promise<LightMyRequestResponse>])[] = [
    ['an answer of the interface', () => server.ask(officer, { method: 'GET', url: '/api/v1/meetings' })],
    ['a refusal for want of a session', () => server.ask(nobody, { method: 'GET', url: '/api/v1/meetings' })],
    ['a refusal of the input', () => server.ask(officer, { method: 'GET', url: '/api/v1/meetings?limit=x' })],
    [
      'a refusal of a body that is no JSON',
      () =>
        server.ask(officer, {
          method: 'POST',
          url: '/api/v1/meetings',
          body: '{',
          headers: { 'content-type': 'application/json' },
        }),
    ],
    ['an unknown address of the interface', () => server.ask(officer, { method: 'GET', url: '/api/v1/nothing' })],
    ['an unknown asset', () => server.ask(nobody, { method: 'GET', url: '/assets/none.js' })],
    ['a known asset', () => server.ask(nobody, { method: 'GET', url: '/assets/a.js' })],
    ['a malformed address', () => server.ask(nobody, { method: 'GET', url: '/%' })],
    ['a file', () => server.ask(officer, { method: 'GET', url: '/api/v1/meetings/export' })],
    ['the page', () => server.ask(nobody, { method: 'GET', url: '/meetings' })],
    ['the description of the interface', () => server.ask(nobody, { method: 'GET', url: '/api/openapi.json' })],
  ]

  it.each(kinds)('stand on %s', async (_, asked) => {
    const answer = await asked()
    expect(answer.headers).toMatchObject(always)
    expect(String(answer.headers['content-security-policy'])).toContain("frame-ancestors 'none'")
    expect(answer.headers).not.toHaveProperty('strict-transport-security')
    expect(answer.headers).not.toHaveProperty('x-powered-by')
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('let no answer with somebody’s data stay in a cache, and no script but our own run on the page', async () => {
    for (const url of ['/api/v1/meetings', '/api/v1/meetings/export', '/api/v1/me', '/api/v1/nothing']) {
      expect((await server.ask(officer, { method: 'GET', url })).headers['cache-control'], url).toBe('no-store')
    }
    const [one, two] = [
      await server.ask(nobody, { method: 'GET', url: '/' }),
      await server.ask(nobody, { method: 'GET', url: '/' }),
    ]
    const policy = String(one.headers['content-security-policy'])
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    expect(one.payload).not.toBe(two.payload)
  })

  it('demand https for ever only where the site is https, and set a cookie no other site can see or send', async () => {
    const page = await secure.ask(nobody, { method: 'GET', url: '/' })
    expect(page.headers['strict-transport-security']).toContain('max-age=31536000')
    const out = await secure.app.inject({
      method: 'DELETE',
      url: '/api/v1/session',
      headers: { origin: 'https://dangjian.example.cn', cookie: `__Host-biaoshuai=${officer.token}` },
    })
    expect(out.statusCode).toBe(200)
    expect(String(out.headers['set-cookie'])).toMatch(/^__Host-biaoshuai=;.*HttpOnly.*Secure.*SameSite=Strict/)
    expect(out.headers['clear-site-data']).toContain('storage')
    officer = await aVisitor(platform, 'officer again', { held: [{ role: 'committee_officer', over: world.city }] })
  })
})

describe('别的网站借用会话', () => {
  const acts = () => routes.filter(({ endpoint }) => endpoint.method !== 'GET')

  it.each([
    ['no Origin', { origin: undefined }],
    ['another site’s Origin', { origin: 'http://evil.test' }],
    ['an Origin that only begins like ours', { origin: `${testOrigin}.evil.test` }],
    ['the null Origin', { origin: 'null' }],
    ['a request that the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['a request from a sibling of the site', { 'sec-fetch-site': 'same-site' }],
  ])('changes nothing with %s, at any operation', async (_, headers) => {
    const contents = await contentsHash(platform)
    for (const { endpoint } of acts()) {
      const answer = await server.ask(officer, {
        method: endpoint.method,
        url: endpoint.path.replace(':id', 'xxx_0000'),
        body: {},
        headers,
      })
      expect([answer.statusCode, answer.json<{ code: string }>().code], endpoint.path).toEqual([403, 'kernel.foreign_origin'])
    }
    expect(await contentsHash(platform)).toBe(contents)
  })

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'text/plain; application/json'])(
    'cannot post a form as %s',
    async (type) => {
      const before = await meetingsNow()
      const answer = await record(JSON.stringify(meeting()), { 'content-type': type })
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([415, 'kernel.unsupported_media'])
      expect(await meetingsNow()).toBe(before)
    },
  )

  it('cannot smuggle JSON in as a file’s form', async () => {
    const answer = await record('--x\r\ncontent-disposition: form-data; name="title"\r\n\r\nx\r\n--x--', {
      'content-type': 'multipart/form-data; boundary=x',
    })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode).toBeLessThan(500)
  })

  it('changes nothing by an address that is only read', { timeout: 60_000 }, async () => {
    const contents = await contentsHash(platform)
    for (const { url } of foreignReads(world, foreign, 'briefly')) {
      await server.ask(officer, {
        method: 'GET',
        url,
        headers: { origin: 'http://evil.test', 'x-http-method-override': 'DELETE' },
      })
    }
    expect(await contentsHash(platform)).toBe(contents)
  })

  it.each(['OPTIONS', 'TRACE', 'PUT', 'DELETE'])('finds no %s where none is declared', async (method) => {
    const answer = await server.app.inject({
      method: method as 'PUT',
      url: '/api/v1/meetings',
      headers: { origin: 'http://evil.test', cookie: `biaoshuai=${officer.token}` },
    })
    expect(answer.statusCode).toBe(404)
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  })
})
