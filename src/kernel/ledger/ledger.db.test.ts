import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { systemActor } from '../access/actor.ts'
import { permissions } from '../access/permissions.ts'
import { action, perform } from '../actions/action.ts'
import { reading } from '../database/handles.ts'
import { writeAs, writeAsSystem } from '../database/transaction.ts'
import { kernelProblems } from '../errors/kernel.problems.ts'
import { Problem } from '../errors/problem.ts'
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts'
import { type CheckpointSettings, restoreCheckpointFiles, writeCheckpoint } from './checkpoint.store.ts'
import { exportLedgerFolder } from './export.ts'
import { type Act, writeEntry } from './ledger.store.ts'
import { sequenceEntries, settleLedger, startSequencer } from './sequencer.ts'
import { verifyLedger } from './verify.ts'

const platform = await testPlatform('2026-11-23')
const signingKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const actor = { ...systemActor, accountNo: 7, accountId: 'acc_seven' }
const act: Act = {
  action: 'test.thing.do',
  outcome: 'done',
  actor,
  objects: [{ kind: 'thing', id: 'thg_1' }],
  organizations: [],
  fields: { title: '秘密' },
  requestId: null,
}
const write = () => writeAs(platform.database, actor, (tx) => writeEntry(platform, tx, act))
const writeMany = async (count: number) => {
  for (let at = 0; at < count; at += 1) await write()
}

let settings: CheckpointSettings
beforeEach(async () => {
  settings = { folder: await mkdtemp(path.join(tmpdir(), 'biaoshuai-ledger-')), signingKey }
  await sql`truncate ledger.entries, ledger.pending, ledger.sequence, ledger.checkpoints restart identity cascade`.execute(
    platform.owner.kysely,
  )
  await sql`update ledger.frontier set size = 0, nodes = '[]'`.execute(platform.owner.kysely)
})
afterEach(() => rm(settings.folder, { recursive: true, force: true }))

const plant = (text: string) => sql.raw(text).execute(platform.owner.kysely)
const verdict = () => verifyLedger(platform, settings)
const says = async () => (await verdict()).findings.map((finding) => finding.says).join('\n')

