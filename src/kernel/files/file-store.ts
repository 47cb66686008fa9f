import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { Problem } from '../errors/problem.ts'
import { kindOf } from './file-kind.ts'
import './file-store.problems.ts'

/** Contents on disk, each under the SHA-256 of its bytes: the same content is stored once, and names never become paths. */
export interface FileStore {
  /** Takes a content in, judged by its bytes. Throws a Problem and leaves nothing behind when it is refused. */
  put(content: Readable, name: string): Promise<StoredContent>
  /** Takes in what the product itself made: of any size, and of a kind that nobody could upload. */
  keep(content: Readable): Promise<Pick<StoredContent, 'sha256' | 'bytes'>>
  /** The content as a stream; throws a Problem when it is not there. */
  get(sha256: string): Promise<Readable>
}

export interface StoredContent {
  readonly sha256: string
  readonly bytes: number
  readonly mediaType: string
}

const limitDefault = 20 * 1_048_576

/** Opens the store in `folder` and clears away what an interrupted upload left there. */
export async function openFileStore(folder: string, limit = limitDefault): Promise<FileStore> {
  const drafts = path.join(folder, 'incoming')
  await mkdir(drafts, { recursive: true })
  for (const left of await readdir(drafts)) await rm(path.join(drafts, left), { force: true })
  return {
    put: async (content, name) => {
      const draft = path.join(drafts, randomBytes(12).toString('hex'))
      try {
        const { sha256, bytes } = await receive(content, draft, limit)
        const mediaType = await kindOf(draft, name)
        await settle(draft, placeOf(folder, sha256))
        return { sha256, bytes, mediaType }
      } finally {
        await rm(draft, { force: true })
      }
    },
    keep: async (content) => {
      const draft = path.join(drafts, randomBytes(12).toString('hex'))
      try {
        const kept = await receive(content, draft, Number.MAX_SAFE_INTEGER)
        await settle(draft, placeOf(folder, kept.sha256))
        return kept
      } finally {
        await rm(draft, { force: true })
      }
    },
    get: async (sha256) => {
      const place = placeOf(folder, sha256)
      await access(place).catch((cause: unknown) => {
        throw new Problem('files.content_missing', { cause })
      })
      return createReadStream(place)
    },
  }
}

/** `ab/cd/abcd…`: so that no folder grows beyond what file systems like. */
function placeOf(folder: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a content address')
  return path.join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
}

async function receive(content: Readable, draft: string, limit: number): Promise<{ sha256: string; bytes: number }> {
  const digest = createHash('sha256')
  let bytes = 0
  await using handle = await open(draft, 'wx', 0o600)
  for await (const chunk of content) {
    const part: Buffer = Buffer.from(chunk as Uint8Array)
    bytes += part.length
    if (bytes > limit)
      throw new Problem('files.too_large', { detail: `文件超过 ${Math.floor(limit / 1_048_576)} MB。请压缩图片或拆分后再上传。` })
    digest.update(part)
    await handle.writeFile(part)
  }
  if (bytes === 0) throw new Problem('files.empty')
  await handle.sync()
  return { sha256: digest.digest('hex'), bytes }
}

async function settle(draft: string, place: string): Promise<void> {
  const folder = path.dirname(place)
  await mkdir(folder, { recursive: true })
  await rename(draft, place)
  // The rename itself is on disk only when the folder is.
  await using handle = await open(folder)
  await handle.sync()
}

let store: FileStore | null = null

/** Names the store of this process; once, when the product is put together. */
export function useFileStore(opened: FileStore): void {
  store = opened
}

/** Whether this process keeps files: a process that only writes rows opens no store. */
export const keepsFiles = (): boolean => store !== null

/** The store of this process. */
export function fileStore(): FileStore {
  if (!store) throw new Error('no file store has been opened')
  return store
}
