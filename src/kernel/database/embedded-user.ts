import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { StartProblem } from '../config/start-problem.ts'

/** Who runs the database, and how a program is started as that user. */
export interface DatabaseUser {
  /** Absent: the user who runs the server. */
  readonly ids?: { readonly uid: number; readonly gid: number }
  /** Put before a program and its arguments. */
  readonly prefix: readonly string[]
}

const dedicated = 'biaoshuai'

function accountNamed(name: string): { uid: number; gid: number } | undefined {
  const line = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : []
  const fields = line.find((entry) => entry.startsWith(`${name}:`))?.split(':')
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : undefined
}

function createAccount(): { uid: number; gid: number } | undefined {
  const flags = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin']
  try {
    execFileSync('useradd', [...flags, dedicated], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  return accountNamed(dedicated)
}

/** Whoever owns the cluster already goes on running it; a new one prefers a user of its own to one shared with others. */
function chooseAccount(cluster: string): { uid: number; gid: number } {
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const account = accountNamed(dedicated) ?? createAccount() ?? accountNamed('postgres') ?? accountNamed('nobody')
  if (account) return account
  throw new StartProblem(
    '数据库不能以 root 身份运行，而本机没有可以改用的用户。请用普通用户启动，或用 DATABASE_URL 连接已有的 PostgreSQL。',
  )
}

interface Entrant {
  readonly uid: number
  readonly gid: number
}

function mayEnter(folder: string, { uid, gid }: Entrant): boolean {
  const info = statSync(folder)
  if (info.uid === uid) return (info.mode & 0o100) !== 0
  return (info.mode & (info.gid === gid ? 0o010 : 0o001)) !== 0
}

function closedAncestor(place: string, entrant: Entrant): string | undefined {
  const above = path.dirname(place)
  if (!mayEnter(above, entrant)) return above
  return above === path.dirname(above) ? undefined : closedAncestor(above, entrant)
}

/** Starts as the other user but lets it pass folders that are closed to it, such as a home of root; nothing else of root stays. */
function passingThrough({ uid, gid }: Entrant, capability: string): readonly string[] {
  const grants = [`--inh-caps=-all,+${capability}`, `--ambient-caps=-all,+${capability}`]
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...grants, '--']
}

function works([program, ...args]: readonly string[]): boolean {
  try {
    execFileSync(String(program), args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** PostgreSQL refuses to run as root; started by root it runs as another user, who must reach its programs and its folder. */
export function chooseDatabaseUser(cluster: string, program: string): DatabaseUser {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const ids = chooseAccount(cluster)
  const closed = closedAncestor(program, ids) ?? closedAncestor(cluster, ids)
  if (!closed) return { ids, prefix: [] }
  for (const capability of ['dac_read_search', 'dac_override']) {
    const prefix = passingThrough(ids, capability)
    if (works([...prefix, program, '--version'])) return { ids, prefix }
  }
  throw new StartProblem(
    `以 root 启动时数据库改用普通用户运行，但它进不了 ${closed}。请把程序和数据（BIAOSHUAI_DATA）放到其他用户可以进入的位置，或用普通用户启动。`,
  )
}
