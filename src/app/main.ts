import { createServer } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDataFolder } from '../kernel/config/data-folder.ts'
import { loadSecrets } from '../kernel/config/secrets.ts'
import { readSettings, type Settings } from '../kernel/config/settings.ts'
import { StartProblem } from '../kernel/config/start-problem.ts'
import { useEmptyDatabases } from '../kernel/database/empty-database.ts'
import { provideLedger } from '../kernel/ledger/settings.ts'
import { openFileStore, useFileStore } from '../kernel/files/file-store.ts'
import { buildServer } from '../kernel/http/server.ts'
import { addSingleSignOn, authenticate, rosterChecksEnded, useMode, useStagingFolder } from '../modules/directory/index.ts'
import { RulebooksRefused } from '../modules/rulebook/index.ts'
import { startBackground } from './background.ts'
import { openOwnDatabase } from './database.ts'
import { firstContents } from './first-contents.ts'
import { registerModules, routes } from './modules.ts'
import { makePlatform } from './platform.ts'
import { ensureWeb } from './web-build.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const say = (sentence: string) => process.stdout.write(`${sentence}\n`)

/** Says early and clearly that the port is taken, before anything is started. */
function checkPort({ port, host }: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? `端口 ${port} 已被占用。请先停掉占用它的程序，或换一个端口，例如：PORT=${port + 1} npm start`
          : `不能监听 ${host}:${port}（${error.code ?? ''}）。请检查 PORT 和 BIAOSHUAI_HOST。`
      reject(new StartProblem(why))
    })
    probe.listen(port, host, () => probe.close(() => resolve()))
  })
}

/** What was started, ended in the opposite order, once, whoever asks. */
function endOnce(): { add(end: () => Promise<void> | void): void; run(): Promise<void> } {
  const ends: (() => Promise<void> | void)[] = []
  let running: Promise<void> | null = null
  const all = async () => {
    for (const end of ends.toReversed()) await Promise.resolve(end()).catch(() => undefined)
  }
  return {
    add: (end) => void ends.push(end),
    run: () => {
      running ??= all()
      return running
    },
  }
}

const accounts: readonly (readonly [string, string])[] = [
  ['gongwei', '工委工作人员'],
  ['lingdao', '单位党组书记'],
  ['danwei', '专职副书记'],
  ['jiwei', '纪委书记'],
  ['zhibu', '支部书记'],
  ['dangyuan', '党员'],
  ['jiancha', '检查人员'],
  ['fuhe', '工委工作人员（复核申诉）'],
  ['xitong', '系统管理员'],
  ['anquan', '安全管理员'],
  ['shenji', '审计管理员'],
]

function announce(settings: Settings): void {
  say(`\n表率已启动：${settings.origin}`)
  if (settings.mode === 'production') return
  say('演示账号（密码都是 Biaoshuai-2026，只在演示中有效）：')
  for (const [username, role] of accounts) say(`  ${username.padEnd(10)}${role}`)
}

async function start(ends: ReturnType<typeof endOnce>): Promise<void> {
  const settings = readSettings(process.env)
  await checkPort(settings)
  const folder = await openDataFolder(settings.dataFolder)
  ends.add(() => folder.release())
  const secrets = await loadSecrets(folder.path, settings.secretsFile)
  const [database, webFolder] = await Promise.all([openOwnDatabase(root, settings, secrets), ensureWeb(root, say)])
  ends.add(() => database.stop())
  const platform = makePlatform(settings, secrets, database.appUrl)
  ends.add(() => platform.database.close())
  useMode(settings.mode)
  const ledger = { signingKey: secrets.ledgerSigningKey, folder: path.join(folder.path, 'ledger') }
  provideLedger(ledger)
  useStagingFolder(path.join(folder.path, 'staging'))
  useEmptyDatabases({ serverUrl: database.ownerUrl, migrations: path.join(root, 'db/migrations') })
  useFileStore(await openFileStore(path.join(folder.path, 'files')))
  registerModules()
  await firstContents(platform, { root, mode: settings.mode, say })
  const background = await startBackground(platform, {
    settings,
    ledger,
    databaseUrl: database.appUrl,
  })
  ends.add(() => background.stop())
  ends.add(() => rosterChecksEnded())
  const server = await buildServer({
    platform,
    routes,
    authenticate: authenticate(platform),
    origin: settings.origin,
    strictOrigin: settings.mode === 'production',
    trustProxy: settings.trustProxy,
    webFolder,
  })
  ends.add(() => server.close())
  if (settings.oidc) addSingleSignOn(server, platform, { settings: settings.oidc, origin: settings.origin })
  await server.listen({ port: settings.port, host: settings.host })
  announce(settings)
}

const ends = endOnce()
const leave = (code: number) =>
  void ends.run().then(() => {
    if (code === 0) say('已停止。')
    process.exit(code)
  })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => leave(0))
process.on('disconnect', () => leave(0))

try {
  await start(ends)
} catch (error) {
  const understood = error instanceof StartProblem || error instanceof RulebooksRefused
  process.stderr.write(
    `\n${understood ? error.message : `没有启动成功，请把下面的内容交给技术人员：\n${error instanceof Error ? error.stack : String(error)}`}\n`,
  )
  leave(1)
}
