import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'

const patience = 120_000

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

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/v1/health`, { signal: AbortSignal.timeout(2_000) })).status === 200
  } catch {
    return false
  }
}

async function untilHealthy(server: ChildProcess, url: string, output: () => string): Promise<void> {
  const deadline = Date.now() + patience
  while (!(await answers(url))) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode} before it answered.\n${output()}`)
    if (Date.now() > deadline) throw new Error(`The server did not answer within ${patience / 1000} s.\n${output()}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function end(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve()
    server.once('exit', () => resolve())
    server.kill('SIGTERM')
  })
}

function collectOutput(server: ChildProcess): () => string {
  const chunks: string[] = []
  const collect = (chunk: Buffer) => chunks.push(chunk.toString('utf8'))
  server.stdout?.on('data', collect)
  server.stderr?.on('data', collect)
  return () => chunks.join('').slice(-8_000)
}

/** Starts the product as an operator does, on an empty data folder; answers its address and how to end it. */
async function startProduct(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'biaoshuai-journeys-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const { DATABASE_URL: _unused, ...environment } = process.env
  const server = spawn(process.execPath, ['bin/start.mjs'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environment, PORT: String(port), BIAOSHUAI_DATA: folder, BIAOSHUAI_ORIGIN: url, BIAOSHUAI_MODE: 'demonstration' },
  })
  const output = collectOutput(server)
  const stop = async () => {
    await end(server)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await untilHealthy(server, url, output)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}

/** The widths that are walked; `--project` names one. */
function widthsAsked(): string[] {
  const asked = process.argv.flatMap((word, at, words) => {
    if (word.startsWith('--project=')) return [word.slice('--project='.length)]
    return words[at - 1] === '--project' ? [word] : []
  })
  return asked.length > 0 ? asked : ['desk', 'phone']
}

/** One city for each width, named in JOURNEY_URL_<WIDTH>; the first start builds the pages that both show. */
export default async function startCities(): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = []
  const stopAll = async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
  try {
    for (const width of widthsAsked()) {
      const { url, stop } = await startProduct()
      stops.push(stop)
      process.env[`JOURNEY_URL_${width.toUpperCase()}`] = url
    }
  } catch (error) {
    await stopAll()
    throw error
  }
  return stopAll
}
