import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { StartProblem } from '../config/start-problem.ts'
import {
  type Cluster,
  commandFor,
  databaseEnvironment,
  databaseProblem,
  openCluster,
  rememberAccess,
} from './embedded-cluster.ts'
import { endSurvivor } from './embedded-survivor.ts'

export interface EmbeddedPostgresOptions {
  /** Where the cluster, its log and its password stand; created at the first start. */
  readonly folder: string
  /** Preferred port; without it the port of the last start. Another is chosen when it is taken. */
  readonly port?: number
  /** `off` gives up the promise that what was acknowledged survives; only for showing that the promise is tested. */
  readonly synchronousCommit?: 'on' | 'off'
  readonly maxConnections?: number
}

export interface EmbeddedPostgres {
  /** Connects as the superuser to the database `biaoshuai`. */
  readonly url: string
  readonly pid: number
  /** Fast shutdown: open transactions are rolled back, what was committed is on disk. May be called twice. */
  stop(): Promise<void>
}

const database = 'biaoshuai'
const logLimit = 10 * 1024 * 1024
const recoveryPatience = 15 * 60_000

function settingsFor({ maxConnections = 60, synchronousCommit = 'on' }: EmbeddedPostgresOptions, port: number): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    max_connections: maxConnections,
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '1GB',
    random_page_cost: 1.1,
    jit: 'off',
    // Parallel queries exchange rows through /dev/shm, which containers limit to 64 MB.
    max_parallel_workers_per_gather: 0,
    max_wal_senders: 0,
    fsync: 'on',
    full_page_writes: 'on',
    // After a crash one call for the whole disk instead of opening each of a thousand files.
    ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
    synchronous_commit: synchronousCommit,
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // No statement, no parameter, no conflicting value reaches the log: they hold personal data.
    log_statement: 'none',
    log_min_duration_statement: -1,
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: 0,
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

/** Below the range from which systems take the ports of outgoing connections. */
async function choosePort(preferred: number | undefined): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(20_000, 32_000)
    if (await isFree(port)) return port
  }
  throw new StartProblem('本机没有空闲端口可供数据库使用。请关闭一些程序，再重新启动。')
}

/** A log that has grown large makes room for a new one; one old log is kept. Returns where the new entries will begin. */
function turnLog(log: string): number {
  const { size } = statSync(log)
  if (size < logLimit) return size
  renameSync(log, `${log}.old`)
  return 0
}

interface Postmaster {
  readonly child: ChildProcess
  readonly port: number
  readonly exited: Promise<void>
  /** What the database has said since this start. */
  said(): string
}

function launch(cluster: Cluster, options: EmbeddedPostgresOptions, port: number): Postmaster {
  const begin = turnLog(cluster.log)
  const log = openSync(cluster.log, 'a', 0o600)
  const { command, args, identity } = commandFor(cluster.user, cluster.binaries.postgres, [
    '-D',
    cluster.data,
    ...settingsFor(options, port),
  ])
  // A process group of its own: Ctrl-C must reach the server first, which ends its work and then the database.
  const child = spawn(command, args, {
    ...identity,
    detached: true,
    cwd: '/',
    env: databaseEnvironment(),
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  return { child, port, exited, said: () => readFileSync(cluster.log).subarray(begin).toString('utf8') }
}

function ended({ child }: Postmaster): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null
}

function urlFor(cluster: Cluster, port: number, name: string): string {
  return `postgres://postgres:${encodeURIComponent(cluster.access.password)}@127.0.0.1:${port}/${name}`
}

/** Runs one statement on a connection of its own; returns the SQLSTATE or the system's code of a failure, '' when done. */
async function tryStatement(url: string, sql: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(sql)
    return ''
  } catch (error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Milliseconds until the next try: the closed port leaves no trace, a refusal while recovering is a line in the log. */
const waits: Record<string, number> = { ECONNREFUSED: 10, '57P03': 40 }
const noSuchDatabase = '3D000'
const wrongPassword = '28P01'

async function untilReady(cluster: Cluster, postmaster: Postmaster): Promise<void> {
  const url = urlFor(cluster, postmaster.port, database)
  const deadline = Date.now() + recoveryPatience
  while (Date.now() < deadline && !ended(postmaster)) {
    const failure = await tryStatement(url, 'select 1')
    if (failure === '') return
    if (failure === noSuchDatabase) {
      await tryStatement(urlFor(cluster, postmaster.port, 'postgres'), `create database ${database}`)
    } else if (failure === wrongPassword) {
      throw new StartProblem(
        `数据库的口令与 ${path.join(cluster.folder, 'access.json')} 不符。请从备份中恢复整个数据文件夹，再重新启动。`,
      )
    } else {
      // Recovery can take minutes; before the port opens a few milliseconds.
      await pause(waits[failure] ?? 100)
    }
  }
  throw databaseProblem(postmaster.said())
}

async function shutDown(postmaster: Postmaster): Promise<void> {
  if (ended(postmaster)) return
  postmaster.child.kill('SIGINT')
  const late = new AbortController()
  const immediate = pause(30_000, undefined, { signal: late.signal }).then(
    () => postmaster.child.kill('SIGQUIT'),
    () => undefined,
  )
  await postmaster.exited
  late.abort()
  await immediate
}

/** Starts on the preferred port, or on another when somebody takes it between the look and the start. */
async function startSomewhere(cluster: Cluster, options: EmbeddedPostgresOptions): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort(attempt === 1 ? (options.port ?? cluster.access.port) : undefined)
    const postmaster = launch(cluster, options, port)
    try {
      await untilReady(cluster, postmaster)
      return postmaster
    } catch (error) {
      await shutDown(postmaster)
      if (attempt === 5 || !postmaster.said().includes('Address already in use')) throw error
    }
  }
}

/**
 * Starts the PostgreSQL in `options.folder` for this process, creating it the first time, and recovers by itself from
 * whatever a killed server or a killed database left there. Throws a StartProblem.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(path.resolve(options.folder))
  await endSurvivor(cluster.data)
  const postmaster = await startSomewhere(cluster, options)
  if (postmaster.port !== cluster.access.port) rememberAccess(cluster.folder, { ...cluster.access, port: postmaster.port })
  // A process that ends without stop() asks for the same fast shutdown and does not wait for it.
  const atExit = () => void postmaster.child.kill('SIGINT')
  process.on('exit', atExit)
  void postmaster.exited.then(() => process.off('exit', atExit))
  return {
    url: urlFor(cluster, postmaster.port, database),
    pid: postmaster.child.pid ?? 0,
    stop: () => shutDown(postmaster),
  }
}
