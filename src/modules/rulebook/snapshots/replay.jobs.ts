import { sql } from 'kysely'
import { emptyDatabases } from '../../../kernel/database/empty-database.ts'
import { reading, writing } from '../../../kernel/database/handles.ts'
import { readAsSystem, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { fileStore } from '../../../kernel/files/file-store.ts'
import { publicKeyOf } from '../../../kernel/ledger/checkpoint.store.ts'
import { checkpointVerifier } from '../../../kernel/ledger/checkpoint-key.ts'
import { ledgerSettings } from '../../../kernel/ledger/settings.ts'
import { errorFields } from '../../../kernel/log/log.ts'
import type { Platform } from '../../../kernel/platform.ts'
import type { Running } from './freeze.jobs.ts'
import type { ReplayFound } from './replay.contract.ts'
import { replaySnapshot } from './replay.store.ts'
import { snapshotFormat } from './snapshot-file.contract.ts'

/** The public half of this installation's key, as snapshots are checked with it. */
export const ownVerifier = () => checkpointVerifier(publicKeyOf(ledgerSettings().signingKey), snapshotFormat)

/** Does a replay that was asked for and keeps what it found; null when it was done already. */
export async function runReplay(
  platform: Platform,
  id: string,
  running: Running = { attempt: 99, progress: () => undefined },
): Promise<ReplayFound | null> {
  const asked = await readAsSystem(platform.database, async (read) => {
    const { rows } = await sql<{ no: number; file: string }>`select r.no, s.file_sha256 as file from rulebook.snapshot_replays r
      join rulebook.snapshots s on s.no = r.snapshot_no where r.id = ${id} and r.state = 'running'`.execute(
      reading<'rulebook'>(read),
    )
    return rows[0]
  })
  if (!asked) return null
  try {
    const found = await replaySnapshot({
      open: () => fileStore().get(asked.file),
      verifier: ownVerifier(),
      place: emptyDatabases(),
      tell: running.progress,
    })
    await end(platform, asked.no, found)
    return found
  } catch (error) {
    platform.log.warn('replay_failed', { replay: id, ...errorFields(error) })
    if (running.attempt < 3) throw error
    await end(platform, asked.no, null)
    return null
  }
}

async function end(platform: Platform, no: number, found: ReplayFound | null): Promise<void> {
  await writeAsSystem(platform.database, (tx) =>
    sql`update rulebook.snapshot_replays set state = ${found ? 'done' : 'failed'}, outcome = ${found?.outcome ?? null},
      found = ${found ? JSON.stringify(found) : null}::jsonb, ended_at = ${platform.clock.now()} where no = ${no} and state = 'running'`.execute(
      writing<'rulebook'>(tx),
    ),
  )
}
