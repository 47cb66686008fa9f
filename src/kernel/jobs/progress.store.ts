import { sql } from 'kysely'
import { reading, type Tx, writing } from '../database/handles.ts'
import { writeAsSystem } from '../database/transaction.ts'
import type { Platform } from '../platform.ts'

/** How a job stands, as whoever asked for it sees it. */
export type JobState = 'queued' | 'running' | 'done' | 'failed'

/** Notes a job for the account of the running transaction; the system's own jobs belong to nobody. */
export async function noteJob(tx: Tx, job: { id: string; kind: string; at: Date }): Promise<void> {
  await sql`insert into kernel.jobs (id, kind, account_no, state, created_at, updated_at)
    values (${job.id}, ${job.kind}, nullif(kernel.account_no(), 0), 'queued', ${job.at}, ${job.at})`.execute(
    writing<'kernel'>(tx),
  )
}

/** How far a job is. `message` is a short Chinese sentence for the reader, without personal data. */
export interface Progress {
  readonly done: number
  readonly total: number | null
  readonly message: string
}

/** Shows how far a running job is, to whoever asked for it. Writes at once, outside the job's own transaction. */
export async function reportProgress(
  platform: Pick<Platform, 'database' | 'clock'>,
  jobId: string,
  progress: Progress,
): Promise<void> {
  await change(platform, jobId, { state: 'running', ...progress })
}

/** Moves a job to another state; `message` and `result` stay as they were when not given. */
export async function markJob(
  platform: Pick<Platform, 'database' | 'clock'>,
  jobId: string,
  mark: { state: JobState; message?: string; result?: unknown },
): Promise<void> {
  await change(platform, jobId, mark)
}

interface Change {
  readonly state: JobState
  readonly done?: number
  readonly total?: number | null
  readonly message?: string
  readonly result?: unknown
}

async function change({ database, clock }: Pick<Platform, 'database' | 'clock'>, jobId: string, to: Change): Promise<void> {
  const result = to.result === undefined ? null : JSON.stringify(to.result)
  await writeAsSystem(database, (tx) =>
    sql`update kernel.jobs set state = ${to.state}, done = coalesce(${to.done ?? null}::integer, done), total = coalesce(${to.total ?? null}::integer, total),
      message = coalesce(${to.message ?? null}, message), result = coalesce(${result}::jsonb, result), updated_at = ${clock.now()}
      where id = ${jobId} and state <> 'done'`.execute(writing<'kernel'>(tx)),
  )
}

/** A job as its owner may read it; undefined when it is not his or not there. */
export async function jobById(source: Parameters<typeof reading>[0], id: string) {
  const rows = await sql<{
    id: string
    kind: string
    state: JobState
    done: number
    total: number | null
    message: string | null
    result: unknown
  }>`
    select id, kind, state, done, total, message, result from kernel.jobs where id = ${id}`.execute(reading<'kernel'>(source))
  return rows.rows[0]
}
