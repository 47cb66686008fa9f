import path from 'node:path'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { type Loop, startLoop } from '../kernel/jobs/loop.ts'
import { startSequencer } from '../kernel/ledger/sequencer.ts'
import type { Platform } from '../kernel/platform.ts'
import { sweep, updateCells } from '../modules/rulebook/index.ts'

/** Settings of the work that goes on beside the requests. */
export interface BackgroundSettings {
  readonly dataFolder: string
  readonly signingKey: string
}

/** Starts what goes on beside the requests; answers how to end it. */
export async function startBackground(platform: Platform, settings: BackgroundSettings): Promise<{ stop(): Promise<void> }> {
  const { log } = platform
  const loops: Loop[] = [
    await startSequencer(platform, { signingKey: settings.signingKey, folder: path.join(settings.dataFolder, 'ledger') }),
    startLoop({ name: 'cells', every: 300, log, run: () => writeAsSystem(platform.database, (tx) => updateCells(tx)) }),
    startLoop({ name: 'sweep', every: 60_000, log, run: () => sweepDay(platform) }),
  ]
  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

/** Statuses change because a day passes; nothing is done when today has been swept already. */
async function sweepDay(platform: Platform): Promise<number> {
  await writeAsSystem(platform.database, (tx) => sweep(tx, platform.clock.today()))
  return 0
}
