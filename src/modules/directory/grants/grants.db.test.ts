import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { action, perform } from '../../../kernel/actions/action.ts'
import { permissions } from '../../../kernel/access/permissions.ts'
import { writeAsSystem } from '../../../kernel/database/transaction.ts'
import type { Method } from '../../../kernel/http/endpoint.ts'
import type { Route } from '../../../kernel/http/route.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { type TestServer, testServer } from '../../../kernel/testing/test-server.ts'
import { z } from 'zod'
import { accountsRoutes } from '../accounts/accounts.routes.ts'
import { seedAccounts } from '../accounts/accounts.store.ts'
import { useMode } from '../accounts/mode.store.ts'
import { ownAccountRoutes } from '../accounts/own-account.routes.ts'
import { hashPassword } from '../accounts/password-hash.store.ts'
import { actorOf, authenticate, sessionBehind } from '../accounts/session.queries.ts'
import { sessionRoutes } from '../accounts/session.routes.ts'
import { postChanged } from '../posts/posts.events.ts'
import { grantsRoutes } from './grants.routes.ts'

const password = 'a quiet lake at dusk 71'
const platform = await testPlatform()
const owner = platform.owner.kysely
const routes: readonly Route[] = [...sessionRoutes, ...ownAccountRoutes, ...accountsRoutes, ...grantsRoutes]
const cookies = new Map<string, string>()
let server: TestServer
let organizationNo = 0
let [postNo, personNo] = [0, 0]
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

/** Appoints and dismisses as the posts do, for the handlers alone. */
permissions({ 'directory.test_post.change': { title: '试验', roles: ['committee_officer'] } })
const changePost = action({
  name: 'directory.test_post.change',
  input: z.object({ to: z.string().nullable() }),
  touches: () => [organizationNo],
  run: async (work, { to }) => {
    await work.emit(postChanged.of({ postNo, personNo, organizationNo, post: 'branch_secretary', from: '2026-11-01', to }))
    return { reply: {}, objects: [] }
  },
})
async function postEvent(to: string | null): Promise<void> {
  const session = await sessionBehind(platform, String(cookies.get('gongwei')).slice('biaoshuai='.length))
  if (!session) throw new Error('nobody is signed in')
  await perform(platform, changePost, { actor: actorOf(session), requestId: null, idempotencyKey: null, input: { to } })
}

const reason = { reason: '按批复办理' }
const proposedIds = async () =>
  (await sql<{ id: string }>`select id from directory.grants where state = 'proposed' order by no`.execute(owner)).rows.map(
    (row) => row.id,
  )
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
  personNo = number(
    (
      await sql<{
        no: number
      }>`insert into directory.persons (id, name, pinyin, initials, category, home_no) values ('per_zhang', '张样', 'zy', 'zy', 'full_member', ${organizationNo}) returning no`.execute(
        owner,
      )
    ).rows,
  )
  postNo = number(
    (
      await sql<{
        no: number
      }>`insert into directory.posts (id, person_no, organization_no, post, valid) values ('pst_one', ${personNo}, ${organizationNo}, 'branch_secretary', '[2026-11-01,)') returning no`.execute(
        owner,
      )
    ).rows,
  )
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

