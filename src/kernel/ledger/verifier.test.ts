import { spawnSync } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { checkpointSigner } from './checkpoint-key.ts'
import { checkpointFileName, signCheckpoint } from './checkpoint.rules.ts'
import { canonicalEntry, exportLine, type LedgerEntry } from './entry.rules.ts'
import { leafHash, rootOfLeaves } from './merkle.rules.ts'

const tool = fileURLToPath(new URL('../../../tools/verify-ledger.mjs', import.meta.url))
const origin = 'biaoshuai.example/ledger'
const place = mkdtempSync(join(tmpdir(), 'ledger-'))
afterAll(() => rmSync(place, { recursive: true }))

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const aKey = () =>
  generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
const key = aKey()
const foreign = aKey()
const signer = checkpointSigner(key.privateKey, origin)

const texts = (count: number, mark = '') =>
  Array.from({ length: count }, (_, at) => {
    const entry: LedgerEntry = {
      v: 1,
      id: `led_${at}${mark}`,
      at: '2026-11-23T09:30:00.000+08:00',
      action: 'orglife.meeting.record',
      // Line separators must not be taken for line ends.
      actor: { account: at % 3 ? `张三\u2028${at}` : null, kind: 'person' },
      objects: [{ kind: 'meeting', id: `mtg_${at}` }],
      organizations: ['org_1'],
      outcome: at % 2 ? 'done' : 'denied',
      fields: { title: 'a'.repeat(64) },
      requestId: null,
    }
    return canonicalEntry(entry)
  })
const leaves = (entries: readonly string[]) => entries.map((entry) => leafHash(sha256, Buffer.from(entry)))
/** Numbers and hashes the entries afresh, as a thief with the whole program would. */
const linesFor = (entries: readonly string[]) =>
  leaves(entries).map((leaf, at) =>
    exportLine({ seq: at + 1, entry: entries[at] ?? '', leaf: Buffer.from(leaf).toString('hex') }),
  )
const checkpointFor = (entries: readonly string[], size: number, by = signer) => {
  const time = new Date(Date.UTC(2026, 10, 23, 2, size)).toISOString()
  return signCheckpoint({ origin, size, root: rootOfLeaves(sha256, leaves(entries.slice(0, size))), time }, by)
}

const entries = texts(23)
const lines = linesFor(entries)
const sizes = [0, 4, 9, 20]
const checkpoints = (from = entries): Record<string, string> =>
  Object.fromEntries(sizes.map((size) => [checkpointFileName(size), checkpointFor(from, size)]))

let rounds = 0
/** Writes a case to files, lets the separate program judge it, and gives exit code and verdict. */
function judge(given: { lines?: readonly string[]; files?: Record<string, string>; publicKey?: string; kept?: string }) {
  rounds += 1
  const folder = join(place, String(rounds))
  const points = join(folder, 'checkpoints')
  mkdirSync(points, { recursive: true })
  writeFileSync(join(folder, 'export.ndjson'), (given.lines ?? lines).join(''))
  for (const [name, text] of Object.entries(given.files ?? checkpoints())) writeFileSync(join(points, name), text)
  writeFileSync(join(folder, 'public.pem'), given.publicKey ?? key.publicKey)
  if (given.kept) writeFileSync(join(folder, 'kept.txt'), given.kept)
  const args = ['export.ndjson', 'checkpoints', ...(given.kept ? ['kept.txt'] : []), 'public.pem']
  const { status, stdout } = spawnSync(process.execPath, [tool, ...args], { cwd: folder, encoding: 'utf8' })
  return { status, verdict: stdout }
}

const refusedFor = (given: Parameters<typeof judge>[0], words: string) => {
  const { status, verdict } = judge(given)
  expect(verdict).toContain('核验不通过')
  expect(verdict).toContain(words)
  expect(status).toBe(1)
}

