import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { inSnapshot, type Snapshot } from '../database/stream.ts'
import type { Platform } from '../platform.ts'
import { checkpointVerifier } from './checkpoint-key.ts'
import { type Checkpoint, openCheckpoint, parseCheckpoint } from './checkpoint.rules.ts'
import { checkpointFolder, type CheckpointSettings, publicKeyOf } from './checkpoint.store.ts'
import { leafOfStored } from './entry-leaf.ts'
import { append, emptyFrontier, type Frontier, type Hash, rootOf } from './merkle.rules.ts'

/** One thing that is not as it was recorded. `seq` is the place in the ledger, null where it cannot be told. */
export interface Finding {
  readonly seq: number | null
  readonly says: string
}

/** What the verification found. `vouched` entries stand under a checkpoint, `waiting` ones have no number yet. */
export interface LedgerVerdict {
  readonly whole: boolean
  readonly entries: number
  readonly checkpoints: number
  readonly files: number
  readonly vouched: number
  readonly waiting: number
  readonly root: string
  readonly findings: readonly Finding[]
}

const mostFindings = 50

interface Claim {
  readonly source: string
  readonly size: number
  readonly root: string
}

interface Check {
  readonly hash: Hash
  readonly findings: Finding[]
}

function note(check: Check, seq: number | null, says: string): void {
  if (check.findings.length < mostFindings) check.findings.push({ seq, says })
}

/**
 * Recomputes the whole ledger from the database and compares it with itself, with the stored checkpoints and with the
 * exported files. Reads in a stream; finds every change that `README.md` promises to find.
 */