describe('a new account', () => {
  let [id, first] = ['', '']
  const zhang = { username: 'zhang', name: '张样', personId: 'per_zhang' }

  test('is made by the system administrator with nothing but a proposal from the post (T2)', async () => {
    const made = await ask('system', 'POST /api/v1/accounts', zhang)
    expect(made.status).toBe(201)
    ;[id, first] = [String(made.body['id']), String(made.body['oneTimePassword'])]
    expect(await signIn('zhang', first)).toBe(401)
    const kept = await sql<{
      text: string
    }>`select coalesce(string_agg(k::text, ''), '') || (select string_agg(e::text, '') from ledger.entries e) as text from kernel.idempotency_keys k`.execute(
      owner,
    )
    expect(kept.rows[0]?.text).not.toContain(first)
  })

  test('cannot be doubled by a look-alike or for the same person', async () => {
    expect((await ask('system', 'POST /api/v1/accounts', { username: 'zhang', name: '别人' })).body['code']).toBe(
      'directory.username_taken',
    )
    expect((await ask('system', 'POST /api/v1/accounts', { ...zhang, username: 'zhang2' })).body['code']).toBe(
      'directory.username_taken',
    )
    expect((await ask('system', 'POST /api/v1/accounts', { username: 'ｚhang', name: '别人' })).status).toBe(400)
  })

  test('signs in once approved, changes its password, and still may do nothing', async () => {
    expect((await ask('security', `POST /api/v1/accounts/${id}/approve`, reason)).body).toEqual({ id, state: 'active' })
    expect((await ask('security', `POST /api/v1/accounts/${id}/approve`, reason)).body['code']).toBe('directory.account_state')
    expect(await signIn('zhang', first)).toBe(201)
    expect((await ask('zhang', 'POST /api/v1/me/password', { oldPassword: first, newPassword: password })).status).toBe(200)
    expect((await ask('zhang', 'GET /api/v1/me')).body).toMatchObject({ grants: [], person: { id: 'per_zhang' } })
  })

  test('gets its role when the proposal is approved, at its next request', async () => {
    const list = await ask('security', 'GET /api/v1/grants?state=proposed')
    expect(list.body['items']).toMatchObject([
      {
        account: { username: 'zhang' },
        roleName: '支部书记',
        organization: { name: '试验支部' },
        postName: '党支部书记',
        proposedBy: 'system',
      },
    ])
    expect((await ask('security', 'POST /api/v1/grants/decide', { ids: await proposedIds(), decision: 'approve' })).body).toEqual(
      { decided: 1 },
    )
    expect((await ask('zhang', 'GET /api/v1/me')).body['grants']).toMatchObject([{ role: 'branch_secretary' }])
    const again = await sql<{
      id: string
    }>`select id from directory.grants where state = 'approved' and account_no = (select no from directory.accounts where username = 'zhang')`.execute(
      owner,
    )
    expect(
      (await ask('security', 'POST /api/v1/grants/decide', { ids: [again.rows[0]?.id], decision: 'refuse' })).body['code'],
    ).toBe('directory.grant_state')
  })

  test('is listed with its post and nothing of the business', async () => {
    const { items } = (await ask('system', 'GET /api/v1/accounts?text=张')).body
    expect(items).toEqual([
      {
        id,
        username: 'zhang',
        name: '张样',
        state: 'active',
        administrator: null,
        posts: ['试验支部党支部书记'],
        secondFactorEnrolled: false,
        createdOn: '2026-11-23',
        locked: false,
      },
    ])
  })

  test('loses the role on the day the post ends, and a new post is only proposed', async () => {
    await postEvent('2026-11-23')
    expect((await ask('zhang', 'GET /api/v1/me')).body['grants']).toEqual([])
    await postEvent(null)
    expect((await ask('zhang', 'GET /api/v1/me')).body['grants']).toEqual([])
    expect(await proposedIds()).toHaveLength(1)
    expect(
      (
        await ask('security', 'POST /api/v1/grants/decide', {
          ids: await proposedIds(),
          decision: 'refuse',
          reason: '核对后再报',
        })
      ).status,
    ).toBe(200)
  })

  test('is thrown out at once when disabled; enabling alone does not let it in again', async () => {
    expect((await ask('system', `POST /api/v1/accounts/${id}/disable`, reason)).body).toMatchObject({ state: 'disabled' })
    expect((await ask('zhang', 'GET /api/v1/me')).status).toBe(401)
    expect(await signIn('zhang')).toBe(401)
    expect((await ask('system', `POST /api/v1/accounts/${id}/enable`, reason)).body).toMatchObject({ state: 'pending' })
    expect(await signIn('zhang')).toBe(401)
    await ask('security', `POST /api/v1/accounts/${id}/approve`, reason)
    expect(await signIn('zhang')).toBe(201)
  })

  test('is unlocked by the security administrator', async () => {
    for (let time = 0; time < 5; time += 1) await signIn('zhang', 'wrong')
    expect(await signIn('zhang')).toBe(401)
    await ask('security', `POST /api/v1/accounts/${id}/unlock`, reason)
    expect(await signIn('zhang')).toBe(201)
  })

  test('a second factor is reset with two entries in the ledger, and the session ends', async () => {
    expect((await ask('security', `POST /api/v1/accounts/${id}/reset-second-factor`, reason)).status).toBe(200)
    expect((await ask('zhang', 'GET /api/v1/me')).status).toBe(401)
    const two = await sql<{ action: string }>`select action from ledger.entries order by no desc limit 2`.execute(owner)
    expect(two.rows.map((row) => row.action).sort()).toEqual([
      'directory.account.reset_second_factor',
      'directory.session.end_all',
    ])
  })
})

