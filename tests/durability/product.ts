import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))))
    })
  })
}

/** The whole product in a process of its own, on a data folder that outlives it. */
export interface Product {
  readonly url: string
  start(): Promise<void>
  /** Kills server and database after so many milliseconds, from a third process; resolves when both are gone. */
  killAfter(milliseconds: number): Promise<void>
  stop(): Promise<void>
  /** A connection of the database's owner, for looking behind the walls. */
  owner(): Promise<pg.Client>
}

/** Prepares a folder and a port for the product; nothing runs until `start`. */
export async function aProduct(): Promise<Product> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'biaoshuai-durability-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let server: ChildProcess | undefined
  let said = ''
  const clusterFile = path.join(folder, 'database', 'cluster', 'postmaster.pid')
  const lines = () => readFileSync(clusterFile, 'utf8').split('\n')
  const gone = (pid: number) => {
    try {
      process.kill(pid, 0)
      return false
    } catch {
      return true
    }
  }
  const until = async (what: () => boolean | Promise<boolean>, patience: number) => {
    const deadline = Date.now() + patience
    while (!(await what())) {
      if (Date.now() > deadline) throw new Error('waited too long for the product')
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
  const healthy = async () => {
    if (server?.exitCode !== null) throw new Error(`the server ended with ${server?.exitCode}: ${said.slice(-1500)}`)
    return fetch(`${url}/api/v1/health`, { signal: AbortSignal.timeout(1_000) }).then(
      (reply) => reply.ok,
      () => false,
    )
  }
  return {
    url,
    start: async () => {
      const { DATABASE_URL: _unused, ...environment } = process.env
      server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/app/main.ts'], {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: {
          ...environment,
          PORT: String(port),
          BIAOSHUAI_DATA: folder,
          BIAOSHUAI_MODE: 'demonstration',
          BIAOSHUAI_LOG_LEVEL: 'silent',
        },
      })
      said = ''
      server.stderr?.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
      await until(healthy, 120_000)
    },
    killAfter: async (milliseconds) => {
      const [serverPid, databasePid] = [server?.pid ?? 0, Number(lines()[0])]
      spawn(process.execPath, ['tests/durability/killer.mjs', String(milliseconds), String(serverPid), String(databasePid)], {
        stdio: 'ignore',
      })
      await until(() => gone(databasePid) && (server?.exitCode !== null || server.signalCode !== null), milliseconds + 20_000)
    },
    stop: async () => {
      if (server && server.exitCode === null && server.signalCode === null) {
        const ended = new Promise((resolve) => server?.once('exit', resolve))
        server.kill('SIGTERM')
        await ended
      }
      await rm(folder, { recursive: true, force: true })
    },
    owner: async () => {
      const access: unknown = JSON.parse(readFileSync(path.join(folder, 'database', 'access.json'), 'utf8'))
      const password = access !== null && typeof access === 'object' && 'password' in access ? String(access.password) : ''
      const client = new pg.Client({
        host: '127.0.0.1',
        port: Number(lines()[3]),
        user: 'postgres',
        password,
        database: 'biaoshuai',
      })
      await client.connect()
      return client
    },
  }
}
