import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writeAsSystem } from '../../../kernel/database/transaction.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { type TestRequest, type TestServer, testServer } from '../../../kernel/testing/test-server.ts'
import { civilDateAt } from '../../../kernel/time/clock.ts'
import { seedAccounts } from './accounts.store.ts'
import { useMode } from './mode.store.ts'
import { ownAccountRoutes } from './own-account.routes.ts'
import { hashPassword } from './password-hash.store.ts'
import { authenticate } from './session.queries.ts'
import { sessionRoutes } from './session.routes.ts'

const password = 'a quiet lake at dusk 71'
const start = new Date('2026-11-23T09:00:00+08:00')
let at = start
const clock = { now: () => new Date(at), today: () => civilDateAt(at), moveTo: () => undefined }
const pass = (minutes: number) => {
  at = new Date(at.getTime() + minutes * 60_000)
}

const under = await testPlatform()
const platform: Platform = { ...under, clock }
let server: TestServer

beforeAll(async () => {
  useMode('demonstration')
  const passwordHash = await hashPassword(password)
  await writeAsSystem(platform.database, async (tx) => {
    const made = await sql<{
      no: number
    }>`insert into directory.organizations (id, kind, established_on) values ('org_home', 'branch', '2020-01-01') returning no`.execute(
      under.owner.kysely,
    )
    const no = made.rows[0]?.no ?? 0
    await sql`insert into directory.organization_names values (${no}, '试验支部', null, 'shiyanzhibu', '[2020-01-01,)')`.execute(
      under.owner.kysely,
    )
    await sql`insert into directory.organization_ancestry values (${no}, ${no}, 0, '(,)')`.execute(under.owner.kysely)
    const plain = { passwordHash, personNo: null, grants: [] }
    await seedAccounts(
      tx,
      [
        {
          ...plain,
          username: 'zhang',
          displayName: '张样',
          grants: [{ role: 'branch_secretary', organizationNo: no, from: '2026-01-01' }],
        },
        { ...plain, username: 'factor', displayName: '口令' },
        { ...plain, username: 'xitong', displayName: '系统', administrator: 'system' },
        { ...plain, username: 'changer', displayName: '改密' },
      ],
      at,
    )
  })
  server = await testServer(platform, { routes: [...sessionRoutes, ...ownAccountRoutes], authenticate: authenticate(platform) })
})
beforeEach(() => {
  at = start
})
afterEach(() => useMode('demonstration'))

const ask = (url: string, request?: TestRequest) => server.ask(url, request)
const signIn = (username: string, given = password, more: TestRequest = {}) =>
  ask('/api/v1/session', { method: 'POST', body: { username, password: given }, ...more })
const me = (cookie: string) => ask('/api/v1/me', { cookie })