describe('a proposed grant', () => {
  const inspector = { personId: 'per_zhang', role: 'inspector', organizationId: 'org_home', from: '2026-11-23', ...reason }

  test('comes from the business and cannot be doubled', async () => {
    expect((await ask('gongwei', 'POST /api/v1/grants', inspector)).status).toBe(201)
    expect((await ask('gongwei', 'POST /api/v1/grants', inspector)).body['code']).toBe('directory.grant_exists')
    expect((await ask('security', 'POST /api/v1/grants', inspector)).status).toBe(403)
    expect((await ask('gongwei', 'POST /api/v1/grants', { ...inspector, role: 'reviewer', to: '2026-11-23' })).body['code']).toBe(
      'directory.grant_dates',
    )
  })

  test('is not decided by whoever proposed it', async () => {
    await sql`update directory.grants set proposed_by = (select no from directory.accounts where username = 'security') where state = 'proposed'`.execute(
      owner,
    )
    expect(
      (await ask('security', 'POST /api/v1/grants/decide', { ids: await proposedIds(), decision: 'approve' })).body['code'],
    ).toBe('directory.own_record')
    await sql`update directory.grants set proposed_by = (select no from directory.accounts where username = 'gongwei') where state = 'proposed'`.execute(
      owner,
    )
  })

  test('is decided all or none, and ends on a day', async () => {
    const ids = await proposedIds()
    expect(
      (await ask('security', 'POST /api/v1/grants/decide', { ids: [...ids, 'grt_missing'], decision: 'approve' })).status,
    ).toBe(404)
    expect(await proposedIds()).toEqual(ids)
    await ask('security', 'POST /api/v1/grants/decide', { ids, decision: 'approve' })
    expect(await signIn('zhang')).toBe(201)
    expect((await ask('zhang', 'GET /api/v1/me')).body['grants']).toMatchObject([{ role: 'inspector' }])
    expect((await ask('security', `POST /api/v1/grants/${ids[0]}/end`, { on: '2026-11-23', ...reason })).status).toBe(200)
    expect((await ask('zhang', 'GET /api/v1/me')).body['grants']).toEqual([])
    expect((await ask('security', `POST /api/v1/grants/${ids[0]}/end`, { on: '2026-11-23', ...reason })).body['code']).toBe(
      'directory.grant_state',
    )
  })

  test('never lasts longer by being ended, and makes room when it is ended before it begins', async () => {
    const given = async () => {
      const made = (await ask('gongwei', 'POST /api/v1/grants', { ...inspector, from: '2026-12-01', to: '2027-02-01' })).body
      await ask('security', 'POST /api/v1/grants/decide', { ids: [made['id']], decision: 'approve' })
      return `POST /api/v1/grants/${String(made['id'])}/end`
    }
    const first = await given()
    expect((await ask('security', first, { on: '2027-03-01', ...reason })).body).toMatchObject({
      code: 'directory.grant_dates',
      errors: [{ field: 'on', message: expect.stringContaining('2027-02-01') }],
    })
    expect((await ask('security', first, { on: '2026-11-25', ...reason })).status).toBe(200)
    expect((await ask('security', await given(), { on: '2026-11-25', ...reason })).status).toBe(200)
  })
})