describe('the sequencer', () => {
  test('numbers entries of many writers without a gap, and each of them once', async () => {
    const writers = Array.from({ length: 6 }, () => writeMany(20))
    const sequencers = Array.from({ length: 8 }, () => sequenceEntries(platform, 7))
    await Promise.all([...writers, ...sequencers])
    await settleLedger(platform, settings)
    const rows = await sql<{
      seq: number
    }>`select s.seq from ledger.sequence s join ledger.entries e on e.no = s.entry_no order by 1`.execute(platform.owner.kysely)
    expect(rows.rows.map((row) => row.seq)).toEqual(Array.from({ length: 120 }, (_, at) => at + 1))
    expect(await verdict()).toMatchObject({ whole: true, entries: 120, vouched: 120, waiting: 0, checkpoints: 1, files: 1 })
  })

  test('leaves no trace of an act that was rolled back', async () => {
    await expect(
      writeAs(platform.database, actor, async (tx) => {
        await writeEntry(platform, tx, act)
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await sequenceEntries(platform)).toBe(0)
  })

  test('runs by itself, lays out the public key and can be stopped', async () => {
    const loop = await startSequencer(platform, settings)
    await write()
    await expect
      .poll(() => readdir(path.join(settings.folder, 'checkpoints')), { timeout: 5000 })
      .toEqual(['000000000001.checkpoint'])
    await loop.stop()
    expect(await readFile(path.join(settings.folder, 'public.pem'), 'utf8')).toContain('BEGIN PUBLIC KEY')
  })
})

describe('every act has its entry', () => {
  permissions({ 'test.thing.do': { title: '试', everybody: true }, 'test.thing.refuse': { title: '试', roles: [] } })
  const asked = (key: string) => ({ actor, requestId: 'req', idempotencyKey: key, input: {} })

  test('one that was done, and one that was denied although it was rolled back', async () => {
    expect(Object.keys(kernelProblems)).toContain('kernel.forbidden')
    const done = action({
      name: 'test.thing.do',
      input: z.object({}),
      touches: () => [],
      run: () => Promise.resolve({ reply: 1, objects: [] }),
    })
    const refused = action({ ...done, name: 'test.thing.refuse' })
    await perform(platform, done, asked('key-done-1'))
    await perform(platform, done, asked('key-done-1'))
    await expect(perform(platform, refused, asked('key-denied-1'))).rejects.toThrow(Problem)
    const rows = await sql<{ action: string; outcome: string }>`select action, outcome from ledger.entries order by no`.execute(
      platform.owner.kysely,
    )
    expect(rows.rows).toEqual([
      { action: 'test.thing.do', outcome: 'done' },
      { action: 'test.thing.refuse', outcome: 'denied' },
    ])
  })

  test('and holds no value of any field', async () => {
    await write()
    const rows = await sql<{ text: string }>`select entry::text as text from ledger.entries`.execute(platform.owner.kysely)
    expect(rows.rows[0]?.text).not.toContain('秘密')
  })
})

describe('checkpoints', () => {
  test('are signed every minute or every thousand entries, not more often', async () => {
    await write()
    await sequenceEntries(platform)
    expect(await writeCheckpoint(platform, settings)).toBe(1)
    await write()
    await sequenceEntries(platform)
    expect(await writeCheckpoint(platform, settings)).toBeNull()
    platform.clock.moveTo('2026-11-24')
    expect(await writeCheckpoint(platform, settings)).toBe(2)
    expect(await writeCheckpoint(platform, settings)).toBeNull()
    platform.clock.moveTo('2026-11-23')
  })

  test('that were signed but not written out are written out at the next start', async () => {
    await write()
    await settleLedger(platform, settings)
    await rm(path.join(settings.folder, 'checkpoints'), { recursive: true })
    expect(await restoreCheckpointFiles(platform, settings)).toBe(1)
    expect(await restoreCheckpointFiles(platform, settings)).toBe(0)
    expect(await verdict()).toMatchObject({ whole: true, files: 1 })
  })
})

describe('whoever owns the database is found out', () => {
  beforeEach(async () => {
    await writeMany(9)
    await settleLedger(platform, settings)
    expect((await verdict()).whole).toBe(true)
  })

  test.each([
    [
      'editing an entry',
      `update ledger.entries set entry = jsonb_set(entry, '{outcome}', '"denied"') where no = 4`,
      '第 4 条的内容被改动',
    ],
    ['editing what is searched by', `update ledger.entries set action = 'test.thing.other' where no = 4`, '第 4 条供检索'],
    ['deleting the tail', `delete from ledger.sequence where seq > 7; delete from ledger.entries where no > 7`, '末尾被删除'],
    [
      'deleting the middle',
      `delete from ledger.sequence where seq = 5; delete from ledger.entries where no = 5`,
      '第 5 条至第 5 条缺失',
    ],
    ['taking a number away', `delete from ledger.sequence where seq = 9`, '编号被人删除'],
    [
      'swapping two entries',
      `with two as (select no, entry, leaf, id, at from ledger.entries where no in (2, 3))
      update ledger.entries e set entry = o.entry from two o where e.no in (2, 3) and o.no = 5 - e.no`,
      '第 2 条的内容被改动',
    ],
    ['forging a checkpoint', `update ledger.checkpoints set root = repeat('0', 64)`, '与其签名的内容不一致'],
    ['deleting a checkpoint', 'delete from ledger.checkpoints', '没有对应的签名点'],
  ])('%s', async (_, tampering, finding) => {
    await plant(tampering)
    expect(await says()).toContain(finding)
  })

  test('a ledger written anew and signed anew is refuted by the checkpoint that was exported before', async () => {
    await plant('delete from ledger.sequence; delete from ledger.entries; delete from ledger.checkpoints')
    await plant(`update ledger.frontier set size = 0, nodes = '[]'`)
    await writeMany(9)
    await settleLedger(platform, settings)
    expect(await verdict()).toMatchObject({ whole: false, entries: 9 })
    expect(await says()).toContain('签名点文件 000000000009.checkpoint 与台账不符')
  })

  test('an exported checkpoint that somebody wrote over is named', async () => {
    const file = path.join(settings.folder, 'checkpoints', '000000000009.checkpoint')
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('biaoshuai/', 'somebody/'))
    expect(await says()).toContain('签名不符或已损坏')
  })

  test('an entry changed before it got its number stands refuted for ever', async () => {
    await write()
    await plant(
      `update ledger.entries set entry = jsonb_set(entry, '{action}', '"test.other"'), action = 'test.other' where no = 10`,
    )
    expect(await says()).toContain('尚未编号的记录内容被改动')
    await settleLedger(platform, settings)
    expect(await says()).toContain('第 10 条的内容被改动')
  })
})

describe('the separate verifier agrees', () => {
  const judge = async (folder: string) => {
    await exportLedgerFolder(platform, settings, folder)
    const run = spawnSync(
      process.execPath,
      ['tools/verify-ledger.mjs', `${folder}/entries.ndjson`, `${folder}/checkpoints`, `${folder}/public.pem`],
      { encoding: 'utf8' },
    )
    return run.status
  }

  test('on a whole ledger, and on one with an edited entry', async () => {
    await writeMany(5)
    await settleLedger(platform, settings)
    expect(await judge(path.join(settings.folder, 'whole'))).toBe(0)
    await plant(`update ledger.entries set entry = jsonb_set(entry, '{outcome}', '"denied"') where no = 4`)
    expect(await judge(path.join(settings.folder, 'edited'))).toBe(1)
  })
})

describe('the application itself cannot rewrite the ledger', () => {
  const attempts = [
    'update ledger.entries set outcome = outcome',
    'delete from ledger.entries',
    'update ledger.sequence set leaf = leaf',
    'delete from ledger.sequence',
    'delete from ledger.checkpoints',
    'truncate ledger.entries cascade',
  ]
  const run = (with_: TestPlatform, text: string, asSystem: boolean) =>
    asSystem
      ? writeAsSystem(with_.database, (tx) => sql.raw(text).execute(rawOf(tx)))
      : writeAs(with_.database, { ...actor, administrator: 'audit' }, (tx) => sql.raw(text).execute(rawOf(tx)))
  const rawOf = (tx: Parameters<Parameters<typeof writeAsSystem>[1]>[0]) => reading<'ledger'>(tx)

  test.each(attempts)('%s', async (text) => {
    await write()
    await expect(run(platform, text, false)).rejects.toThrow(/permission denied/)
    await expect(run(platform, text, true)).rejects.toThrow(/permission denied/)
  })
})
