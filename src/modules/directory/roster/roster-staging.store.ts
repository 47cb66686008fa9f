import { createHash, randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Problem } from '../../../kernel/errors/problem.ts'
import './roster.contract.ts'

let folder = path.join(tmpdir(), 'biaoshuai-staging')

/** Tells where uploaded rosters wait between check and import. Names in it are ids, never names as uploaded. */
export function useStagingFolder(given: string): void {
  folder = given
}

export const stagedPath = (name: string) => path.join(folder, path.basename(name))

/** Takes an upload in under a random name; answers that name and the SHA-256 of the bytes. */
export async function stageUpload(stream: Readable): Promise<{ name: string; sha256: string }> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = `${randomBytes(12).toString('hex')}.incoming`
  const digest = createHash('sha256')
  stream.on('data', (chunk: Buffer) => digest.update(chunk))
  try {
    await pipeline(stream, createWriteStream(stagedPath(name), { flags: 'wx', mode: 0o600 }))
  } catch (error) {
    await dropStaged(name)
    throw error
  }
  return { name, sha256: digest.digest('hex') }
}

/** Gives a staged file the name of its import. */
export async function settleStaged(name: string, importId: string): Promise<void> {
  await rename(stagedPath(name), stagedPath(`${importId}.xlsx`))
}

/** Deletes a staged file; nothing happens when it is gone. */
export async function dropStaged(name: string): Promise<void> {
  await rm(stagedPath(name), { force: true })
}

/** The path of an import's file; throws `directory.roster_gone`. */
export async function requireStaged(importId: string): Promise<string> {
  const place = stagedPath(`${importId}.xlsx`)
  await access(place).catch((cause: unknown) => {
    throw new Problem('directory.roster_gone', { cause })
  })
  return place
}

const progress = new Map<string, number>()

/** Notes which share of a file is read; null when it is done. Shown by the process that reads it. */
export function noteRosterProgress(importId: string, fraction: number | null): void {
  if (fraction === null) progress.delete(importId)
  else progress.set(importId, fraction)
}

export function rosterProgress(importId: string): number | undefined {
  return progress.get(importId)
}
