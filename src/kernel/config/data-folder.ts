import { rmSync } from 'node:fs'
import { access, chmod, constants, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { birthOf, isAlive } from './process-identity.ts'
import { fileProblem, StartProblem, systemCode } from './start-problem.ts'

export interface DataFolder {
  /** Absolute path. */
  readonly path: string
  /** Gives the folder back; also done when the process exits. */
  release(): void
}

interface Holder {
  readonly pid: number
  readonly birth: string
}

async function readHolder(file: string): Promise<Holder | undefined> {
  const [pid = '', birth = ''] = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  return /^\d+$/.test(pid) ? { pid: Number(pid), birth } : undefined
}

function holds({ pid, birth }: Holder): boolean {
  return isAlive(pid) && (birth === '' || birthOf(pid) === birth)
}

async function placeIfFree(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw fileProblem(file, error)
  }
}

/** Moves a dead holder's file away by a name of our own, so that of two starters only one takes it. */
async function clearStale(file: string, draft: string): Promise<void> {
  const aside = `${draft}.stale`
  await rename(file, aside).catch(() => undefined)
  const moved = await readHolder(aside)
  // Between reading and moving somebody else may have taken the folder: put that file back.
  if (moved && holds(moved)) await link(aside, file).catch(() => undefined)
  await rm(aside, { force: true })
}

/** Two servers on one folder would both stop and start its database and both write its ledger. */
async function takeLock(folder: string): Promise<() => void> {
  const file = path.join(folder, 'server.pid')
  const draft = `${file}.${process.pid}`
  const own = `${process.pid}\n${birthOf(process.pid)}\n`
  await writeFile(draft, own)
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (await placeIfFree(draft, file)) return () => rmSync(file, { force: true })
      const holder = await readHolder(file)
      if (holder && holds(holder)) {
        throw new StartProblem(
          `数据文件夹 ${folder} 正被另一个表率服务使用（进程 ${holder.pid}）。请先停止它，或用 BIAOSHUAI_DATA 指定别的文件夹。`,
        )
      }
      await clearStale(file, draft)
    }
  } finally {
    await rm(draft, { force: true })
  }
  throw new StartProblem(`数据文件夹 ${folder} 正被另一个表率服务占用。请稍后重新启动。`)
}

async function makeWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK | constants.X_OK)
    const { mode } = await stat(folder)
    // Started by root, the database runs as another user: it may pass through, but not look around.
    if (process.getuid?.() === 0 && (mode & 0o001) === 0) await chmod(folder, mode | 0o011)
    const probe = path.join(folder, `.write-${process.pid}`)
    await writeFile(probe, 'x')
    await rm(probe)
  } catch (error) {
    throw fileProblem(`数据文件夹 ${folder}`, error)
  }
}

/** Creates the folder when needed, checks that it can be written, and keeps any second server out of it. */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  const absolute = path.resolve(folder)
  await makeWritable(absolute)
  const unlock = await takeLock(absolute)
  let held = true
  const release = () => {
    if (held) unlock()
    held = false
    process.off('exit', release)
  }
  process.on('exit', release)
  return { path: absolute, release }
}
