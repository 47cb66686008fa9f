import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { fileProblem, StartProblem } from '../config/start-problem.ts'
import { type Binaries, findBinaries } from './embedded-binaries.ts'
import { chooseDatabaseUser, type DatabaseUser } from './embedded-user.ts'

export const accessSchema = z.object({ password: z.string().min(16), port: z.number().int().optional() })

/** The superuser's password and the remembered port. */
export type Access = z.output<typeof accessSchema>

/** What stands in the folder of an embedded database. */
export interface Cluster {
  readonly folder: string
  /** PostgreSQL's own folder. */
  readonly data: string
  readonly log: string
  readonly access: Access
  readonly binaries: Binaries
  readonly user: DatabaseUser
}

const spaceOfNewCluster = 256 * 1024 * 1024
const spaceToRun = 48 * 1024 * 1024

function accessFile(folder: string): string {
  return path.join(folder, 'access.json')
}

/** Writes the password and port, readable by the owner only; the file is whole at every moment. */
export function rememberAccess(folder: string, access: Access): void {
  const draft = `${accessFile(folder)}.new`
  writeFileSync(draft, `${JSON.stringify(access)}\n`, { mode: 0o600, flush: true })
  renameSync(draft, accessFile(folder))
}

function readAccess(folder: string): Access {
  try {
    return accessSchema.parse(JSON.parse(readFileSync(accessFile(folder), 'utf8')))
  } catch (error) {
    throw new StartProblem(`数据库的口令文件 ${accessFile(folder)} 缺失或已损坏。请从备份中恢复整个数据文件夹，再重新启动。`, {
      cause: error,
    })
  }
}

function checkSpace(folder: string, wanted: number): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= wanted) return
  const free = Math.floor((bavail * bsize) / 1024 / 1024)
  throw new StartProblem(
    `${folder} 所在磁盘只剩 ${free} MB，数据库无法运行。请清出空间，或用 BIAOSHUAI_DATA 换一个磁盘，再重新启动。`,
  )
}

/** The few variables the programs may see: settings of another PostgreSQL in our environment must not reach them. */
export function databaseEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8', TZ: 'UTC' }
}

/** The command and user to start one of PostgreSQL's programs with. */
export function commandFor(user: DatabaseUser, program: string, args: readonly string[]) {
  const [command, ...rest] = [...user.prefix, program, ...args]
  return { command: String(command), args: rest, identity: user.prefix.length > 0 ? {} : (user.ids ?? {}) }
}

function initdbArguments(data: string, passwordFile: string): string[] {
  const locale = ['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=zh-Hans-CN', '--lc-messages=C']
  const identity = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  return [`--pgdata=${data}`, ...identity, ...locale, '--data-checksums', '--no-instructions']
}

function runInitdb(
  user: DatabaseUser,
  program: string,
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const { command, args: all, identity } = commandFor(user, program, args)
  return new Promise((resolve) => {
    const child = spawn(command, all, { ...identity, env: databaseEnvironment(), cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: string[] = []
    const collect = (chunk: Buffer) => chunks.push(chunk.toString('utf8'))
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', (error) => resolve({ code: null, output: error.message }))
    child.on('close', (code) => resolve({ code, output: chunks.join('') }))
  })
}

/** Says a failed start in the operator's words; the technical text follows for whoever helps him. */
export function databaseProblem(output: string): StartProblem {
  const tail = output.trim().split('\n').slice(-8).join('\n')
  if (/No space left on device|Disk quota exceeded/.test(tail)) {
    return new StartProblem(`磁盘已满，数据库无法启动。请清出空间，再重新启动。\n${tail}`)
  }
  if (/Permission denied|wrong ownership|invalid permissions/.test(tail)) {
    return new StartProblem(`数据库读写数据文件夹时没有权限。请确认数据文件夹的所有者没有被改动，再重新启动。\n${tail}`)
  }
  if (/Cannot allocate memory|could not map anonymous shared memory/.test(tail)) {
    return new StartProblem(`内存不足，数据库无法启动。请至少留出 512 MB 可用内存，再重新启动。\n${tail}`)
  }
  if (/database files are incompatible/.test(tail)) {
    return new StartProblem(`数据文件夹来自另一个版本的数据库。请用原来的程序版本启动并导出数据，或换一个数据文件夹。\n${tail}`)
  }
  return new StartProblem(
    `数据库没有启动成功。请查看数据文件夹中的 postgres.log，或用 DATABASE_URL 连接已有的 PostgreSQL。\n${tail}`,
  )
}

function giveTo(user: DatabaseUser, place: string): void {
  if (user.ids) chownSync(place, user.ids.uid, user.ids.gid)
}

/** Makes the cluster beside its place and moves it there when whole, so that an interrupted first start leaves nothing half. */
async function create(cluster: Cluster): Promise<void> {
  const { folder, user, data } = cluster
  checkSpace(folder, spaceOfNewCluster)
  const draft = `${data}.new`
  const passwordFile = path.join(draft, '..', 'initial-password')
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  giveTo(user, draft)
  writeFileSync(passwordFile, `${cluster.access.password}\n`, { mode: 0o600 })
  giveTo(user, passwordFile)
  try {
    const { code, output } = await runInitdb(user, cluster.binaries.initdb, initdbArguments(draft, passwordFile))
    if (code !== 0) throw databaseProblem(output)
    renameSync(draft, data)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}

function openFolder(folder: string): void {
  try {
    // Only passed through by the user the database runs as; what lies inside is closed by its own mode.
    mkdirSync(folder, { recursive: true, mode: 0o711 })
    writeFileSync(path.join(folder, 'postgres.log'), '', { flag: 'a', mode: 0o600 })
  } catch (error) {
    throw fileProblem(folder, error)
  }
}

/** The cluster in `folder`, created at the first start. */
export async function openCluster(folder: string): Promise<Cluster> {
  const binaries = findBinaries()
  openFolder(folder)
  const data = path.join(folder, 'cluster')
  const user = chooseDatabaseUser(data, binaries.postgres)
  const exists = existsSync(path.join(data, 'PG_VERSION'))
  if (!exists) rememberAccess(folder, { password: randomBytes(24).toString('base64url') })
  const cluster = { folder, data, log: path.join(folder, 'postgres.log'), access: readAccess(folder), binaries, user }
  if (!exists) await create(cluster)
  checkSpace(folder, spaceToRun)
  return cluster
}
