import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../../kernel/access/actor.ts'
import { holds } from '../../../kernel/access/permissions.ts'
import { perform } from '../../../kernel/actions/action.ts'
import { readAs, writeAs } from '../../../kernel/database/transaction.ts'
import { writeEntry } from '../../../kernel/ledger/ledger.store.ts'
import { settleLedger } from '../../../kernel/ledger/sequencer.ts'
import { provideLedger } from '../../../kernel/ledger/settings.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { auditing, verifyAction } from './audit.actions.ts'
import { type AuditFilters, auditFilters } from './audit.contract.ts'
import { exportStatement, exportStream } from './audit-export.queries.ts'
import { checkpointsOf, searchLedger } from './audit.queries.ts'

const platform = await testPlatform('2026-11-20')
const folder = await mkdtemp(path.join(tmpdir(), 'biaoshuai-audit-'))
const settings = {
  folder,
  signingKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
}
provideLedger(settings)
afterAll(() => rm(folder, { recursive: true, force: true }))

const auditor = { ...systemActor, accountNo: 900, accountId: 'acc_auditor', name: '审计', administrator: 'audit' as const }
const secretary = { ...systemActor, accountNo: 0, accountId: 'acc_secretary', name: '支部书记' }
const officer = { ...auditor, administrator: 'security' as const }

const act = (action: string, outcome: 'done' | 'denied', object: string) =>
  writeAs(platform.database, secretary, (tx) =>
    writeEntry(platform, tx, {
      action,
      outcome,
      actor: secretary,
      objects: [{ kind: 'meeting', id: object }],
      organizations: ['org_audited'],
      fields: { title: '机密议题' },
      requestId: 'req_1',
    }),
  )
const search = (filters: AuditFilters = {}, page: { after?: string; limit?: number } = {}, actor = auditor) =>
  auditing({ platform, actor, requestId: 'req_search' }, 'desk.audit.read', {
    filters,
    work: (read) => searchLedger(read, filters, { limit: 50, ...page }),
  })

beforeAll(async () => {
  const account = await sql<{ no: number }>`insert into directory.accounts (id, username, username_key, display_name, created_at)
    values ('acc_secretary', 'zhibu', 'zhibu', '支部书记', now()) returning no`.execute(platform.owner.kysely)
  Object.assign(secretary, { accountNo: account.rows[0]?.no })
  const organization = await sql<{
    no: number
  }>`insert into directory.organizations (id, kind, established_on) values ('org_audited', 'branch', '2020-01-01') returning no`.execute(
    platform.owner.kysely,
  )
  await sql`insert into directory.organization_names (organization_no, name, pinyin, valid) values (${organization.rows[0]?.no}, '第一支部', 'diyizhibu', '[2020-01-01,)')`.execute(
    platform.owner.kysely,
  )
  await act('test.meeting.record', 'done', 'mtg_1')
  platform.clock.moveTo('2026-11-22')
  await act('test.meeting.record', 'denied', 'mtg_2')
  await act('test.person.view', 'done', 'per_1')
  platform.clock.moveTo('2026-11-23')
})

test('the auditor reads who did what, by names, and nothing of the content', async () => {
  const { items } = await search({ action: 'test.meeting' })
  expect(
    items.map((item) => [item.objects[0]?.id, item.outcome, item.account?.name, item.organizations[0]?.name, item.fields]),
  ).toEqual([
    ['mtg_2', 'denied', '支部书记', '第一支部', ['title']],
    ['mtg_1', 'done', '支部书记', '第一支部', ['title']],
  ])
  expect(JSON.stringify(items)).not.toContain('机密')
})

test.each<[string, AuditFilters, string[]]>([
  ['an object', { object: 'per_1' }, ['per_1']],
  ['an outcome', { outcome: 'denied' }, ['mtg_2']],
  ['an account', { account: 'acc_secretary' }, ['per_1', 'mtg_2', 'mtg_1']],
  ['days, both included', { from: '2026-11-20', to: '2026-11-20' }, ['mtg_1']],
  ['a day on', { from: '2026-11-21', action: 'test.' }, ['per_1', 'mtg_2']],
  ['signs that mean something to the database', { action: '%' }, []],
])('the search by %s', async (...[, filters, found]) => {
  expect((await search(filters)).items.map((item) => item.objects[0]?.id)).toEqual(found)
})

test('pages go on where the last one ended', async () => {
  const first = await search({ action: 'test.' }, { limit: 2 })
  expect(first.next).not.toBeNull()
  const second = await search({ action: 'test.' }, { limit: 2, ...(first.next && { after: first.next }) })
  expect([...first.items, ...second.items].map((item) => item.objects[0]?.id)).toEqual(['per_1', 'mtg_2', 'mtg_1'])
  expect(second.next).toBeNull()
})

test('each search is itself an entry of the ledger', async () => {
  const before = (await search({ action: 'desk.audit.read' })).items.length
  await search({ object: 'mtg_1' })
  const { items } = await search({ action: 'desk.audit.read' })
  expect(items).toHaveLength(before + 2)
  expect(items[0]).toMatchObject({ outcome: 'viewed', actionName: '检索台账', actorKind: 'audit_administrator' })
})

test('nobody but the audit administrator sees a row, even past the policy', async () => {
  expect(holds(officer, 'desk.audit.read')).toBe(false)
  expect(holds(secretary, 'desk.audit.verify')).toBe(false)
  expect(holds(auditor, 'desk.audit.verify')).toBe(true)
  const past = await readAs(platform.database, { ...auditor, administrator: null }, (read) =>
    searchLedger(read, {}, { limit: 50 }),
  )
  expect(past.items).toEqual([])
  await expect(
    perform(platform, verifyAction, { actor: secretary, requestId: null, idempotencyKey: null, input: {} }),
  ).rejects.toMatchObject({ code: 'kernel.forbidden' })
})

test('the verdict is whole, and names the place once somebody has edited an entry', async () => {
  const verify = () => perform(platform, verifyAction, { actor: auditor, requestId: null, idempotencyKey: null, input: {} })
  const whole = await verify()
  expect(whole).toMatchObject({ whole: true, waiting: 0, verdict: expect.stringContaining('台账完整') })
  expect(whole.vouched).toBe(whole.entries)
  const checkpoints = await readAs(platform.database, auditor, (read) => checkpointsOf(read, { limit: 10 }))
  expect(checkpoints.items[0]).toMatchObject({ size: whole.entries, root: whole.root })
  await sql`update ledger.entries set entry = jsonb_set(entry, '{outcome}', '"done"'), outcome = 'done' where outcome = 'denied' and action = 'test.meeting.record'`.execute(
    platform.owner.kysely,
  )
  expect(await verify()).toMatchObject({ whole: false, verdict: expect.stringContaining('第 2 条的内容被改动') })
})

test('the search goes out as a workbook and as lines for the separate verifier', async () => {
  await settleLedger(platform, settings)
  const statement = (filters: AuditFilters) =>
    readAs(platform.database, auditor, (read) => Promise.resolve(exportStatement(read, filters)))
  const lines = (await text(exportStream(platform, await statement({ object: 'mtg_1' }), 'ndjson'))).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ seq: 1, entry: { objects: [{ id: 'mtg_1' }] } }])
  const workbook = await buffer(exportStream(platform, await statement({}), 'xlsx'))
  expect(workbook.subarray(0, 2).toString()).toBe('PK')
})

test('a filter that is no day is refused', () => {
  expect(auditFilters.safeParse({ from: '2026-13-01' }).success).toBe(false)
  expect(auditFilters.safeParse({ body: 'x' }).success).toBe(false)
})
