import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { holds, organizationsFor, permissionRule } from '../access/permissions.ts'
import { type Read, reading, type Tx, writing } from '../database/handles.ts'
import { writeAs } from '../database/transaction.ts'
import '../errors/kernel.problems.ts'
import { Problem } from '../errors/problem.ts'
import { canonicalJson } from '../ledger/entry.rules.ts'
import { writeEntry } from '../ledger/ledger.store.ts'
import type { Platform } from '../platform.ts'
import { renewWords } from '../search/index.store.ts'
import type { CivilDate } from '../time/civil-date.ts'
import { type DomainEvent, handlersAfterwards, handlersWithin } from './events.ts'

/** What a running action works with. */
export interface Work {
  readonly tx: Tx
  readonly actor: Actor
  readonly platform: Platform
  readonly now: Date
  readonly today: CivilDate
  readonly requestId: string | null
  /** Reports upward. Handlers inside the transaction run at once, the others after it. */
  emit(event: DomainEvent): Promise<void>
}

/** What an action answers: the reply, and what the ledger keeps of the act. */
export interface Done<Reply> {
  readonly reply: Reply
  readonly objects: readonly { kind: string; id: string }[]
  readonly fields?: Readonly<Record<string, unknown>>
}

/** A verb that changes state. Its name is the permission that it needs. */
export interface Action<Input extends z.ZodType, Reply> {
  readonly name: string
  readonly input: Input
  /**
   * Numbers of all organizations that the act touches; the policy is asked for all at once. An empty list needs the permission
   * as such: for the administrators and for what one does with one's own account.
   */
  readonly touches: (work: Work, input: z.output<Input>) => Promise<readonly number[]> | readonly number[]
  readonly run: (work: Work, input: z.output<Input>) => Promise<Done<Reply>>
}

/** Declares an action; `perform` runs it. */
export function action<Input extends z.ZodType, Reply>(declared: Action<Input, Reply>): Action<Input, Reply> {
  return declared
}

/** Who asks, and under which request. */
export interface Request {
  readonly actor: Actor
  readonly requestId: string | null
  /** Repeating a request under the same key has one effect and the same answer. Null only for the system's own acts. */
  readonly idempotencyKey: string | null
}

/**
 * Runs an action in one transaction: scopes, idempotency, policy, the act itself, ledger, events. On any error nothing is
 * left behind but the ledger's word of a denied attempt.
 */
export async function perform<Input extends z.ZodType, Reply>(
  platform: Platform,
  declared: Action<Input, Reply>,
  request: Request & { input: z.output<Input> },
): Promise<Reply> {
  const { actor, requestId, input } = request
  try {
    return await writeAs(platform.database, actor, async (tx) => {
      const work: Work = {
        tx,
        actor,
        platform,
        now: platform.clock.now(),
        today: platform.clock.today(),
        requestId,
        emit: (event) => emit(work, event),
      }
      const replay = await claimKey<Reply>(work, declared.name, request)
      if (replay) return replay.reply
      const touched = await declared.touches(work, input)
      const organizations = await authorize(work, declared.name, touched)
      const done = await declared.run(work, input)
      await renewWords(tx, done.objects)
      await writeEntry(platform, tx, {
        action: declared.name,
        outcome: 'done',
        actor,
        objects: done.objects,
        organizations,
        ...(done.fields && { fields: done.fields }),
        requestId,
      })
      await keepReply(work, request.idempotencyKey, done.reply)
      return done.reply
    })
  } catch (error) {
    if (isRefusal(error)) await noteDenied(platform, declared.name, request)
    throw error
  }
}

/** Refused by a policy, or by row-level security where a policy had let it through. */
function isRefusal(error: unknown): boolean {
  if (error instanceof Problem) return error.status === 403 || error.status === 404
  return error instanceof Error && 'code' in error && error.code === '42501'
}

async function emit(work: Work, event: DomainEvent): Promise<void> {
  for (const handle of handlersWithin(event.name)) await handle(work, event.payload)
  if (handlersAfterwards(event.name).length === 0) return
  await writing<'kernel'>(work.tx)
    .insertInto('kernel.outbox')
    .values({ event: event.name, payload: JSON.stringify(event.payload), emitted_at: work.now })
    .execute()
}

