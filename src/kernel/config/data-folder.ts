import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { access, chmod, constants, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileProblem, StartProblem } from './start-problem.ts'

export interface DataFolder {
  /** Absolute path. */
  readonly path: string
  /** Gives the folder back; also done when the process exits. */
  release(): void
}

/** SQLite's answer when another connection has the file. */
const BUSY = 5

function holderOf(file: string): string {
  try {
    return `（进程 ${readFileSync(file, 'utf8').trim()}）`
  } catch {
    return ''
  }
}

/**
 * Two servers on one folder would both stop and start its database and both write its ledger. The lock is the operating
 * system's own, taken through SQLite, so it ends with its process however that ends; `server.pid` only tells who has it.
 */
function takeLock(folder: string): () => void {
  const mark = path.join(folder, 'server.pid')
  const lock = new DatabaseSync(path.join(folder, 'server.lock'))
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (!(error instanceof Error && 'errcode' in error && error.errcode === BUSY)) throw fileProblem(folder, error)
    throw new StartProblem(
      `数据文件夹 ${folder} 正被另一个表率服务使用${holderOf(mark)}。请先停止它，或用 BIAOSHUAI_DATA 指定别的文件夹。`,
    )
  }
  writeFileSync(mark, `${process.pid}\n`)
  return () => {
    rmSync(mark, { force: true })
    lock.close()
  }
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
  const unlock = takeLock(absolute)
  let held = true
  const release = () => {
    if (held) unlock()
    held = false
    process.off('exit', release)
  }
  process.on('exit', release)
  return { path: absolute, release }
}
