import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Figure, load, quantile } from './measuring.ts'
import { productRoot } from './place.ts'

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}

async function healthy(port: number): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/health`).catch(() => null)
  await response?.arrayBuffer().catch(() => undefined)
  return response?.status === 200
}

/** Starts the product as `npm start` does; answers the seconds until it first said that it is well. */
async function startOnce(folder: string): Promise<{ seconds: number; server: ChildProcess }> {
  const port = await freePort()
  const started = performance.now()
  const server = spawn(process.execPath, ['bin/start.mjs'], {
    cwd: productRoot,
    env: { ...process.env, PORT: String(port), BIAOSHUAI_DATA: folder, BIAOSHUAI_MODE: 'demonstration', DATABASE_URL: '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  while (!(await healthy(port))) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode} before it was well`)
    await pause(10)
  }
  return { seconds: (performance.now() - started) / 1000, server }
}

async function end(server: ChildProcess): Promise<void> {
  const ended = once(server, 'exit')
  server.kill('SIGTERM')
  await ended
}

/** From the command to the first 200 of /api/v1/health, on a folder that already holds the demonstration city. */
export async function measureStart(times = 5): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'biaoshuai-bench-start-'))
  try {
    const first = await startOnce(folder)
    await end(first.server)
    const samples: number[] = []
    for (let n = 0; n < times; n += 1) {
      const { seconds, server } = await startOnce(folder)
      samples.push(seconds)
      await end(server)
    }
    const half = quantile(samples, 0.5)
    const all = samples.map((each) => each.toFixed(2)).join('、')
    return [
      { name: '首次启动（装演示城市）', value: `${first.seconds.toFixed(1)} s` },
      {
        name: '再次启动到第一次应答',
        value: `中位 ${half.toFixed(2)} s（${all}），负载 ${load()}`,
        target: '< 3 s',
        met: half < 3,
      },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
