import { Worker } from 'node:worker_threads'
import './files.problems.ts'
import { Problem } from '../errors/problem.ts'
import type { WorkbookRow } from './workbook-cells.ts'
import { defaultWorkbookLimits, type WorkbookLimits } from './workbook-limits.ts'

/** The sheet that is read: the first visible one. */
export interface WorkbookSheet {
  readonly name: string
  /** Serial dates in this workbook count from 1904 instead of 1900. */
  readonly date1904: boolean
  /** Sheets that were not read. */
  readonly otherSheets: readonly string[]
}

export interface WorkbookSummary extends WorkbookSheet {
  /** Rows that hold anything, the heading included. */
  readonly rows: number
}

export interface WorkbookReading {
  /** Called with some hundred rows at a time; the next ones come after it has finished. */
  onRows(rows: readonly WorkbookRow[], sheet: WorkbookSheet): void | Promise<void>
  /** After each batch: rows so far and the share of the sheet that is read, 0 to 1. */
  onProgress?(progress: { readonly rows: number; readonly fraction: number }): void
  readonly limits?: Partial<WorkbookLimits>
  readonly signal?: AbortSignal
}

/** What the reading thread is given. */
export interface WorkbookJob {
  readonly path: string
  readonly limits: WorkbookLimits
}

/** What the reading thread tells. */
export type FromWorker =
  | {
      readonly kind: 'rows'
      readonly rows: readonly WorkbookRow[]
      readonly sheet: WorkbookSheet
      readonly read: number
      readonly fraction: number
    }
  | { readonly kind: 'done'; readonly summary: WorkbookSummary }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string; readonly because: string }

function startWorker(job: WorkbookJob): Worker {
  return new Worker(new URL('./workbook.worker.ts', import.meta.url), {
    workerData: job,
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: job.limits.maxHeapMb, maxYoungGenerationSizeMb: 4 },
  })
}

function asProblem(error: unknown): unknown {
  const outOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return outOfMemory ? new Problem('files.workbook_too_large', { cause: error }) : error
}

/** Hands one message on; true when the reading is over. */
async function deliver(message: FromWorker, reading: WorkbookReading, worker: Worker): Promise<WorkbookSummary | undefined> {
  if (message.kind === 'done') return message.summary
  if (message.kind === 'refused') {
    throw new Problem(message.code, { detail: message.detail, ...(message.because && { cause: new Error(message.because) }) })
  }
  await reading.onRows(message.rows, message.sheet)
  reading.onProgress?.({ rows: message.read, fraction: message.fraction })
  worker.postMessage('next')
  return undefined
}

function converse(worker: Worker, reading: WorkbookReading): Promise<WorkbookSummary> {
  return new Promise((resolve, reject) => {
    // Messages are handled strictly one after another, so that the last rows are taken before the summary is answered.
    let chain: Promise<void> = Promise.resolve()
    worker.on('message', (message: FromWorker) => {
      chain = chain.then(async () => {
        const summary = await deliver(message, reading, worker)
        if (summary) resolve(summary)
      })
      chain.catch(reject)
    })
    worker.once('error', (error) => reject(asProblem(error)))
    worker.once('exit', () => void chain.then(() => reject(new Problem('files.workbook_broken')), reject))
  })
}

function whenStopped(timeoutMs: number, signal: AbortSignal | undefined): { promise: Promise<never>; clear(): void } {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Problem('files.workbook_timeout')), timeoutMs)
  const abort = () => reject(signal?.reason)
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort, { once: true })
  return {
    promise,
    clear() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    },
  }
}

/**
 * Reads the first visible sheet of an xlsx file in a thread of its own, with a cap on memory and time, after the guard has
 * judged the file. Rows come in order, in batches, without formulas. Throws a Problem `files.workbook_…`
 * with the remedy, an error of `onRows`, or the signal's reason; the thread has ended when the promise settles.
 */
export async function readWorkbook(path: string, reading: WorkbookReading): Promise<WorkbookSummary> {
  const limits = { ...defaultWorkbookLimits, ...reading.limits }
  reading.signal?.throwIfAborted()
  const worker = startWorker({ path, limits })
  const stopped = whenStopped(limits.timeoutMs, reading.signal)
  try {
    return await Promise.race([converse(worker, reading), stopped.promise])
  } finally {
    stopped.clear()
    await worker.terminate()
  }
}
