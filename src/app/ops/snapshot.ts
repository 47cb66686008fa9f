import { createReadStream, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { readSettings } from '../../kernel/config/settings.ts'
import { StartProblem } from '../../kernel/config/start-problem.ts'
import { checkpointVerifier } from '../../kernel/ledger/checkpoint-key.ts'
import { replaySnapshot, snapshotFormat } from '../../modules/rulebook/index.ts'
import { registerModules } from '../modules.ts'
import { productRoot, say } from './open.ts'

/** A frozen file, and the public key of the installation that signed it. */
export interface ReplayOrder {
  readonly file: string
  readonly key: string | null
}

/** Reads `<file> [--key <public.pem>]`; null when the words do not fit. */
export function replayOrderOf(words: readonly string[]): ReplayOrder | null {
  const [file, option, key, ...more] = words.flatMap((word) => (word.startsWith('--') ? word.split('=') : [word]))
  if (file === undefined || file.startsWith('--') || more.length > 0) return null
  if (option === undefined) return { file, key: null }
  return option === '--key' && key !== undefined && key !== '' ? { file, key } : null
}

/**
 * Proves a frozen file anywhere: needs the file, the public key and any PostgreSQL (DATABASE_URL, or one of its own for the moment). The
 * installation's data are never opened. Exit code 0 only when every byte came out the same.
 */
export async function replayFile({ file, key }: ReplayOrder): Promise<number> {
  const settings = readSettings({ BIAOSHUAI_LOG_LEVEL: 'warn', ...process.env })
  const keyFile = path.resolve(key ?? path.join(settings.dataFolder, 'ledger', 'public.pem'))
  for (const [what, place] of [
    ['冻结文件', file],
    ['公钥', keyFile],
  ] as const) {
    if (!existsSync(place))
      throw new StartProblem(`没有找到${what} ${place}。写法：snapshot replay <冻结文件> --key <public.pem>`)
  }
  registerModules()
  const begun = Date.now()
  const found = await replaySnapshot({
    open: () => Promise.resolve(createReadStream(file)),
    verifier: checkpointVerifier(await readFile(keyFile, 'utf8'), snapshotFormat),
    place: { serverUrl: settings.databaseUrl ?? null, migrations: path.join(productRoot, 'db/migrations') },
    tell: ({ done, total, message }) => say(`  ${done + 1}/${total ?? '?'} ${message}……`),
  })
  say(found.says)
  for (const { name, rows } of found.parts) say(`  ${name}：${rows} 行，逐字节相同`)
  if (found.difference) {
    say(`  第一处不同：${found.difference.part} 第 ${found.difference.row} 行`)
    say(`  冻结时　${found.difference.frozen ?? '没有这一行'}`)
    say(`  重算得　${found.difference.replayed ?? '没有这一行'}`)
  }
  for (const version of found.versions) say(`  ${version.says}`)
  say(`用时 ${Math.round((Date.now() - begun) / 1000)} 秒。`)
  return found.outcome === 'same' ? 0 : 1
}
