import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { exportLedgerFolder } from '../../kernel/ledger/export.ts'
import { settleLedger } from '../../kernel/ledger/sequencer.ts'
import { verdictOf } from '../../kernel/ledger/verdict.ts'
import { verifyLedger } from '../../kernel/ledger/verify.ts'
import { atWork, say, type Workplace } from './open.ts'

/** Verifies the ledger twice: in this program, and by the separate one on a temporary export. */
export function verify(): Promise<number> {
  return atWork(verifyAt)
}

/** The same with the data already open. */
export async function verifyAt(place: Workplace): Promise<number> {
  await settleLedger(place.platform, place.ledger)
  const found = await verifyLedger(place.platform, place.ledger)
  say(`一、本程序核验：${verdictOf(found)}`)
  for (const { says } of found.findings) say(`  ${says}`)
  // Without an entry there is no checkpoint, and the separate program would say that it cannot judge.
  if (found.entries === 0) return found.whole ? 0 : 1
  const folder = await mkdtemp(path.join(tmpdir(), 'biaoshuai-verify-'))
  try {
    await exportLedgerFolder(place.platform, place.ledger, folder)
    say('二、独立核验程序（tools/verify-ledger.mjs，与本程序不共用代码）：')
    const separate = await runVerifier(place, folder)
    return found.whole && separate === 0 ? 0 : 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runVerifier(place: Workplace, folder: string): Promise<number> {
  const checkpoints = [path.join(folder, 'checkpoints'), path.join(place.ledger.folder, 'checkpoints')]
  const args = [
    path.join(place.root, 'tools/verify-ledger.mjs'),
    path.join(folder, 'entries.ndjson'),
    ...checkpoints,
    path.join(folder, 'public.pem'),
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  const [code] = (await once(child, 'close')) as [number | null]
  return code ?? 1
}

/** Exports entries, checkpoints and public key for somebody who trusts neither this program nor its database. */
export function exportTo(folder: string): Promise<number> {
  return atWork(async (place) => {
    await settleLedger(place.platform, place.ledger)
    await exportLedgerFolder(place.platform, place.ledger, folder)
    say(`台账已导出到 ${path.resolve(folder)}。`)
    say(
      `核验：node tools/verify-ledger.mjs ${path.join(folder, 'entries.ndjson')} ${path.join(folder, 'checkpoints')} ${path.join(folder, 'public.pem')}`,
    )
    return 0
  })
}
