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

function gone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}

async function until(what: () => boolean | Promise<boolean>, patience: number): Promise<void> {
  const deadline = Date.now() + patience
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error('waited too long for the product')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** The whole product in a process of its own, on a data folder that outlives it. */
export class Product {
  readonly url: string
  readonly #folder: string
  readonly #port: number
  #server: ChildProcess | undefined
  #said = ''

  constructor(folder: string, port: number) {
    this.#folder = folder
    this.#port = port
    this.url = `http://127.0.0.1:${port}`
  }

  #clusterLines(): string[] {
    return readFileSync(path.join(this.#folder, 'database', 'cluster', 'postmaster.pid'), 'utf8').split('\n')
  }

  #ended(): boolean {
    return !this.#server || this.#server.exitCode !== null || this.#server.signalCode !== null
  }

  async #healthy(): Promise<boolean> {
    if (this.#ended()) throw new Error(`the server ended: ${this.#said.slice(-1500)}`)
    const reply = await fetch(`${this.url}/api/v1/health`, { signal: AbortSignal.timeout(1_000) }).catch(() => null)
    return reply?.ok ?? false
  }

  async start(): Promise<void> {
    const { DATABASE_URL: _unused, ...environment } = process.env
    const settings = {
      PORT: String(this.#port),
      BIAOSHUAI_DATA: this.#folder,
      BIAOSHUAI_MODE: 'demonstration',
      BIAOSHUAI_LOG_LEVEL: 'silent',
    }
    this.#said = ''
    this.#server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/app/main.ts'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...environment, ...settings },
    })
    this.#server.stderr?.on('data', (chunk: Buffer) => {
      this.#said += chunk.toString()
    })
    await until(() => this.#healthy(), 180_000)
  }

  /** Kills server and database after so many milliseconds, from a third process; resolves when both are gone. */
  async killAfter(milliseconds: number): Promise<void> {
    const [server, database] = [this.#server?.pid ?? 0, Number(this.#clusterLines()[0])]
    const killer = ['tests/durability/killer.mjs', String(milliseconds), String(server), String(database)]
    spawn(process.execPath, killer, { stdio: 'ignore' })
    await until(() => gone(database) && this.#ended(), milliseconds + 20_000)
  }

  async stop(): Promise<void> {
    if (!this.#ended()) {
      const ended = new Promise((resolve) => this.#server?.once('exit', resolve))
      this.#server?.kill('SIGTERM')
      await ended
    }
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** A connection of the database's owner, for looking behind the walls. */
  async owner(): Promise<pg.Client> {
    const access: unknown = JSON.parse(readFileSync(path.join(this.#folder, 'database', 'access.json'), 'utf8'))
    const password = access !== null && typeof access === 'object' && 'password' in access ? String(access.password) : ''
    const port = Number(this.#clusterLines()[3])
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'biaoshuai' })
    await client.connect()
    return client
  }
}

/** Prepares a folder and a port for the product; nothing runs until `start`. */
export async function aProduct(): Promise<Product> {
  return new Product(await mkdtemp(path.join(os.tmpdir(), 'biaoshuai-durability-')), await freePort())
}
