import { sql } from 'kysely'
import { reading, type Tx, writing } from '../database/handles.ts'
import { writeAsSystem } from '../database/transaction.ts'
import { type Loop, startLoop } from '../jobs/loop.ts'
import type { Platform } from '../platform.ts'
import { type CheckpointSettings, keepPublicKey, restoreCheckpointFiles, writeCheckpoint } from './checkpoint.store.ts'
import { leafOfStored } from './entry-leaf.ts'
import { append, type Frontier, readFrontier } from './merkle.rules.ts'
import { provideLedger } from './settings.ts'

const oneSequencer = 715011
const batch = 1_000

interface Pending {
  readonly no: number
  readonly entry: unknown
  readonly leaf: string
}

/**
 * Gives committed entries that have no place yet their gap-free numbers and appends their leaves to the tree, in one
 * transaction. Answers how many were placed: 0 when there are none, or when another process of the product is at it.
 */
export function sequenceEntries(
  platform: Pick<Platform, 'database' | 'clock' | 'crypto' | 'log'>,
  most = batch,
): Promise<number> {
  return writeAsSystem(platform.database, async (tx) => {
    const alone = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${oneSequencer}) as got`.execute(
      reading<'ledger'>(tx),
    )
    if (!alone.rows[0]?.got) return 0
    const pending =
      await sql<Pending>`select e.no, e.entry, e.leaf from ledger.pending p join ledger.entries e on e.no = p.entry_no
      order by p.entry_no limit ${most}`.execute(reading<'ledger'>(tx))
    if (pending.rows.length === 0) return 0
    await place(platform, tx, pending.rows)
    return pending.rows.length
  })
}

async function place(platform: Pick<Platform, 'clock' | 'crypto' | 'log'>, tx: Tx, rows: readonly Pending[]): Promise<void> {
  const db = writing<'ledger'>(tx)
  const before = await frontierOf(tx)
  let frontier = before
  for (const row of rows) {
    // An entry that no longer fits its leaf is placed with the leaf it was written with: so the verifier finds it for ever.
    if (leafOfStored(platform.crypto.hash, row.entry) !== row.leaf) platform.log.error('ledger_entry_changed', { entry: row.no })
    frontier = append(platform.crypto.hash, frontier, Buffer.from(row.leaf, 'hex'))
  }
  const numbers = rows.map((row) => row.no)
  await sql`insert into ledger.sequence (seq, entry_no, leaf)
    select ${before.size}::bigint + t.at, t.no, t.leaf
    from unnest(${`{${numbers.join(',')}}`}::bigint[], ${`{${rows.map((row) => row.leaf).join(',')}}`}::text[]) with ordinality as t (no, leaf, at)`.execute(
    db,
  )
  await sql`delete from ledger.pending where entry_no = any (${`{${numbers.join(',')}}`}::bigint[])`.execute(db)
  await sql`update ledger.frontier set size = ${frontier.size}, nodes = ${JSON.stringify(frontier.nodes)}::jsonb,
    updated_at = ${platform.clock.now()}`.execute(db)
}

/** The tree's right edge as the sequencer left it. */
export async function frontierOf(tx: Tx): Promise<Frontier> {
  const kept = await sql<Frontier>`select size, nodes from ledger.frontier`.execute(reading<'ledger'>(tx))
  return readFrontier(kept.rows[0])
}

/**
 * Keeps the ledger while the product runs: numbers entries twice a second and signs a checkpoint every minute or every
 * thousand entries. Several processes may run it on one database; one at a time does the work.
 */
export async function startSequencer(platform: Platform, settings: CheckpointSettings): Promise<Loop> {
  provideLedger(settings)
  await keepPublicKey(settings)
  await restoreCheckpointFiles(platform, settings)
  return startLoop({
    name: 'ledger',
    every: 500,
    log: platform.log,
    run: async () => {
      const placed = await sequenceEntries(platform)
      await writeCheckpoint(platform, settings)
      return placed < batch ? 0 : placed
    },
  })
}

/** Numbers all that is pending and signs a checkpoint over it, due or not: before an export, a backup, the end. */
export async function settleLedger(platform: Platform, settings: CheckpointSettings): Promise<void> {
  let placed = batch
  while (placed === batch) placed = await sequenceEntries(platform)
  await keepPublicKey(settings)
  await writeCheckpoint(platform, settings, 'now')
}
