import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { reading, type Tx, writing } from '../database/handles.ts'
import { readAsSystem, writeAsSystem } from '../database/transaction.ts'
import type { Platform } from '../platform.ts'
import { checkpointSigner } from './checkpoint-key.ts'
import { checkpointFileName, signCheckpoint } from './checkpoint.rules.ts'
import { instantOf } from './ledger.store.ts'
import { readFrontier, rootOf } from './merkle.rules.ts'

/** Where checkpoints go and with what they are signed. */
export interface CheckpointSettings {
  /** The ledger's own folder in the data folder: `public.pem` and `checkpoints/`. */
  readonly folder: string
  /** Ed25519 private key in PEM (PKCS #8). */
  readonly signingKey: string
}

const everyMilliseconds = 60_000
const everyEntries = 1_000
const oneSigner = 715013

/** The public key that belongs to the signing key, in PEM (SPKI). */
export function publicKeyOf(signingKey: string): string {
  return createPublicKey(createPrivateKey(signingKey)).export({ type: 'spki', format: 'pem' }).toString()
}

/** Where the exported checkpoints lie. */
export function checkpointFolder(settings: Pick<CheckpointSettings, 'folder'>): string {
  return path.join(settings.folder, 'checkpoints')
}

/** Lays the public key where an auditor finds it. */
export async function keepPublicKey(settings: CheckpointSettings): Promise<void> {
  await mkdir(checkpointFolder(settings), { recursive: true })
  await writeWhole(path.join(settings.folder, 'public.pem'), publicKeyOf(settings.signingKey))
}

/**
 * Signs the tree's root when a minute or a thousand entries have passed since the last checkpoint, stores it and exports it
 * to its own file. Answers the size signed, or null when nothing was due.
 */
export async function writeCheckpoint(
  platform: Platform,
  settings: CheckpointSettings,
  when: 'due' | 'now' = 'due',
): Promise<number | null> {
  const made = await writeAsSystem(platform.database, (tx) => sign(platform, tx, { signingKey: settings.signingKey, when }))
  if (!made) return null
  await exportCheckpoint(platform, settings, made)
  return made.size
}

/** A checkpoint once exported is never written over: a log rewritten and signed anew must not replace the evidence. */
async function exportCheckpoint(
  platform: Pick<Platform, 'log'>,
  settings: CheckpointSettings,
  made: { size: number; note: string },
): Promise<void> {
  const file = path.join(checkpointFolder(settings), checkpointFileName(made.size))
  const there = await readFile(file, 'utf8').catch(() => null)
  if (there === null) await writeWhole(file, made.note)
  else if (there !== made.note) platform.log.error('ledger_checkpoint_differs', { size: made.size })
}

interface State {
  readonly size: number
  readonly nodes: unknown
  readonly signed: number | null
  readonly signed_at: Date | null
}

async function sign(platform: Platform, tx: Tx, how: { signingKey: string; when: 'due' | 'now' }) {
  const state = await sql<State>`select f.size, f.nodes, c.size as signed, c.signed_at from ledger.frontier f
    left join lateral (select size, signed_at from ledger.checkpoints order by size desc limit 1) c on true`.execute(
    reading<'ledger'>(tx),
  )
  const now = platform.clock.now()
  const [row] = state.rows
  if (!row || !isDue(row, { now, when: how.when })) return null
  const alone = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${oneSigner}) as got`.execute(reading<'ledger'>(tx))
  if (!alone.rows[0]?.got) return null
  const frontier = readFrontier(row)
  const root = rootOf(platform.crypto.hash, frontier)
  const origin = await originOf(tx, now)
  const note = signCheckpoint(
    { origin, size: frontier.size, root, time: instantOf(now) },
    checkpointSigner(how.signingKey, origin),
  )
  await sql`insert into ledger.checkpoints (size, root, frontier, note, signed_at)
    values (${frontier.size}, ${Buffer.from(root).toString('hex')}, ${JSON.stringify(frontier)}::jsonb, ${note}, ${now})
    on conflict (size) do nothing`.execute(writing<'ledger'>(tx))
  return { size: frontier.size, note }
}

function isDue(state: State, { now, when }: { now: Date; when: 'due' | 'now' }): boolean {
  if (state.size === (state.signed ?? 0)) return false
  if (when === 'now' || state.signed_at === null) return true
  return now.getTime() - state.signed_at.getTime() >= everyMilliseconds || state.size - (state.signed ?? 0) >= everyEntries
}

/** The log's name for ever, drawn at the first checkpoint: it keeps the checkpoints of two installations apart. */
async function originOf(tx: Tx, now: Date): Promise<string> {
  const drawn = `biaoshuai/${randomBytes(8).toString('hex')}`
  await sql`insert into kernel.settings (name, value, updated_at) values ('ledger.origin', ${JSON.stringify(drawn)}::jsonb, ${now})
    on conflict (name) do nothing`.execute(writing<'kernel'>(tx))
  const kept = await sql<{ value: string }>`select value from kernel.settings where name = 'ledger.origin'`.execute(
    reading<'kernel'>(tx),
  )
  return kept.rows[0]?.value ?? drawn
}

/** Exports what was signed but not written out, because the process died in between or another one signed it. */
export async function restoreCheckpointFiles(
  platform: Pick<Platform, 'database'>,
  settings: CheckpointSettings,
): Promise<number> {
  const folder = checkpointFolder(settings)
  const there = new Set(await readdir(folder).catch(() => []))
  const rows = await readAsSystem(platform.database, (read) =>
    sql<{ size: number; note: string }>`select size, note from ledger.checkpoints order by size`.execute(reading<'ledger'>(read)),
  )
  const missing = rows.rows.filter((row) => !there.has(checkpointFileName(row.size)))
  for (const row of missing) await writeWhole(path.join(folder, checkpointFileName(row.size)), row.note)
  return missing.length
}

/** Writes a file that is whole on disk or not there. */
export async function writeWhole(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.new`
  {
    await using handle = await open(draft, 'w', 0o644)
    await handle.writeFile(content)
    await handle.sync()
  }
  await rename(draft, file)
}