/** A denied attempt is written in a transaction of its own: the act's is rolled back. */
export async function noteDenied(platform: Platform, name: string, request: Request): Promise<void> {
  await writeAs(platform.database, request.actor, (tx) =>
    writeEntry(platform, tx, {
      action: name,
      outcome: 'denied',
      actor: request.actor,
      objects: [],
      organizations: [],
      requestId: request.requestId,
    }),
  )
}

const requestHash = (name: string, input: unknown) =>
  createHash('sha256')
    .update(`${name}\n${canonicalJson(plain(input))}`)
    .digest('hex')
const plain = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)))

async function claimKey<Reply>(
  work: Work,
  name: string,
  request: Request & { input: unknown },
): Promise<{ reply: Reply } | null> {
  if (request.idempotencyKey === null) return null
  const hash = requestHash(name, request.input)
  const db = writing<'kernel'>(work.tx)
  const claimed = await db
    .insertInto('kernel.idempotency_keys')
    .values({ account_no: work.actor.accountNo, key: request.idempotencyKey, request_hash: hash, created_at: work.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  if (claimed) return null
  const known = await db
    .selectFrom('kernel.idempotency_keys')
    .select(['request_hash', 'reply'])
    .where('account_no', '=', work.actor.accountNo)
    .where('key', '=', request.idempotencyKey)
    .executeTakeFirst()
  if (!known) throw new Problem('kernel.request_in_progress')
  if (known.request_hash !== hash) throw new Problem('kernel.idempotency_key_reused')
  return { reply: known.reply as Reply }
}

async function keepReply(work: Work, key: string | null, reply: unknown): Promise<void> {
  if (key === null) return
  await writing<'kernel'>(work.tx)
    .updateTable('kernel.idempotency_keys')
    .set({ reply: JSON.stringify(reply ?? null), status: 200 })
    .where('account_no', '=', work.actor.accountNo)
    .where('key', '=', key)
    .execute()
}

/** Asks the policy for all touched organizations at once; answers their public ids. */
async function authorize(work: Work, permission: string, touched: readonly number[]): Promise<string[]> {
  if (!holds(work.actor, permission)) throw new Problem('kernel.forbidden')
  const organizations = [...new Set(touched)]
  if (organizations.length === 0) return []
  const rule = permissionRule(permission)
  if (!rule.everybody && !rule.administrators && !(await allowsAll(work.tx, work.actor, { permission, organizations }))) {
    throw new Problem('kernel.not_found')
  }
  const rows = await reading<'directory'>(work.tx)
    .selectFrom('directory.organizations')
    .select('id')
    .where('no', 'in', organizations)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

/** True when the actor holds the permission over every one of the organizations, by today's tree. */
export async function allowsAll(
  read: Read,
  actor: Actor,
  asked: { permission: string; organizations: readonly number[] },
): Promise<boolean> {
  const tops = organizationsFor(actor, asked.permission)
  if (tops.length === 0) return false
  const outside = await sql<{ no: number }>`select o.no from unnest(${`{${asked.organizations.join(',')}}`}::bigint[]) as o (no)
    where not exists (select 1 from directory.organization_ancestry a where a.organization_no = o.no and upper_inf(a.valid)
      and a.ancestor_no = any (${`{${tops.join(',')}}`}::bigint[])) limit 1`.execute(reading<'directory'>(read))
  return outside.rows.length === 0
}

class Rehearsed<Reply> extends Error {
  readonly reply: Reply
  constructor(reply: Reply) {
    super('rehearsed')
    this.reply = reply
  }
}

/** Runs an action to its end and takes everything back: what would happen, exactly, with nothing kept. */
export async function rehearse<Input extends z.ZodType, Reply>(
  platform: Platform,
  declared: Action<Input, Reply>,
  request: Request & { input: z.output<Input> },
): Promise<Reply> {
  const trial: Action<Input, Reply> = {
    ...declared,
    run: async (work, input) => {
      throw new Rehearsed((await declared.run(work, input)).reply)
    },
  }
  try {
    return await perform(platform, trial, { ...request, idempotencyKey: null })
  } catch (error) {
    if (error instanceof Rehearsed) return error.reply as Reply
    throw error
  }
}
