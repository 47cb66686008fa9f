import { sql } from 'kysely'
import { reading, type Tx, writing } from '../database/handles.ts'
import { writeAsSystem } from '../database/transaction.ts'
import { type Loop, startLoop } from '../jobs/loop.ts'
import { errorFields } from '../log/log.ts'
import type { Platform } from '../platform.ts'
import { handlersAfterwards, type Payload } from './events.ts'

const oneDispatcher = 715014
const mostAttempts = 10
const longestWait = 300_000

interface Waiting {
  readonly no: number
  readonly event: string
  readonly payload: Payload
  readonly attempts: number
}

type Outcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'handled' }
  | { readonly kind: 'failed'; readonly waiting: Waiting; readonly cause: unknown }

/** Milliseconds until the next try after so many failed ones: 1 s, 2 s, 4 s … at most five minutes. */
export function waitAfter(attempts: number): number {
  return Math.min(longestWait, 1_000 * 2 ** (attempts - 1))
}

/**
 * Handles the oldest event that is due, with all its handlers and the mark that it is handled in one transaction, as the
 * system. Events of one name are handled in the order in which they were emitted: a failing one holds its followers back, not
 * those of other names. After the tenth failure it is given up with an error in the log, and its followers go on.
 * Answers 1 when it handled or tried one.
 */
export async function dispatchNext(platform: Pick<Platform, 'database' | 'clock' | 'log'>): Promise<number> {
  const outcome = await handleOne(platform)
  if (outcome.kind === 'failed') await noteFailure(platform, outcome.waiting, outcome.cause)
  return outcome.kind === 'none' ? 0 : 1
}

async function handleOne(platform: Pick<Platform, 'database' | 'clock'>): Promise<Outcome> {
  let waiting: Waiting | undefined
  try {
    return await writeAsSystem(platform.database, async (tx): Promise<Outcome> => {
      waiting = await oldestDue(tx, platform.clock.now())
      if (!waiting) return { kind: 'none' }
      for (const handle of handlersAfterwards(waiting.event)) await handle(tx, waiting.payload)
      await sql`update kernel.outbox set handled_at = ${platform.clock.now()}, last_error = null where no = ${waiting.no}`.execute(
        writing<'kernel'>(tx),
      )
      return { kind: 'handled' }
    })
  } catch (cause) {
    if (!waiting) throw cause
    return { kind: 'failed', waiting, cause }
  }
}

async function oldestDue(tx: Tx, now: Date): Promise<Waiting | undefined> {
  const db = reading<'kernel'>(tx)
  const alone = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${oneDispatcher}) as got`.execute(db)
  if (!alone.rows[0]?.got) return undefined
  const due = await sql<Waiting>`select o.no, o.event, o.payload, o.attempts from kernel.outbox o
    where o.handled_at is null and o.dead_at is null and (o.due_at is null or o.due_at <= ${now})
      and not exists (select 1 from kernel.outbox b where b.event = o.event and b.no < o.no and b.handled_at is null and b.dead_at is null)
    order by o.no limit 1`.execute(db)
  return due.rows[0]
}

async function noteFailure(
  platform: Pick<Platform, 'database' | 'clock' | 'log'>,
  waiting: Waiting,
  cause: unknown,
): Promise<void> {
  const attempts = waiting.attempts + 1
  const dead = attempts >= mostAttempts
  const { error, code } = errorFields(cause)
  const now = platform.clock.now()
  await writeAsSystem(platform.database, (tx) =>
    sql`update kernel.outbox set attempts = ${attempts}, last_error = ${[error, code].filter(Boolean).join(' ')},
      due_at = ${new Date(now.getTime() + waitAfter(attempts))}, dead_at = ${dead ? now : null}
      where no = ${waiting.no} and handled_at is null`.execute(writing<'kernel'>(tx)),
  )
  const fields = { name: waiting.event, no: waiting.no, attempts, ...errorFields(cause) }
  if (dead) platform.log.error('outbox_event_given_up', fields)
  else platform.log.warn('outbox_event_failed', fields)
}

/** Handles emitted events while the product runs. Several processes may run it on one database; one at a time does the work. */
export function startOutbox(platform: Platform): Loop {
  return startLoop({ name: 'outbox', every: 1_000, log: platform.log, run: () => dispatchNext(platform) })
}
