import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDataFolder } from '../../kernel/config/data-folder.ts'
import { loadSecrets, type Secrets } from '../../kernel/config/secrets.ts'
import { readSettings, type Settings } from '../../kernel/config/settings.ts'
import { StartProblem } from '../../kernel/config/start-problem.ts'
import { attachEmbeddedPostgres } from '../../kernel/database/embedded-attach.ts'
import { openDatabase } from '../../kernel/database/pool.ts'
import type { CheckpointSettings } from '../../kernel/ledger/checkpoint.store.ts'
import { provideLedger } from '../../kernel/ledger/settings.ts'
import type { Platform } from '../../kernel/platform.ts'
import { useMode } from '../../modules/directory/index.ts'
import { openOwnDatabase } from '../database.ts'
import { registerModules } from '../modules.ts'
import { makePlatform } from '../platform.ts'

/** The operator's place: the same data as the server's, whether the server is running or not. */
export interface Workplace {
  readonly root: string
  readonly settings: Settings
  readonly secrets: Secrets
  readonly platform: Platform
  readonly ledger: CheckpointSettings
  readonly ownerUrl: string
  /** True when the server is running on the embedded database at this moment. */
  readonly attached: boolean
  close(): Promise<void>
}

export const productRoot = fileURLToPath(new URL('../../..', import.meta.url))

/** The operator's own sentences; logs go to the other stream. */
export function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`)
}

interface OpenDatabase {
  readonly ownerUrl: string
  readonly appUrl: string
  readonly attached: boolean
  stop(): Promise<void>
}

/** Opens the data as the server does, or joins the running server's database. Throws a StartProblem. */
export async function openWorkplace(first: 'may be new' | 'must exist' = 'must exist'): Promise<Workplace> {
  const settings = readSettings({ BIAOSHUAI_LOG_LEVEL: 'warn', ...process.env })
  if (first === 'may be new') mkdirSync(settings.dataFolder, { recursive: true })
  else refuseNothing(settings)
  const secrets = await loadSecrets(settings.dataFolder, settings.secretsFile)
  const opened = await openData(settings, secrets)
  const platform = await patientPlatform(settings, secrets, opened.appUrl)
  const ledger = { folder: path.join(settings.dataFolder, 'ledger'), signingKey: secrets.ledgerSigningKey }
  provideLedger(ledger)
  useMode(settings.mode)
  registerModules()
  return {
    root: productRoot,
    settings,
    secrets,
    platform,
    ledger,
    ownerUrl: opened.ownerUrl,
    attached: opened.attached,
    close: async () => {
      await platform.database.close()
      await opened.stop()
    },
  }
}

/** A mistyped folder must not become a new, empty installation. */
function refuseNothing(settings: Settings): void {
  if (settings.databaseUrl !== undefined || existsSync(settings.dataFolder)) return
  throw new StartProblem(
    `没有找到数据文件夹 ${settings.dataFolder}。请用 BIAOSHUAI_DATA 指明它的位置，或先用 npm start 启动一次。`,
  )
}

async function openData(settings: Settings, secrets: Secrets): Promise<OpenDatabase> {
  const running =
    settings.databaseUrl === undefined ? await attachEmbeddedPostgres(path.join(settings.dataFolder, 'database')) : null
  if (running !== null)
    return { ownerUrl: running, appUrl: appUrlOf(running, secrets), attached: true, stop: () => Promise.resolve() }
  const folder = settings.databaseUrl === undefined ? await openDataFolder(settings.dataFolder) : null
  try {
    const database = await openOwnDatabase(productRoot, settings, secrets)
    const stop = async () => {
      await database.stop()
      folder?.release()
    }
    return { ownerUrl: database.ownerUrl, appUrl: database.appUrl, attached: false, stop }
  } catch (error) {
    folder?.release()
    throw error
  }
}

function appUrlOf(ownerUrl: string, secrets: Secrets): string {
  const url = new URL(ownerUrl)
  url.username = 'biaoshuai_app'
  url.password = encodeURIComponent(secrets.appDatabasePassword)
  return url.href
}

/** The operator's work may take long: no statement is cut off. */
async function patientPlatform(settings: Settings, secrets: Secrets, appUrl: string): Promise<Platform> {
  const made = makePlatform(settings, secrets, appUrl)
  await made.database.close()
  return { ...made, database: openDatabase(appUrl, { max: 4, name: 'biaoshuai-ops', statementTimeout: 0 }) }
}

/** Runs work with the data open, and closes it whatever happens. `may be new` is for what one does before the first start. */
export async function atWork(work: (place: Workplace) => Promise<number>, first?: 'may be new'): Promise<number> {
  const place = await openWorkplace(first)
  try {
    return await work(place)
  } finally {
    await place.close()
  }
}

/** Shows that something long is still going on; answers how to end it. */
export function ticking(what: string): () => void {
  const begun = Date.now()
  const seconds = () => Math.round((Date.now() - begun) / 1000)
  say(`${what}……`)
  const timer = setInterval(() => say(`  ${what}，已用 ${seconds()} 秒`), 5_000)
  // Work that fails is never told to have ended; that must not keep the command running.
  timer.unref()
  return () => {
    clearInterval(timer)
    say(`  ${what}：完成，用时 ${seconds()} 秒`)
  }
}
