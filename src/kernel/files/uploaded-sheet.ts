import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { WorkbookRow } from './workbook-cells.ts'
import { readWorkbook } from './workbook-reader.ts'

export interface UploadedSheet {
  /** The heading first. */
  readonly rows: readonly WorkbookRow[]
  /** Serial dates count from 1904 instead of 1900. */
  readonly date1904: boolean
}

const mostBytes = 5 * 1024 * 1024

/** Reads a small sheet whole. The copy on disk is gone when it answers, whatever happens. */
export async function readUpload(stream: Readable, mostRows: number): Promise<UploadedSheet> {
  const folder = await mkdtemp(path.join(tmpdir(), 'biaoshuai-sheet-'))
  try {
    const copy = path.join(folder, 'sheet.xlsx')
    await pipeline(stream, createWriteStream(copy, { mode: 0o600 }))
    const rows: WorkbookRow[] = []
    const { date1904 } = await readWorkbook(copy, {
      onRows: (batch) => void rows.push(...batch),
      limits: { maxRows: mostRows + 1, maxFileBytes: mostBytes },
    })
    return { rows, date1904 }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
