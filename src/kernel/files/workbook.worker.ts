import { once } from 'node:events'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import './files.problems.ts'
import { Problem } from '../errors/problem.ts'
import { openWorkbookArchive, type WorkbookArchive } from './workbook-archive.ts'
import { guardArchive } from './workbook-guard.ts'
import type { WorkbookLimits } from './workbook-limits.ts'
import { findFirstSheet, parsePart, readSharedStrings } from './workbook-parts.ts'
import type { FromWorker, WorkbookJob } from './workbook-reader.ts'
import { SheetRows } from './workbook-sheet.ts'

/** Enough rows to make a message worth its cost, few enough to stay small in memory. */
const batchRows = 500

/** The other side answers each batch; no more than this many are under way. */
const batchesUnderWay = 2

function batchSender(port: MessagePort): (message: FromWorker) => Promise<void> {
  let free = batchesUnderWay
  port.on('message', () => {
    free += 1
  })
  return async (message) => {
    while (free === 0) await once(port, 'message')
    free -= 1
    port.postMessage(message)
  }
}

async function readRows(archive: WorkbookArchive, limits: WorkbookLimits, port: MessagePort): Promise<void> {
  const place = await findFirstSheet(archive)
  const strings = place.sharedStringsPart ? await readSharedStrings(archive, place.sharedStringsPart, limits.maxCellLength) : []
  const send = batchSender(port)
  const declaredBytes = archive.parts.get(place.part)?.uncompressedSize ?? 0
  const sheet = { name: place.name, date1904: place.date1904, otherSheets: place.others }
  const rows = new SheetRows(strings, limits)
  let read = 0
  let bytes = 0
  const flush = async () => {
    const batch = rows.take()
    read += batch.length
    await send({ kind: 'rows', rows: batch, sheet, read, fraction: declaredBytes > 0 ? Math.min(1, bytes / declaredBytes) : 0 })
  }
  for await (const length of parsePart(archive, place.part, rows)) {
    bytes += length
    if (rows.waiting >= batchRows) await flush()
  }
  if (rows.waiting > 0) await flush()
  if (read === 0) throw new Problem('files.workbook_empty')
  port.postMessage({ kind: 'done', summary: { ...sheet, rows: read } } satisfies FromWorker)
}

async function run(job: WorkbookJob, port: MessagePort): Promise<void> {
  try {
    const archive = await openWorkbookArchive(job.path, job.limits)
    try {
      await guardArchive(archive, job.limits)
      await readRows(archive, job.limits, port)
    } finally {
      archive.close()
    }
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem('files.workbook_broken', { cause: error })
    const because = problem.cause instanceof Error ? problem.cause.message : ''
    port.postMessage({ kind: 'refused', code: problem.code, detail: problem.detail, because } satisfies FromWorker)
  }
  port.close()
}

if (parentPort) void run(workerData as WorkbookJob, parentPort)
