import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { worldOf } from '../../tests/builders/world.ts'
import { perform } from '../kernel/actions/action.ts'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { createOrganizationAction, foundWorkingCommittee } from '../modules/directory/index.ts'
import { sweep } from '../modules/rulebook/index.ts'
import { firstContents } from './first-contents.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-11-23')
  await firstContents(platform, { root: '.', mode: 'production', say: () => undefined })
})

it('begins with the working committee, once, and its officer sets up the rest', async () => {
  const id = await foundWorkingCommittee(platform, { name: '示例市直机关工委', on: '2000-01-01' })
  expect(id).toMatch(/^org_/)
  expect(await foundWorkingCommittee(platform, { name: '另一个工委', on: '2000-01-01' })).toBeNull()
  const root = await sql<{ no: number }>`select no from directory.organizations where id = ${id}`.execute(platform.owner.kysely)
  const officer = await worldOf(platform).actor('committee_officer', { no: root.rows[0]?.no ?? 0, id: id ?? '' })
  const input = { kind: 'unit' as const, name: '示例住建局', parentId: id ?? '', on: '2015-03-01', reason: '初始登记' }
  const made = await perform(platform, createOrganizationAction, { actor: officer, requestId: null, idempotencyKey: null, input })
  expect(made.id).toMatch(/^org_/)
})

it('owes nothing for the time before it was installed', async () => {
  await writeAsSystem(platform.database, (tx) => sweep(tx, '2026-11-23'))
  const owed = await sql<{ n: number }>`select count(*)::int as n from rulebook.obligations`.execute(platform.owner.kysely)
  expect(owed.rows[0]?.n).toBe(0)
})

it('and has no account that anybody could sign in with', async () => {
  const accounts = await sql<{
    n: number
  }>`select count(*)::int as n from directory.accounts where password_hash is not null`.execute(platform.owner.kysely)
  expect(accounts.rows[0]?.n).toBe(0)
})
