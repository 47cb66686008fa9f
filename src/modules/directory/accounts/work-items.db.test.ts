import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { type Actor, type Administrator, systemActor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { growAncestry, plantOrganization } from '../../../kernel/testing/plant.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import '../grants/work-items.queries.ts'
import './work-items.queries.ts'

const platform = await testPlatform('2026-11-23')
const owner = platform.owner.kysely
const administrator = (kind: Administrator | null): Actor => ({
  ...systemActor,
  accountNo: 900,
  accountId: `acc_${kind}`,
  administrator: kind,
})
const items = (kind: Administrator | null) =>
  readAs(platform.database, administrator(kind), (read) => workItemsOf(read, administrator(kind), platform.clock.today()))
const said = async (kind: Administrator | null) =>
  (await items(kind)).map(({ title, tone, link, count }) => [title, tone, link, count])

async function plantAccount(name: string, state: string, more: { oneTimeUntil?: string; since?: string } = {}): Promise<number> {
  const { rows } = await sql<{
    no: number
  }>`insert into directory.accounts (id, username, username_key, display_name, state, created_at,
      must_change_password, password_expires_at)
    values (${`acc_${name}`}, ${name}, ${name}, ${name}, ${state}, ${more.since ?? '2026-11-20'}::timestamptz, ${more.oneTimeUntil !== undefined},
      ${more.oneTimeUntil ?? null}::timestamptz) returning no`.execute(owner)
  return rows[0]?.no ?? 0
}

beforeAll(async () => {
  await plantAccount('waits', 'pending')
  await plantAccount('handed', 'active', { oneTimeUntil: '2026-11-25T08:00:00+08:00' })
  await plantAccount('expired', 'active', { oneTimeUntil: '2026-11-20T08:00:00+08:00' })
  await plantAccount('forgotten', 'active', { since: '2026-01-05' })
  await plantAccount('stopped', 'disabled', { since: '2026-01-05' })
  const used = await plantAccount('used', 'active', { since: '2026-01-05' })
  await sql`insert into directory.sign_in_addresses values (${used}, 'somewhere', '2026-10-01')`.execute(owner)
  await sql`insert into directory.sign_in_failures values ('used', 'a', 5, '2026-11-23T09:00:00+08:00', '2026-11-23T09:15:00+08:00'),
    ('handed', 'a', 5, '2026-11-21T09:00:00+08:00', '2026-11-21T09:15:00+08:00'),
    ('nobody', 'a', 5, '2026-11-23T09:00:00+08:00', '2026-11-23T09:15:00+08:00')`.execute(owner)
  const branch = await plantOrganization(platform, { kind: 'branch', name: '第一支部' })
  await growAncestry(platform)
  await sql`insert into directory.grants (id, account_no, role, organization_no, valid, state, proposed_at) values
    ('grt_open', ${used}, 'branch_secretary', ${branch.no}, '[2026-11-01,)', 'proposed', now()),
    ('grt_done', ${used}, 'member', ${branch.no}, '[2026-11-01,)', 'approved', now())`.execute(owner)
})

test('the system administrator is told of passwords nobody used, accounts nobody uses and accounts that wait', async () => {
  expect(await said('system')).toEqual([
    ['1 个一次性密码过期没有用', 'soon', '/accounts?state=active', 1],
    ['1 个账号 90 天没有登录', 'info', '/accounts?state=active', 1],
    ['1 个账号在等批准', 'waiting', '/accounts?state=pending', 1],
    ['1 个一次性密码还没有用', 'waiting', '/accounts?state=active', 1],
  ])
})

test('the security administrator is told of accounts and grants to decide and of whoever was locked out today', async () => {
  const found = new Set(await said('security'))
  expect(found).toEqual(
    new Set([
      ['1 项权限待批准', 'soon', '/grants', 1],
      ['1 个账号待批准', 'soon', '/accounts?state=pending', 1],
      ['今天有 1 个账号因连续输错密码被锁定', 'info', '/accounts?state=active', 1],
    ]),
  )
})

test('neither the auditor nor anybody of the business is told of accounts', async () => {
  expect(await items('audit')).toEqual([])
  expect(await items(null)).toEqual([])
})
