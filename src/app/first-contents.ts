import path from 'node:path'
import { reading } from '../kernel/database/handles.ts'
import { readAsSystem, writeAsSystem } from '../kernel/database/transaction.ts'
import type { Platform } from '../kernel/platform.ts'
import { hashPassword } from '../modules/directory/index.ts'
import { compareShipped, keepFiguresFrom, loadRulebooks } from '../modules/rulebook/index.ts'
import { seedDemonstration } from './demonstration/seed-demonstration.ts'

/** The one password of all demonstration accounts; they cannot sign in to production. */
export const demonstrationPassword = 'Biaoshuai-2026'

/** Loads the rulebooks into an empty database, and the demonstration city where this is a demonstration. */
export async function firstContents(
  platform: Platform,
  options: { root: string; mode: 'demonstration' | 'production'; say: (sentence: string) => void },
): Promise<void> {
  const loaded = await writeAsSystem(platform.database, async (tx) => {
    const documents = await loadRulebooks(tx, path.join(options.root, 'rulebooks'))
    // Nobody owes anything for the time before the installation; a city that brings old records moves the day back.
    if (documents > 0) await keepFiguresFrom(tx, `${platform.clock.today().slice(0, 7)}-01`)
    return documents
  })
  if (loaded > 0) options.say(`已载入 ${loaded} 份制度文件。`)
  const newer = await writeAsSystem(platform.database, (tx) =>
    compareShipped(tx, { folder: path.join(options.root, 'rulebooks'), at: platform.clock.now() }),
  )
  if (newer > 0) options.say(`有 ${newer} 份随软件更新的制度文件与现行的不同，已存为草稿，请工委比对。`)
  if (options.mode === 'production') return
  const present = await readAsSystem(platform.database, (read) =>
    reading<'directory'>(read).selectFrom('directory.organizations').select('no').limit(1).executeTakeFirst(),
  )
  if (present) return
  options.say('正在生成演示城市……')
  await seedDemonstration(platform, {
    scale: 'small',
    today: platform.clock.today(),
    passwordHash: await hashPassword(demonstrationPassword),
  })
}
