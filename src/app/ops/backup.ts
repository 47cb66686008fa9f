import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { takeBackup } from '../../kernel/backup/dump.ts'
import { restoreBackup } from '../../kernel/backup/load.ts'
import { checkBackup, readManifest } from '../../kernel/backup/manifest.ts'
import { openDataFolder } from '../../kernel/config/data-folder.ts'
import { loadSecrets } from '../../kernel/config/secrets.ts'
import { readSettings, type Settings } from '../../kernel/config/settings.ts'
import { StartProblem } from '../../kernel/config/start-problem.ts'
import { startEmbeddedPostgres } from '../../kernel/database/embedded.ts'
import { settleLedger } from '../../kernel/ledger/sequencer.ts'
import { verifyAt } from './ledger.ts'
import { atWork, productRoot, say } from './open.ts'

const keyFileOf = (settings: Settings) => settings.secretsFile ?? path.join(settings.dataFolder, 'secrets.json')

/** Copies all data but the keys into a new folder. */
export function backup(folder: string): Promise<number> {
  return atWork(async (place) => {
    await settleLedger(place.platform, place.ledger)
    const target = path.resolve(folder)
    const made = await takeBackup({
      ownerUrl: place.ownerUrl,
      dataFolder: place.settings.dataFolder,
      target,
      now: new Date(),
      tell: say,
    })
    const rows = made.tables.reduce((sum, table) => sum + table.rows, 0)
    say(`备份完成：${made.tables.length} 张表、${rows} 行、${made.files.length} 个文件，在 ${target}。`)
    say(
      `密钥不在备份中。请另行保存 ${keyFileOf(place.settings)}，与备份分开存放：没有它，备份中的证件号码和电话读不出来，也无法恢复。`,
    )
    return 0
  })
}

/** Restores a backup into an empty installation, and verifies what was restored. */
export async function restore(folder: string): Promise<number> {
  const settings = readSettings({ BIAOSHUAI_LOG_LEVEL: 'warn', ...process.env })
  const source = path.resolve(folder)
  const manifest = await readManifest(source)
  if (!existsSync(keyFileOf(settings))) {
    throw new StartProblem(`恢复前请先把备份时的密钥文件放到 ${keyFileOf(settings)}（或用 BIAOSHUAI_SECRETS 指明），再重新执行。`)
  }
  say('正在检查备份是否完整……')
  await checkBackup(source, manifest)
  await mkdir(settings.dataFolder, { recursive: true })
  const held = await openDataFolder(settings.dataFolder)
  try {
    const secrets = await loadSecrets(held.path, settings.secretsFile)
    const mark = (await readFile(path.join(held.path, 'secrets.fingerprint'), 'utf8')).trim()
    if (mark !== manifest.secrets)
      throw new StartProblem('密钥文件与这份备份不符，什么都没有恢复。请放好备份时的密钥文件，并换一个新的数据文件夹后重试。')
    const embedded =
      settings.databaseUrl === undefined ? await startEmbeddedPostgres({ folder: path.join(held.path, 'database') }) : null
    try {
      await restoreBackup({
        ownerUrl: settings.databaseUrl ?? embedded?.url ?? '',
        dataFolder: held.path,
        source,
        manifest,
        migrations: path.join(productRoot, 'db/migrations'),
        appPassword: secrets.appDatabasePassword,
        tell: say,
      })
    } finally {
      await embedded?.stop()
    }
  } finally {
    held.release()
  }
  say(`已恢复 ${manifest.takenAt} 的备份，各表行数与备份相同。现在核验台账。`)
  return atWork(verifyAt)
}
