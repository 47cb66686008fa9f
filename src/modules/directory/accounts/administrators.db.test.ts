import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { writeAsSystem } from '../../../kernel/database/transaction.ts'
import type { Method } from '../../../kernel/http/endpoint.ts'
import type { Route } from '../../../kernel/http/route.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { type TestServer, testServer } from '../../../kernel/testing/test-server.ts'
import { accountsRoutes } from './accounts.routes.ts'
import { seedAccounts } from './accounts.store.ts'
import { createFirstAdministrators } from './first-administrators.actions.ts'
import { useMode } from './mode.store.ts'
import { ownAccountRoutes } from './own-account.routes.ts'
import { hashPassword } from './password-hash.store.ts'
import { authenticate } from './session.queries.ts'
import { sessionRoutes } from './session.routes.ts'
import { grantsRoutes } from '../grants/grants.routes.ts'

const password = 'a quiet lake at dusk 71'
const platform = await testPlatform()
const owner = platform.owner.kysely
const routes: readonly Route[] = [...sessionRoutes, ...ownAccountRoutes, ...accountsRoutes, ...grantsRoutes]
const cookies = new Map<string, string>()
let server: TestServer
let organizationNo = 0

/** Asks as somebody who has signed in; `POST /path`. */
function ask(who: string, what: string, body?: object) {
  const [method, url] = what.split(' ') as [Method, string]
  return server.ask(url, { method, cookie: cookies.get(who), ...(body && { body }) })
}

async function signIn(username: string, given = password): Promise<number> {
  const { status, cookie } = await ask('', 'POST /api/v1/session', { username, password: given })
  if (cookie) cookies.set(username, cookie)
  return status
}

const reason = { reason: '按批复办理' }
const idOf = async (username: string) =>
  (await sql<{ id: string }>`select id from directory.accounts where username = ${username}`.execute(owner)).rows[0]?.id ?? ''
const number = (rows: { no: number }[]) => rows[0]?.no ?? 0

beforeAll(async () => {
  useMode('demonstration')
  const passwordHash = await hashPassword(password)
  organizationNo = number(
    (
      await sql<{
        no: number
      }>`insert into directory.organizations (id, kind, established_on) values ('org_home', 'branch', '2020-01-01') returning no`.execute(
        owner,
      )
    ).rows,
  )
  await sql`insert into directory.organization_names values (${organizationNo}, '试验支部', null, 'sy', '[2020-01-01,)')`.execute(
    owner,
  )
  await sql`insert into directory.organization_ancestry values (${organizationNo}, ${organizationNo}, 0, '(,)')`.execute(owner)
  await writeAsSystem(platform.database, (tx) => {
    const plain = { passwordHash, personNo: null, grants: [] }
    return seedAccounts(
      tx,
      [
        ...(['system', 'security', 'audit'] as const).map((administrator) => ({
          ...plain,
          username: administrator,
          displayName: administrator,
          administrator,
        })),
        {
          ...plain,
          username: 'gongwei',
          displayName: '工委',
          grants: [{ role: 'committee_officer', organizationNo, from: '2026-01-01' }],
        },
      ],
      platform.clock.now(),
    )
  })
  server = await testServer(platform, { routes, authenticate: authenticate(platform) })
  for (const username of ['system', 'security', 'audit', 'gongwei']) await signIn(username)
})

describe('the three administrators', () => {
  const own = [
    'DELETE /api/v1/session',
    'GET /api/v1/me',
    'PUT /api/v1/me/preferences',
    'POST /api/v1/me/password',
    'POST /api/v1/me/second-factor',
    'POST /api/v1/me/second-factor/confirm',
    'POST /api/v1/session/second-factor',
  ]
  const open = ['POST /api/v1/session', 'GET /api/v1/sign-in-options']
  const allowed: Record<string, string[]> = {
    system: [
      'GET /api/v1/accounts',
      'POST /api/v1/accounts',
      'POST /api/v1/accounts/:id/disable',
      'POST /api/v1/accounts/:id/enable',
      'POST /api/v1/accounts/:id/reset-password',
    ],
    security: [
      'GET /api/v1/accounts',
      'POST /api/v1/accounts/:id/approve',
      'POST /api/v1/accounts/:id/unlock',
      'POST /api/v1/accounts/:id/reset-second-factor',
      'GET /api/v1/grants',
      'POST /api/v1/grants/decide',
      'POST /api/v1/grants/:id/end',
    ],
    audit: [],
    gongwei: ['POST /api/v1/grants'],
  }

  test.each(Object.keys(allowed))('%s reaches exactly the written routes (T3)', async (who) => {
    const reached: string[] = []
    for (const { endpoint } of routes) {
      const name = `${endpoint.method} ${endpoint.path}`
      if (own.includes(name) || open.includes(name)) continue
      const answer = await ask(who, name.replace(':id', 'x'), endpoint.method === 'GET' ? undefined : {})
      if (answer.status !== 403) reached.push(name)
    }
    expect(reached.sort()).toEqual([...(allowed[who] ?? [])].sort())
  })

  test('an administrator can hold no grant, and nobody becomes an administrator afterwards (T1)', async () => {
    for (const username of ['system', 'security', 'audit']) {
      const grant = sql`insert into directory.grants (id, account_no, role, organization_no, valid, state, proposed_at)
        select 'grt_x', no, 'member', ${organizationNo}, '[2026-01-01,)', 'approved', now() from directory.accounts where username = ${username}`.execute(
        owner,
      )
      await expect(grant).rejects.toThrow('an administrator holds no grant')
    }
    for (const [username, administrator] of [
      ['gongwei', 'system'],
      ['system', 'audit'],
      ['security', null],
    ]) {
      const change = sql`update directory.accounts set administrator = ${administrator} where username = ${username}`.execute(
        owner,
      )
      await expect(change).rejects.toThrow('never becomes or stops being')
    }
  })

  test('none can touch its own account, and the last of a kind stays (T4)', async () => {
    const [system, security] = [await idOf('system'), await idOf('security')]
    expect((await ask('system', `POST /api/v1/accounts/${system}/disable`, reason)).body['code']).toBe('directory.own_record')
    expect((await ask('security', `POST /api/v1/accounts/${security}/reset-second-factor`, reason)).body['code']).toBe(
      'directory.own_record',
    )
    expect((await ask('system', `POST /api/v1/accounts/${security}/disable`, reason)).body['code']).toBe(
      'directory.last_administrator',
    )
    expect((await ask('system', `POST /api/v1/accounts/${security}/reset-password`, reason)).body['code']).toBe(
      'directory.last_administrator',
    )
  })

  test('the first three can be made only while there is none', async () => {
    const named = {
      system: { username: 's1', displayName: '一' },
      security: { username: 's2', displayName: '二' },
      audit: { username: 's3', displayName: '三' },
    }
    expect(await createFirstAdministrators(platform, named)).toBeNull()
    const bare = await testPlatform()
    const made = await createFirstAdministrators(bare, named)
    expect(made?.map((one) => one.administrator)).toEqual(['system', 'security', 'audit'])
    const rows = await sql<{ must: boolean }>`select must_change_password as must from directory.accounts`.execute(
      bare.owner.kysely,
    )
    expect(rows.rows).toEqual([{ must: true }, { must: true }, { must: true }])
  })
})
