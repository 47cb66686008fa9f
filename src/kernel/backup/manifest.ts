import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { StartProblem } from '../config/start-problem.ts'

const digest = z.string().regex(/^[0-9a-f]{64}$/)
const relative = z
  .string()
  .regex(/^[\w./-]+$/)
  .refine((name) => !name.includes('..') && !name.startsWith('/'))

const manifestSchema = z.object({
  format: z.literal(1),
  takenAt: z.string(),
  /** Names the keys without giving them away: the data can be read with these alone. */
  secrets: z.string(),
  migrations: z.array(z.object({ name: z.string(), hash: digest })),
  tables: z.array(z.object({ schema: z.string(), name: z.string(), file: relative, rows: z.number().int(), sha256: digest })),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), last: z.number().int() })),
  files: z.array(z.object({ file: relative, bytes: z.number().int(), sha256: digest })),
})

/** What a backup holds, with the digests by which it is checked before anything is restored. */
export type BackupManifest = z.output<typeof manifestSchema>

export const manifestFile = 'manifest.json'
export const filesPart = 'files'
export const ledgerPart = 'ledger'

/** SHA-256 of a file's bytes, in hex. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Reads the manifest of a backup; throws a StartProblem when the folder holds none. */
export async function readManifest(folder: string): Promise<BackupManifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(path.join(folder, manifestFile), 'utf8')))
  } catch (cause) {
    throw new StartProblem(`${folder} 中没有完整的备份（缺少或读不出 ${manifestFile}）。请检查路径，或换一份备份。`, { cause })
  }
}

/** Compares every part of a backup with its digest; throws a StartProblem that names the first one that differs. */
export async function checkBackup(folder: string, manifest: BackupManifest): Promise<void> {
  for (const part of [...manifest.tables, ...manifest.files]) {
    const found = await digestOf(path.join(folder, part.file)).catch(() => '')
    if (found !== part.sha256) throw new StartProblem(`备份中的 ${part.file} 缺失或已损坏。请换一份备份，什么都还没有恢复。`)
  }
}