describe('the separate verifier', () => {
  it('shares no code with the program that writes the ledger', () => {
    const sources = [...readFileSync(tool, 'utf8').matchAll(/\bfrom\s+'([^']+)'|\bimport\s*\(|\brequire\b/g)].map(
      ([, source]) => source,
    )
    expect(sources.length).toBeGreaterThan(2)
    for (const source of sources) expect(source).toMatch(/^node:/)
  })

  it('passes an honest export and says how many entries no checkpoint vouches for yet', () => {
    const { status, verdict } = judge({})
    expect(verdict).toContain('核验通过：共 23 条，4 个签名点全部相符')
    expect(verdict).toContain('最后 3 条还没有签名点担保')
    expect(status).toBe(0)
  })

  it('passes the empty ledger of the first day', () => {
    const only = { [checkpointFileName(0)]: checkpointFor([], 0) }
    expect(judge({ lines: [], files: only }).status).toBe(0)
  })

  it('agrees with the writer at every size', () => {
    const many = texts(70)
    const files = Object.fromEntries(many.map((_, at) => [checkpointFileName(at + 1), checkpointFor(many, at + 1)]))
    expect(judge({ lines: linesFor(many), files }).status).toBe(0)
  })
})

describe('with the export tampered with by hand, it names the line', () => {
  const edited = (at: number, change: (line: string) => string) => lines.with(at, change(lines[at] ?? ''))
  it.each([
    ['an edited entry', edited(5, (line) => line.replace('mtg_5', 'mtg_6')), '第 6 行（序号 6）的内容与它的摘要不符'],
    ['an edited digest', edited(5, (line) => line.replace(/"leaf":"./, '"leaf":"x')), '第 6 行（序号 6）的内容与它的摘要不符'],
    ['the first entry deleted', lines.slice(1), '第 1 行的序号是 2，应为 1'],
    ['an entry in the middle deleted', lines.toSpliced(11, 1), '第 12 行的序号是 13，应为 12'],
    ['the last entries deleted', lines.slice(0, 19), '导出只有 19 条'],
    ['everything deleted', [], '导出只有 0 条'],
    ['an entry inserted', lines.toSpliced(7, 0, lines[20] ?? ''), '第 8 行的序号是 21，应为 8'],
    ['two entries swapped', lines.with(2, lines[3] ?? '').with(3, lines[2] ?? ''), '第 3 行的序号是 4，应为 3'],
    ['an entry repeated', lines.toSpliced(9, 0, lines[8] ?? ''), '第 10 行的序号是 9，应为 10'],
    ['half a last line', lines.with(22, (lines[22] ?? '').slice(0, -40)), '最后一行不完整'],
    ['a last line that only lost its end', lines.with(22, (lines[22] ?? '').trimEnd()), '最后一行不完整'],
    ['an empty line', lines.toSpliced(3, 0, '\n'), '第 4 行不是完整的 JSON'],
    [
      'a key written twice',
      edited(5, (line) => line.replace('"action":', '"action":"x","action":')),
      '第 6 行（序号 6）的写法不规范',
    ],
    ['a space added', edited(5, (line) => line.replace('"action":', '"action": ')), '第 6 行（序号 6）的写法不规范'],
    [
      'a text where a digest belongs',
      edited(5, (line) => line.replace('a'.repeat(64), '原文')),
      '第 6 行（序号 6）的记录格式不对',
    ],
  ])('%s', (_, forged, words) => refusedFor({ lines: forged }, words))
})

describe('with numbers and digests made good afterwards, the checkpoints give it away', () => {
  it.each([
    ['an edited entry', entries.with(5, texts(6, 'x')[5] ?? ''), '第 5 至第 9 条之间被改动过'],
    ['the first entry deleted', entries.slice(1), '第 1 至第 4 条之间被改动过'],
    ['an entry in the middle deleted', entries.toSpliced(11, 1), '第 10 至第 20 条之间被改动过'],
    ['the last vouched entry deleted', entries.toSpliced(19, 1), '第 10 至第 20 条之间被改动过'],
    ['the tail cut off', entries.slice(0, 19), '第 20 条起的记录被截去'],
    ['an entry inserted', entries.toSpliced(7, 0, texts(1, 'new')[0] ?? ''), '第 5 至第 9 条之间被改动过'],
    ['two entries swapped', entries.with(2, entries[3] ?? '').with(3, entries[2] ?? ''), '第 1 至第 4 条之间被改动过'],
    ['an entry repeated', entries.toSpliced(9, 0, entries[8] ?? ''), '第 10 至第 20 条之间被改动过'],
  ])('%s', (_, forged, words) => refusedFor({ lines: linesFor(forged) }, words))
})

describe('with the checkpoints tampered with', () => {
  const name = checkpointFileName(20)
  const old = checkpointFor(entries, 9)

  it('an old checkpoint under the newest one’s name is refused, with the tail cut off to fit it', () => {
    refusedFor({ lines: lines.slice(0, 9), files: { ...checkpoints(), [name]: old } }, '疑似拿旧签名点顶替')
  })

  it('a ledger and its checkpoints rolled back together are refused by the one checkpoint that was kept elsewhere', () => {
    const { [name]: _, ...rolledBack } = checkpoints()
    expect(judge({ lines: lines.slice(0, 9), files: rolledBack }).status).toBe(0)
    refusedFor({ lines: lines.slice(0, 9), files: rolledBack, kept: checkpointFor(entries, 20) }, '第 10 条起的记录被截去')
  })

  it('a rewritten ledger signed again with the true key is refused by a checkpoint that was kept elsewhere', () => {
    const forged = entries.with(5, texts(6, 'x')[5] ?? '')
    expect(judge({ lines: linesFor(forged), files: checkpoints(forged) }).status).toBe(0)
    refusedFor({ lines: linesFor(forged), files: checkpoints(forged), kept: checkpointFor(entries, 20) }, '台账出现过两个版本')
  })

  it('a time that runs backwards is refused', () => {
    const root = rootOfLeaves(sha256, leaves(entries.slice(0, 20)))
    const early = signCheckpoint({ origin, size: 20, root, time: '2026-11-22T00:00:00+08:00' }, signer)
    refusedFor({ files: { ...checkpoints(), [name]: early } }, '先后颠倒')
  })

  it('one of another ledger is refused', () => {
    refusedFor(
      { files: { ...checkpoints(), [name]: checkpointFor(entries, 20).replaceAll(origin, 'other.example') } },
      '不是用这把公钥',
    )
  })

  it('a changed size, a borrowed signature and an invented one are refused', () => {
    const good = checkpointFor(entries, 20)
    const forgedSeal = (seal: string) => good.replace(/[^ ]+\n$/, `${seal}\n`)
    const borrowed = /[^ ]+(?=\n$)/.exec(old)?.[0] ?? ''
    const invented = Buffer.concat([signer.keyId, Buffer.alloc(64, 9)]).toString('base64')
    refusedFor({ files: { [name]: good.replace('\n20\n', '\n19\n') } }, '签名不符')
    refusedFor({ files: { [name]: forgedSeal(borrowed) } }, '签名不符')
    refusedFor({ files: { [name]: forgedSeal(invented) } }, '签名不符')
    refusedFor({ files: { [name]: good.slice(0, -5) } }, '格式不对')
    refusedFor({ files: { 'latest.checkpoint': good } }, '文件名不合规则')
  })

  it('one signed by another key, and the right one read with another public key, are refused', () => {
    const thief = checkpointSigner(foreign.privateKey, origin)
    refusedFor({ files: { [name]: checkpointFor(entries, 20, thief) } }, '不是用这把公钥')
    refusedFor({ files: { [name]: checkpointFor(entries, 20, { ...thief, keyId: signer.keyId }) } }, '签名不符')
    refusedFor({ publicKey: foreign.publicKey }, '不是用这把公钥')
  })
})

describe('when nothing can be judged, it says so instead of passing', () => {
  it('without a checkpoint, with a private key, or with something else for a key', () => {
    expect(judge({ files: {} })).toMatchObject({ status: 2, verdict: expect.stringContaining('没有签名点') })
    expect(judge({ publicKey: key.privateKey })).toMatchObject({ status: 2, verdict: expect.stringContaining('是私钥') })
    expect(judge({ publicKey: 'nonsense' })).toMatchObject({ status: 2, verdict: expect.stringContaining('不是 Ed25519 公钥') })
  })

  it('without arguments, or with files that are not there', () => {
    const run = (...args: string[]) => spawnSync(process.execPath, [tool, ...args], { cwd: place, encoding: 'utf8' })
    writeFileSync(join(place, 'public.pem'), key.publicKey)
    writeFileSync(join(place, 'empty.ndjson'), '')
    expect(run()).toMatchObject({ status: 2, stdout: expect.stringContaining('用法') })
    expect(run('none.ndjson', '.', 'public.pem')).toMatchObject({ status: 2, stdout: expect.stringContaining('找不到导出文件') })
    expect(run('empty.ndjson', 'none', 'public.pem')).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('找不到签名点'),
    })
    expect(run('empty.ndjson', '.', 'none.pem')).toMatchObject({ status: 2, stdout: expect.stringContaining('读不出公钥') })
  })
})
