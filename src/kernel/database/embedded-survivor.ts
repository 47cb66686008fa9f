import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isAlive } from '../config/process-identity.ts'
import { StartProblem } from '../config/start-problem.ts'

function link(file: string): string {
  try {
    return readlinkSync(file)
  } catch {
    return ''
  }
}

function isPostgres(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('postgres') || link(`/proc/${pid}/exe`).includes('postgres')
  } catch {
    return false
  }
}

/** Every process of PostgreSQL works inside its cluster, so its working directory tells whose it is. */
function processesByFolder(cluster: string): number[] {
  const real = realpathSync(cluster)
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.filter((pid) => link(`/proc/${pid}/cwd`) === real && isPostgres(pid)).map(Number)
}

/** Where the system has no /proc: the noted process, when its command line names this folder. */
function notedProcess(cluster: string): number[] {
  const pid = notedPid(cluster)
  if (!pid || !isAlive(pid)) return []
  try {
    const command = execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
    return command.includes('postgres') && command.includes(cluster) ? [pid] : []
  } catch {
    return []
  }
}

function notedPid(cluster: string): number {
  try {
    return Number.parseInt(readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8'), 10)
  } catch {
    return 0
  }
}

function running(cluster: string): number[] {
  return existsSync('/proc/self/cwd') ? processesByFolder(cluster) : notedProcess(cluster)
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name)
    } catch {
      // It has ended meanwhile.
    }
  }
}

async function untilGone(cluster: string, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds
  while (running(cluster).length > 0) {
    if (Date.now() > deadline) return false
    await pause(20)
  }
  return true
}

/**
 * After the server was killed its database may live on, or only some of the database's workers, or just the note of a dead
 * one. Ends what still works in this cluster, by a fast shutdown first, and clears a note that names nobody of ours: the
 * number may belong to a stranger by now, and PostgreSQL would take him for its own.
 */
export async function endSurvivor(cluster: string): Promise<void> {
  const survivors = running(cluster)
  if (survivors.length > 0) {
    const postmaster = survivors.filter((pid) => pid === notedPid(cluster))
    signal(postmaster.length > 0 ? postmaster : survivors, postmaster.length > 0 ? 'SIGINT' : 'SIGQUIT')
    if (!(await untilGone(cluster, 30_000))) {
      signal(running(cluster), 'SIGQUIT')
      if (!(await untilGone(cluster, 10_000))) {
        throw new StartProblem(`上次的数据库进程（${running(cluster).join('、')}）无法结束。请手动结束它，再重新启动。`)
      }
    }
  }
  rmSync(path.join(cluster, 'postmaster.pid'), { force: true })
}
