import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { StartProblem } from '../kernel/config/start-problem.ts'

const sources = [
  'src/**/web/**',
  'src/ui/**',
  'src/**/*.contract.ts',
  'src/**/*.rules.ts',
  'src/**/*.lifecycle.ts',
  'src/kernel/http/call.ts',
  'src/app/web-build.ts',
  'vite.config.ts',
  'package-lock.json',
]
const isText = (file: string) => /\.(tsx?|css|html|svg|json)$/.test(file)

async function stampOf(root: string): Promise<string> {
  const hash = createHash('sha256')
  const files: string[] = []
  for await (const file of glob(sources, { cwd: root })) if (isText(file)) files.push(file)
  for (const file of files.sort()) hash.update(`${file}\u0000`).update(await readFile(path.join(root, file)))
  return hash.digest('hex')
}

function build(root: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const output: string[] = []
    const child = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
      cwd: root,
      // Whatever the one who starts it has set: the libraries of the pages behave otherwise when they believe to be under test.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()))
    child.on('error', reject)
    child.on('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new StartProblem(`网页没有构建成功，请确认依赖已完整安装后重试。详细信息：\n${output.join('').slice(-2000)}`)),
    )
  })
}

/** Builds the web application when its sources have changed since the last build; answers its folder. */
export async function ensureWeb(root: string, say: (sentence: string) => void): Promise<string> {
  const folder = path.join(root, 'dist/web')
  const stampFile = path.join(folder, 'stamp')
  const stamp = await stampOf(root)
  const built = existsSync(stampFile) ? await readFile(stampFile, 'utf8') : ''
  if (built === stamp && existsSync(path.join(folder, 'index.html'))) return folder
  say('正在构建网页（首次约需半分钟）……')
  await build(root)
  await writeFile(stampFile, stamp)
  return folder
}
