import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { systemActor } from '../access/actor.ts'
import { perform } from '../actions/action.ts'
import { readAs } from '../database/transaction.ts'
import { testPlatform } from '../testing/test-platform.ts'
import { fileById, uploadFileAction } from './files.actions.ts'

const platform = await testPlatform('2026-11-23')
const organizations = new Map<string, number>()
beforeAll(async () => {
  for (const id of ['org_one', 'org_two']) {
    const made = await sql<{
      no: number
    }>`insert into directory.organizations (id, kind, established_on) values (${id}, 'branch', '2020-01-01') returning no`.execute(
      platform.owner.kysely,
    )
    const no = made.rows[0]?.no ?? 0
    await sql`insert into directory.organization_ancestry (organization_no, ancestor_no, depth, valid) values (${no}, ${no}, 0, '[2020-01-01,)')`.execute(
      platform.owner.kysely,
    )
    organizations.set(id, no)
  }
})

const account = (accountNo: number, organization?: string) => {
  const scope = organization ? [organizations.get(organization) ?? 0] : []
  return { ...systemActor, accountNo, accountId: `acc_${accountNo}`, readOrganizations: scope, writeOrganizations: scope }
}
let key = 0
const upload = (actor: ReturnType<typeof account>, organization?: string) =>
  perform(platform, uploadFileAction, {
    actor,
    requestId: null,
    idempotencyKey: `upload-key-${(key += 1)}`,
    input: {
      sha256: createHash('sha256').digest('hex'),
      bytes: 3,
      mediaType: 'text/plain',
      name: '秘密.txt',
      purpose: 'attachment',
      ...(organization && { organization }),
    },
  })
const seenBy = (actor: ReturnType<typeof account>, id: string) => readAs(platform.database, actor, (read) => fileById(read, id))

test('a file of an organization is seen by those whose scope holds it, and by nobody else', async () => {
  const { id } = await upload(account(1, 'org_one'), 'org_one')
  expect((await seenBy(account(2, 'org_one'), id)).name).toBe('秘密.txt')
  await expect(seenBy(account(3, 'org_two'), id)).rejects.toMatchObject({ code: 'kernel.not_found' })
})

test('a file without an organization is its uploader’s alone', async () => {
  const { id } = await upload(account(1, 'org_one'))
  expect((await seenBy(account(1, 'org_one'), id)).name).toBe('秘密.txt')
  await expect(seenBy(account(2, 'org_one'), id)).rejects.toMatchObject({ code: 'kernel.not_found' })
})

test('nobody puts a file into an organization that he may not write, or that is not there', async () => {
  await expect(upload(account(3, 'org_two'), 'org_one')).rejects.toMatchObject({ code: 'kernel.not_found' })
  await expect(upload(account(3, 'org_two'), 'org_none')).rejects.toMatchObject({ code: 'kernel.not_found' })
})