export async function verifyLedger(
  platform: Pick<Platform, 'database' | 'crypto'>,
  settings: CheckpointSettings,
): Promise<LedgerVerdict> {
  const check: Check = { hash: platform.crypto.hash, findings: [] }
  return inSnapshot(platform.database, async (snapshot) => {
    const rows = await storedClaims(snapshot, check, settings.signingKey)
    const files = await exportedClaims(check, settings)
    for (const file of files) {
      if (!rows.some((row) => row.size === file.size))
        note(check, file.size, `${file.source}在数据库中没有对应的签名点，签名点被删除，或台账被退回到以前的状态。`)
    }
    const claims = [...rows, ...files].sort((one, other) => one.size - other.size)
    const frontier = await walk(snapshot, check, claims)
    const waiting = await loose(snapshot, check)
    const vouched = claims.filter((claim) => claim.size <= frontier.size).at(-1)?.size ?? 0
    return {
      whole: check.findings.length === 0,
      entries: frontier.size,
      checkpoints: rows.length,
      files: files.length,
      vouched,
      waiting,
      root: hex(rootOf(check.hash, frontier)),
      findings: check.findings,
    }
  })
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

interface StoredCheckpoint {
  readonly size: number
  readonly root: string
  readonly note: string
}

async function storedClaims(snapshot: Snapshot, check: Check, signingKey: string): Promise<Claim[]> {
  const claims: Claim[] = []
  for await (const row of snapshot.rows<StoredCheckpoint>('select size, root, note from ledger.checkpoints order by size')) {
    const source = `数据库中第 ${row.size} 条处的签名点`
    const opened = tryOpen(row.note, signingKey)
    if (!opened) note(check, row.size, `${source}签名不符。`)
    else if (opened.size !== row.size || hex(opened.root) !== row.root) note(check, row.size, `${source}与其签名的内容不一致。`)
    claims.push({ source, size: row.size, root: opened ? hex(opened.root) : row.root })
  }
  return claims
}

function tryOpen(text: string, signingKey: string): Checkpoint | null {
  try {
    const { checkpoint } = parseCheckpoint(text)
    return openCheckpoint(text, checkpointVerifier(publicKeyOf(signingKey), checkpoint.origin))
  } catch {
    return null
  }
}

async function exportedClaims(check: Check, settings: CheckpointSettings): Promise<Claim[]> {
  const folder = checkpointFolder(settings)
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.checkpoint')).sort()
  const claims: Claim[] = []
  for (const name of names) {
    const source = `签名点文件 ${name} `
    const opened = tryOpen(await readFile(path.join(folder, name), 'utf8'), settings.signingKey)
    if (opened) claims.push({ source, size: opened.size, root: hex(opened.root) })
    else note(check, Number.parseInt(name, 10) || null, `${source}签名不符或已损坏。`)
  }
  return claims
}

interface Placed {
  readonly seq: number
  readonly leaf: string
  readonly entry: unknown
  readonly entry_leaf: string | null
  readonly id: string
  readonly action: string
  readonly outcome: string
  readonly at: Date
}

const placedEntries = `select s.seq, s.leaf, e.entry, e.leaf as entry_leaf, e.id, e.action, e.outcome, e.at
  from ledger.sequence s left join ledger.entries e on e.no = s.entry_no order by s.seq`

async function walk(snapshot: Snapshot, check: Check, claims: readonly Claim[]): Promise<Frontier> {
  let frontier = emptyFrontier()
  let [expected, next] = [1, 0]
  for await (const row of snapshot.rows<Placed>(placedEntries)) {
    if (row.seq !== expected) note(check, expected, `第 ${expected} 条至第 ${row.seq - 1} 条缺失，已被删除。`)
    judge(check, row)
    frontier = append(check.hash, frontier, Buffer.from(row.leaf, 'hex'))
    expected = row.seq + 1
    while (claims[next] && (claims[next]?.size ?? 0) <= frontier.size) compare(check, frontier, claims[next++])
  }
  for (const claim of claims.slice(next))
    note(check, claim.size, `${claim.source}记载有 ${claim.size} 条，而台账只有 ${frontier.size} 条，末尾被删除。`)
  return frontier
}

function judge(check: Check, row: Placed): void {
  if (row.entry_leaf === null) note(check, row.seq, `第 ${row.seq} 条的内容已被删除。`)
  else if (leafOfStored(check.hash, row.entry) !== row.leaf) note(check, row.seq, `第 ${row.seq} 条的内容被改动。`)
  else if (row.entry_leaf !== row.leaf) note(check, row.seq, `第 ${row.seq} 条的指纹被改动，或与别的条目调换。`)
  else if (!sameColumns(row)) note(check, row.seq, `第 ${row.seq} 条供检索的时间、动作或结果与记载不一致。`)
}

/** The columns beside the entry are there for searching; what counts is the entry. */
function sameColumns(row: Placed): boolean {
  const { id, action, outcome, at } = Object(row.entry) as Record<string, unknown>
  return id === row.id && action === row.action && outcome === row.outcome && Date.parse(String(at)) === row.at.getTime()
}

function compare(check: Check, frontier: Frontier, claim: Claim | undefined): void {
  if (!claim || claim.size !== frontier.size) return
  if (hex(rootOf(check.hash, frontier)) !== claim.root) {
    note(check, claim.size, `${claim.source}与台账不符：第 ${claim.size} 条及以前有改动、插入、删除或调换。`)
  }
}

/** Entries outside the numbered row: those waiting are in order, any other was taken out by somebody. */
async function loose(snapshot: Snapshot, check: Check): Promise<number> {
  let waiting = 0
  const rows = snapshot.rows<{
    waiting: boolean
    entry: unknown
    leaf: string
  }>(`select p.entry_no is not null as waiting, e.entry, e.leaf
    from ledger.entries e left join ledger.pending p on p.entry_no = e.no
    where not exists (select 1 from ledger.sequence s where s.entry_no = e.no) order by e.no`)
  for await (const row of rows) {
    if (row.waiting) waiting += 1
    else note(check, null, '有一条记录没有编号，也不在待编号之列：它的编号被人删除。')
    if (leafOfStored(check.hash, row.entry) !== row.leaf) note(check, null, '有一条尚未编号的记录内容被改动。')
  }
  return waiting
}