describe('the second factor', () => {
  const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() })

  test('once confirmed it is asked for; half a session reaches nothing; a step is good once', async () => {
    const { cookie } = await signIn('factor')
    const enrolled = await ask('/api/v1/me/second-factor', { method: 'POST', cookie })
    const secret = String(enrolled.body['secret'])
    expect(enrolled.body['qr']).toMatch(/^data:image\/png;base64,/)
    expect((await ask('/api/v1/me/second-factor/confirm', { method: 'POST', cookie, body: { code: '000000' } })).status).toBe(422)
    const code = codeOf(secret)
    const confirmed = await ask('/api/v1/me/second-factor/confirm', { method: 'POST', cookie, body: { code } })
    expect(confirmed.status).toBe(200)
    expect((await me(cookie)).status).toBe(401)
    expect((await me(confirmed.cookie)).body).toMatchObject({ secondFactor: 'done', secondFactorEnrolled: true })

    const half = await signIn('factor')
    expect(half.body).toMatchObject({ secondFactor: 'required' })
    expect((await me(half.cookie)).body).toMatchObject({ secondFactor: 'required', abilities: [], organizations: [] })
    expect((await ask('/api/v1/me/preferences', { method: 'PUT', cookie: half.cookie, body: { largeType: true } })).status).toBe(
      403,
    )
    const change = { oldPassword: password, newPassword: 'another quiet lake 99' }
    expect((await ask('/api/v1/me/password', { method: 'POST', cookie: half.cookie, body: change })).status).toBe(403)
    expect((await ask('/api/v1/me/second-factor', { method: 'POST', cookie: half.cookie })).status).toBe(409)

    expect((await ask('/api/v1/session/second-factor', { method: 'POST', cookie: half.cookie, body: { code } })).status).toBe(401)
    pass(1)
    const given = await ask('/api/v1/session/second-factor', {
      method: 'POST',
      cookie: half.cookie,
      body: { code: codeOf(secret) },
    })
    expect(given.body).toEqual({ secondFactor: 'done' })
    expect((await me(half.cookie)).status).toBe(401)
    expect((await me(given.cookie)).body).toMatchObject({ secondFactor: 'done' })
  })

  test('five wrong codes end the trying', async () => {
    const half = await signIn('factor')
    const statuses: number[] = []
    for (let time = 0; time < 6; time += 1) {
      statuses.push(
        (await ask('/api/v1/session/second-factor', { method: 'POST', cookie: half.cookie, body: { code: '000000' } })).status,
      )
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  })

  test('an administrator in production only gets as far as setting it up', async () => {
    await sql`update directory.accounts set demonstration = false where username = 'xitong'`.execute(under.owner.kysely)
    useMode('production')
    const half = await signIn('xitong')
    expect(half.body).toMatchObject({ secondFactor: 'required' })
    expect((await me(half.cookie)).body).toMatchObject({ secondFactorEnrolled: false, abilities: [] })
    const enrolled = await ask('/api/v1/me/second-factor', { method: 'POST', cookie: half.cookie })
    const code = codeOf(String(enrolled.body['secret']))
    const confirmed = await ask('/api/v1/me/second-factor/confirm', { method: 'POST', cookie: half.cookie, body: { code } })
    expect((await me(confirmed.cookie)).body).toMatchObject({ secondFactor: 'done' })
  })
})

describe('the own account', () => {
  test('preferences are kept, and unknown ones refused', async () => {
    const { cookie } = await signIn('zhang')
    expect(
      (await ask('/api/v1/me/preferences', { method: 'PUT', cookie, body: { largeType: true, quietFrom: '22:00' } })).status,
    ).toBe(200)
    const second = await ask('/api/v1/me/preferences', { method: 'PUT', cookie, body: { quietFrom: null } })
    expect(second.body).toEqual({ preferences: { largeType: true } })
    expect((await ask('/api/v1/me/preferences', { method: 'PUT', cookie, body: { administrator: 'system' } })).status).toBe(400)
  })

  test('a weak or wrong change of password says what to do; a good one ends the other sessions', async () => {
    const [here, there] = [
      await signIn('changer', password, { address: '10.5.0.1' }),
      await signIn('changer', password, { address: '10.5.0.2' }),
    ]
    const change = (oldPassword: string, newPassword: string) =>
      ask('/api/v1/me/password', { method: 'POST', cookie: here.cookie, body: { oldPassword, newPassword } })
    const weak = await change(password, 'changer2026A!')
    expect(weak).toMatchObject({ status: 422, body: { code: 'directory.password_weak', errors: [{ field: 'newPassword' }] } })
    expect((await change('not this', 'willow under 9 bridges')).body['code']).toBe('directory.old_password_wrong')
    expect((await change(password, 'willow under 9 bridges')).status).toBe(200)
    expect((await me(there.cookie)).status).toBe(401)
    expect((await me(here.cookie)).status).toBe(200)
    expect((await signIn('changer', password, { address: '10.5.0.1' })).status).toBe(401)
    expect((await signIn('changer', 'willow under 9 bridges', { address: '10.5.0.1' })).status).toBe(201)
  })

  test('an unchanged one-time password leaves nothing open but changing it', async () => {
    await sql`update directory.accounts set must_change_password = true where username = 'zhang'`.execute(under.owner.kysely)
    const half = await signIn('zhang')
    expect(half.body).toMatchObject({ mustChangePassword: true })
    expect((await ask('/api/v1/me/preferences', { method: 'PUT', cookie: half.cookie, body: {} })).status).toBe(403)
    const body = { oldPassword: password, newPassword: 'seven herons over water' }
    expect((await ask('/api/v1/me/password', { method: 'POST', cookie: half.cookie, body })).status).toBe(200)
    expect((await me(half.cookie)).body).toMatchObject({ mustChangePassword: false, organizations: [{ id: 'org_home' }] })
  })
})
