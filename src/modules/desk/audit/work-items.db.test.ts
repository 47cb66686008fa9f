import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { type Actor, systemActor } from '../../../kernel/access/actor.ts'
import { perform } from '../../../kernel/actions/action.ts'
import { readAs, writeAs } from '../../../kernel/database/transaction.ts'
import { writeEntry } from '../../../kernel/ledger/ledger.store.ts'
import { settleLedger } from '../../../kernel/ledger/sequencer.ts'
import { provideLedger } from '../../../kernel/ledger/settings.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import { verifyAction } from './audit.actions.ts'
import './work-items.queries.ts'

const platform = await testPlatform('2026-11-20')
const folder = await mkdtemp(path.join(tmpdir(), 'biaoshuai-audit-items-'))
const signingKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const settings = { folder, signingKey }
provideLedger(settings)
afterAll(() => rm(folder, { recursive: true, force: true }))

const auditor: Actor = { ...systemActor, accountNo: 900, accountId: 'acc_auditor', name: '审计', administrator: 'audit' }
const enter = () =>
  writeAs(platform.database, auditor, (tx) =>
    writeEntry(platform, tx, {
      action: 'test.act',
      outcome: 'done',
      actor: auditor,
      objects: [],
      organizations: [],
      requestId: null,
    }),
  )
const items = (actor = auditor) => readAs(platform.database, actor, (read) => workItemsOf(read, actor, platform.clock.today()))
const said = async () => (await items()).map(({ title, tone }) => [title, tone])
const verify = () => perform(platform, verifyAction, { actor: auditor, requestId: null, idempotencyKey: null, input: {} })

test('the auditor sees how far the signatures reach and that nobody has verified yet; nobody else sees a word', async () => {
  await enter()
  await settleLedger(platform, settings)
  await enter()
  expect(await said()).toEqual([
    ['台账还没有核验过', 'soon'],
    ['签名点之后新记 1 条', 'info'],
  ])
  expect((await items()).map((item) => item.link)).toEqual(['/audit', '/audit'])
  expect(await items({ ...auditor, administrator: 'security' })).toEqual([])
})

test('a verification that succeeds quiets the reminder for a month, and signatures that stopped press', async () => {
  await verify()
  await settleLedger(platform, settings)
  expect(await said()).toEqual([['台账全部已签名', 'info']])
  platform.clock.moveTo('2026-12-20')
  await enter()
  expect(await said()).toEqual([
    ['台账已 30 天没有核验', 'soon'],
    ['签名点之后新记 1 条', 'short'],
  ])
})

test('a failed verification stands first until one succeeds', async () => {
  await sql`update ledger.entries set outcome = 'failed', entry = jsonb_set(entry, '{outcome}', '"failed"') where no = 1`.execute(
    platform.owner.kysely,
  )
  expect((await verify()).whole).toBe(false)
  const [first] = await items()
  expect(first).toMatchObject({ tone: 'short', link: '/audit', title: expect.stringContaining('台账核验没有通过（2026-12-20') })
  await sql`update ledger.entries set outcome = 'done', entry = jsonb_set(entry, '{outcome}', '"done"') where no = 1`.execute(
    platform.owner.kysely,
  )
  expect((await verify()).whole).toBe(true)
  expect((await items()).map((item) => item.tone)).toEqual(['info'])
})
