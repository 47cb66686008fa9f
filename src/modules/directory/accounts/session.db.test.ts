import { sql } from 'kysely'
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
import { forgetStaleSessions } from './session.jobs.ts'
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
const nos = new Map<string, { no: number; id: string }>()

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
    const seeded = await seedAccounts(
      tx,
      [
        {
          ...plain,
          username: 'zhang',
          displayName: '张样',
          grants: [{ role: 'branch_secretary', organizationNo: no, from: '2026-01-01' }],
        },
        {
          ...plain,
          username: 'future',
          displayName: '未来',
          grants: [{ role: 'branch_secretary', organizationNo: no, from: '2026-11-24' }],
        },
        { ...plain, username: 'off', displayName: '停用' },
        { ...plain, username: 'locked', displayName: '锁定' },
        { ...plain, username: 'braked', displayName: '受压' },
        { ...plain, username: 'xitong', displayName: '系统', administrator: 'system' },
        { ...plain, username: 'changer', displayName: '改密' },
      ],
      at,
    )
    for (const [name, row] of seeded) nos.set(name, row)
  })
  await sql`update directory.accounts set state = 'disabled' where username = 'off'`.execute(under.owner.kysely)
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
const withoutRequest = (body: Record<string, unknown>) => ({ ...body, requestId: null })

describe('signing in', () => {
  test('a secretary signs in and sees the own branch, role and abilities', async () => {
    const { status, cookie, body } = await signIn(' ＺＨＡＮＧ ')
    expect(status).toBe(201)
    expect(body).toEqual({ secondFactor: 'none', mustChangePassword: false })
    const own = await me(cookie)
    expect(own.body).toMatchObject({
      account: { username: 'zhang', administrator: null },
      organizations: [{ id: 'org_home', name: '试验支部', kind: 'branch' }],
      grants: [{ role: 'branch_secretary', roleName: '支部书记' }],
      today: '2026-11-23',
    })
  })

  test('unknown, wrong, locked and disabled get the same answer', async () => {
    for (let time = 0; time < 5; time += 1) await signIn('locked', 'wrong')
    const answers = [
      await signIn('nobody'),
      await signIn('zhang', 'wrong', { address: '10.0.0.9' }),
      await signIn('locked'),
      await signIn('off'),
    ]
    const [first] = answers
    for (const answer of answers) {
      expect(answer.status).toBe(401)
      expect(withoutRequest(answer.body)).toEqual(withoutRequest(first?.body ?? {}))
      expect(answer.cookie).toBe('')
    }
  })

  test('five wrong passwords lock this name from this address only, for a quarter of an hour', async () => {
    await sql`delete from directory.sign_in_failures`.execute(under.owner.kysely)
    for (let time = 0; time < 5; time += 1) await signIn('locked', 'wrong')
    expect((await signIn('locked')).status).toBe(401)
    expect((await signIn('locked', password, { address: '10.0.0.2' })).status).toBe(201)
    expect((await signIn('zhang')).status).toBe(201)
    pass(16)
    expect((await signIn('locked')).status).toBe(201)
  })

  test('parallel guesses cannot get more than five checks', async () => {
    await sql`delete from directory.sign_in_failures`.execute(under.owner.kysely)
    await Promise.all(Array.from({ length: 20 }, () => signIn('changer', 'wrong', { address: '10.0.0.3' })))
    const row = await sql<{
      failures: number
    }>`select failures from directory.sign_in_failures where username_key = 'changer'`.execute(under.owner.kysely)
    expect(row.rows).toEqual([{ failures: 5 }])
  })

  test('guesses from many addresses brake strangers and spare the office', async () => {
    await sql`delete from directory.sign_in_failures`.execute(under.owner.kysely)
    expect((await signIn('braked', password, { address: '10.1.1.1' })).status).toBe(201)
    for (let time = 0; time < 50; time += 1) await signIn('braked', 'wrong', { address: `10.9.0.${time}` })
    expect((await signIn('braked', password, { address: '10.8.0.1' })).status).toBe(401)
    expect((await signIn('braked', password, { address: '10.1.1.1' })).status).toBe(201)
    pass(1)
    expect((await signIn('braked', password, { address: '10.8.0.1' })).status).toBe(201)
  })

  test('neither address, token nor password lies in the database, and the ledger has done and denied', async () => {
    const { cookie } = await signIn('zhang', password, { address: '10.77.66.55' })
    await signIn('zhang', 'a very wrong secret', { address: '10.77.66.55' })
    const all = await sql<{ text: string }>`select (select string_agg(s::text, '') from directory.sessions s)
      || (select string_agg(f::text, '') from directory.sign_in_failures f) || (select string_agg(f::text, '') from directory.sign_in_addresses f)
      || (select string_agg(e::text, '') from ledger.entries e) as text`.execute(under.owner.kysely)
    for (const secret of ['10.77.66.55', cookie.slice('biaoshuai='.length), 'a very wrong secret', password])
      expect(all.rows[0]?.text).not.toContain(secret)
    const outcomes = await sql<{
      outcome: string
    }>`select distinct outcome from ledger.entries where action = 'directory.session.sign_in' order by 1`.execute(
      under.owner.kysely,
    )
    expect(outcomes.rows.map((row) => row.outcome)).toEqual(['denied', 'done'])
  })

  test('a demonstration account cannot sign in, and its session is worth nothing, in production', async () => {
    const { cookie } = await signIn('zhang')
    useMode('production')
    expect((await signIn('zhang')).status).toBe(401)
    expect((await me(cookie)).status).toBe(401)
  })
})

