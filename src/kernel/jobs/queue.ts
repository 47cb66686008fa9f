import { fromKysely, type JobWithMetadata, PgBoss } from 'pg-boss'
import { type Tx, writing } from '../database/handles.ts'
import { writeAsSystem } from '../database/transaction.ts'
import { newId } from '../identity/ids.ts'
import { errorFields } from '../log/log.ts'
import type { Platform } from '../platform.ts'
import { markJob, noteJob, type Progress, reportProgress } from './progress.store.ts'
import { queueSchema } from './queue-schema.ts'

/** What is queued is plain data: ids, dates, counts; never bodies of personal files. */
export type JobPayload = Readonly<Record<string, unknown>>

/** A job as its handler gets it. */
export interface RunningJob {
  /** Id for `GET /api/v1/jobs/:id`; null for jobs that the calendar started. */
  readonly id: string | null
  readonly payload: JobPayload
  /** 1 for the first try. */
  readonly attempt: number
  /** Aborted when the product stops or the job has run too long. */
  readonly signal: AbortSignal
  progress(progress: Progress): Promise<void>
}

/** Does the job; what it answers is kept as the job's result. It may run more than once, so it must bear repetition. */
export type JobHandler = (job: RunningJob) => Promise<unknown>

export interface EnqueueOptions {
  /** At most one open job of the kind with this key. */
  readonly singletonKey?: string
  readonly startAfter?: Date
}

export interface KindOptions {
  readonly retries?: number
  /** Seconds before the first repetition; it doubles each time. */
  readonly retryDelay?: number
  /** Seconds after which a running job counts as lost. */
  readonly expireIn?: number
}

export interface Queue {
  /** Handles jobs of a kind, one at a time in this process. */
  work(kind: string, handler: JobHandler, options?: KindOptions): Promise<void>
  /**
   * Queues a job; inside `tx` it exists exactly when the transaction commits. Answers the job's id, or null when an open one
   * with the same `singletonKey` exists.
   */
  enqueue(tx: Tx | null, kind: string, job: { payload: JobPayload } & EnqueueOptions): Promise<string | null>
  /** Queues a job by the calendar in Asia/Shanghai; `cron` has five fields. */
  schedule(kind: string, cron: string, payload: JobPayload): Promise<void>
  /** Lets running jobs end, up to half a minute. */
  stop(): Promise<void>
}

const deadLetters = 'kernel.dead_letters'

interface Envelope {
  readonly job: string | null
  readonly payload: JobPayload
}

/** New jobs announce themselves; repetitions and whatever a lost connection missed are looked for. */
const polling = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 }

type WithMetadata = { includeMetadata: true; batchSize?: number }

interface Running {
  readonly platform: Platform
  readonly boss: PgBoss
  readonly kinds: Map<string, Promise<void>>
}

/** Starts the queue in PostgreSQL under the application's role; `prepareQueue` must have run. */
export async function startQueue(url: string, platform: Platform): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: url,
    schema: queueSchema,
    application_name: 'biaoshuai-queue',
    max: 4,
    migrate: false,
    createSchema: false,
    reindex: false,
    useListenNotify: true,
  })
  boss.on('error', (error) => platform.log.warn('queue_error', errorFields(error)))
  await boss.start()
  const running: Running = { platform, boss, kinds: new Map() }
  await boss.createQueue(deadLetters, { notify: true })
  await boss.work<Envelope, void, WithMetadata>(deadLetters, { includeMetadata: true, ...polling }, (jobs) =>
    bury(platform, jobs),
  )
  return {
    work: (kind, handler, options = {}) => work(running, kind, { handler, options }),
    enqueue: (tx, kind, job) => enqueue(running, tx, { kind, ...job }),
    schedule: async (kind, cron, payload) => {
      await known(running, kind, {})
      await boss.schedule(kind, cron, { job: null, payload }, { tz: 'Asia/Shanghai' })
    },
    stop: () => boss.stop({ graceful: true, timeout: 30_000 }),
  }
}

/** A queue exists before anything is put into it; making it again changes nothing. */
function known({ boss, kinds }: Running, kind: string, options: KindOptions): Promise<void> {
  const made =
    kinds.get(kind) ??
    boss.createQueue(kind, {
      notify: true,
      // One open job a key; who gives none gets a key of his own, and the calendar's jobs share the empty one.
      policy: 'exclusive',
      deadLetter: deadLetters,
      retryLimit: options.retries ?? 5,
      retryDelay: options.retryDelay ?? 5,
      retryBackoff: true,
      expireInSeconds: options.expireIn ?? 3_600,
    })
  kinds.set(kind, made)
  made.catch(() => kinds.delete(kind))
  return made
}

async function work(running: Running, kind: string, how: { handler: JobHandler; options: KindOptions }): Promise<void> {
  const { boss, platform } = running
  await known(running, kind, how.options)
  await boss.work<Envelope, void, WithMetadata>(kind, { includeMetadata: true, batchSize: 1, ...polling }, async (jobs) => {
    for (const job of jobs) await runOne(platform, job, how.handler)
  })
}

async function runOne(platform: Platform, job: JobWithMetadata<Envelope>, handler: JobHandler): Promise<void> {
  const { job: id, payload } = job.data
  if (id) await markJob(platform, id, { state: 'running' })
  try {
    const result = await handler({
      id,
      payload,
      attempt: job.retryCount + 1,
      signal: job.signal,
      progress: async (progress) => {
        if (id) await reportProgress(platform, id, progress)
      },
    })
    if (id) await markJob(platform, id, { state: 'done', result: result ?? null })
  } catch (error) {
    platform.log.warn('job_failed', { kind: job.name, job: id ?? job.id, attempt: job.retryCount + 1, ...errorFields(error) })
    if (id) await markJob(platform, id, { state: 'queued', message: '这一次没有办成，稍后会自动再办。' })
    // The queue stores what is thrown: only the kind of the error may stay there.
    throw new Error(error instanceof Error ? error.name : 'failed')
  }
}

/** What has failed for the last time, or was lost too often, is told to its owner and to the operator. */
async function bury(platform: Platform, jobs: readonly JobWithMetadata<Envelope>[]): Promise<void> {
  for (const job of jobs) {
    const { job: id } = job.data
    platform.log.error('job_given_up', { kind: job.sourceName ?? '', job: id ?? job.id })
    if (id)
      await markJob(platform, id, { state: 'failed', message: '多次没有办成，已停止。请联系系统管理员查看日志后重新发起。' })
  }
}

type Order = { readonly kind: string; readonly payload: JobPayload } & EnqueueOptions

async function enqueue(running: Running, tx: Tx | null, order: Order): Promise<string | null> {
  await known(running, order.kind, {})
  return tx ? put(running, tx, order) : writeAsSystem(running.platform.database, (own) => put(running, own, order))
}

async function put({ boss, platform }: Running, tx: Tx, order: Order): Promise<string | null> {
  const id = newId('job')
  const sent = await boss.send(order.kind, { job: id, payload: order.payload } satisfies Envelope, {
    db: fromKysely(writing<'kernel'>(tx)),
    singletonKey: order.singletonKey ?? id,
    ...(order.startAfter !== undefined && { startAfter: order.startAfter }),
  })
  if (sent === null) return null
  await noteJob(tx, { id, kind: order.kind, at: platform.clock.now() })
  return id
}
