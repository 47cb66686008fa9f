import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { inSnapshot, type Snapshot } from '../database/stream.ts'
import type { Platform } from '../platform.ts'
import { checkpointFileName } from './checkpoint.rules.ts'
import { publicKeyOf, type CheckpointSettings, writeWhole } from './checkpoint.store.ts'
import { textOfStored } from './entry-leaf.ts'
import { exportLine } from './entry.rules.ts'

interface Placed {
  readonly seq: number
  readonly entry: unknown
  readonly leaf: string
}

/** Numbered entries as export lines. What was deleted is left out, what was changed goes out as it stands: the verifier shall see it. */
async function* lines(snapshot: Snapshot): AsyncGenerator<string> {
  const rows = snapshot.rows<Placed>(
    'select s.seq, s.leaf, e.entry from ledger.sequence s join ledger.entries e on e.no = s.entry_no order by s.seq',
  )
  for await (const { seq, leaf, entry } of rows) yield exportLine({ seq, leaf, entry: textOfStored(entry) ?? 'null' })
}

async function writeLines(snapshot: Snapshot, file: string): Promise<number> {
  const target = createWriteStream(file, { flush: true })
  await pipeline(Readable.from(lines(snapshot)), target)
  return target.bytesWritten
}

/** What an auditor needs, in one folder: `entries.ndjson`, `checkpoints/` and `public.pem`, all of one moment. */
export async function exportLedgerFolder(
  platform: Pick<Platform, 'database'>,
  settings: CheckpointSettings,
  folder: string,
): Promise<void> {
  await mkdir(path.join(folder, 'checkpoints'), { recursive: true })
  await inSnapshot(platform.database, async (snapshot) => {
    await writeLines(snapshot, path.join(folder, 'entries.ndjson'))
    for await (const row of snapshot.rows<{ size: number; note: string }>(
      'select size, note from ledger.checkpoints order by size',
    )) {
      await writeWhole(path.join(folder, 'checkpoints', checkpointFileName(row.size)), row.note)
    }
  })
  await writeWhole(path.join(folder, 'public.pem'), publicKeyOf(settings.signingKey))
}