describe('a session', () => {
  test('ends after half an hour of nothing, an administrator after a quarter, and its row is gone', async () => {
    const { cookie } = await signIn('zhang')
    const administrator = await signIn('xitong')
    pass(16)
    expect((await me(administrator.cookie)).status).toBe(401)
    expect((await me(cookie)).status).toBe(200)
    pass(29)
    expect((await me(cookie)).status).toBe(200)
    pass(31)
    expect((await me(cookie)).status).toBe(401)
    at = start
    expect((await me(cookie)).status).toBe(401)
  })

  test('ends after twelve hours however busy', async () => {
    const { cookie } = await signIn('zhang')
    for (let time = 0; time < 35; time += 1) {
      pass(20)
      expect((await me(cookie)).status).toBe(200)
    }
    pass(20)
    expect((await me(cookie)).status).toBe(401)
  })

  test('is gone after signing out, and the token before a new sign-in too', async () => {
    const first = await signIn('zhang')
    const second = await signIn('zhang', password, { cookie: first.cookie })
    expect((await me(first.cookie)).status).toBe(401)
    expect((await ask('/api/v1/session', { method: 'DELETE', cookie: second.cookie })).status).toBe(200)
    expect((await me(second.cookie)).status).toBe(401)
  })

  test('sees a grant from its first day and not after its end, at the next request', async () => {
    const { cookie } = await signIn('future')
    expect((await me(cookie)).body).toMatchObject({ grants: [], organizations: [] })
    at = new Date('2026-11-24T00:00:30+08:00')
    const next = await signIn('future')
    expect((await me(next.cookie)).body['grants']).toHaveLength(1)
    await sql`update directory.grants set state = 'ended' where account_no = ${nos.get('future')?.no}`.execute(under.owner.kysely)
    expect((await me(next.cookie)).body['grants']).toEqual([])
  })

  test('stale rows are swept', async () => {
    await signIn('zhang')
    at = new Date('2027-03-01T09:00:00+08:00')
    await forgetStaleSessions(platform)
    const left = await sql<{
      n: number
    }>`select (select count(*) from directory.sessions) + (select count(*) from directory.sign_in_failures) + (select count(*) from directory.sign_in_addresses) as n`.execute(
      under.owner.kysely,
    )
    expect(left.rows[0]?.n).toBe(0)
  })
})
