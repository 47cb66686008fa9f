import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { systemActor } from '../../../kernel/access/actor.ts'
import { reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { inSnapshot } from '../../../kernel/database/stream.ts'
import { readAsSystem, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { fileStore } from '../../../kernel/files/file-store.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { Progress } from '../../../kernel/jobs/progress.store.ts'
import { ownQueue } from '../../../kernel/jobs/own-queue.ts'
import { checkpointSigner } from '../../../kernel/ledger/checkpoint-key.ts'
import { canonicalJson } from '../../../kernel/ledger/entry.rules.ts'
import { instantOf, writeEntry } from '../../../kernel/ledger/ledger.store.ts'
import { ledgerSettings } from '../../../kernel/ledger/settings.ts'
import { errorFields } from '../../../kernel/log/log.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { figuresSince } from '../engine/requirement.queries.ts'
import { insertLines } from './replay.store.ts'
import { type Frozen, inputParts, resultPart, type Source } from './snapshot-content.store.ts'
import { resultNames, type SnapshotHead, type SnapshotSeal, snapshotFormat } from './snapshot-file.contract.ts'
import { versionsOf } from './snapshot-head.queries.ts'
import { snapshotLines } from './snapshot-lines.store.ts'
import { partsOf } from './snapshot-reading.store.ts'
import { orderedSnapshot, type OrderedSnapshot } from './snapshots.queries.ts'
import { replayJob } from './snapshots.events.ts'

/** How the work is told about and how often it was tried. */
export interface Running {
  readonly attempt: number
  readonly progress: (progress: Progress) => Promise<void> | void
}

const quietly: Running = { attempt: 99, progress: () => undefined }
const patience = 4

/** The figures do not yet stand at today; they will soon. */
class NotSwept extends Error {}

/**
 * Freezes what was ordered: writes the file out of one moment of the database, signs it, keeps it under its content address, and
 * fills the frozen figures from that file. Answers the snapshot's file; null when it was done already. May be repeated.
 */
export async function freezeSnapshot(platform: Platform, id: string, running: Running = quietly): Promise<string | null> {
  const ordered = await readAsSystem(platform.database, (read) => orderedSnapshot(read, id))
  if (!ordered) return null
  try {
    await running.progress({ done: 0, total: 3, message: '正在写入事实、规则和结果' })
    const made = await write(platform, ordered)
    await running.progress({ done: 1, total: 3, message: '正在保存冻结的数字' })
    const sealed = await writeAsSystem(platform.database, (tx) => settle(platform, tx, { ordered, ...made }))
    if (sealed) await running.progress({ done: 3, total: 3, message: '已冻结，随后自动复核一次' })
    return made.sha256
  } catch (error) {
    platform.log.warn('freeze_failed', { snapshot: id, ...errorFields(error) })
    if (running.attempt < patience) throw error
    const why = error instanceof NotSwept ? '当天的状态还没有更新完' : '写入时出错'
    await writeAsSystem(platform.database, (tx) =>
      sql`update rulebook.snapshots set state = 'failed', failure = ${`${why}，没有冻结，数据没有改变。请稍后重新冻结；仍不成请联系系统管理员。`}
        where no = ${ordered.no} and state = 'freezing'`.execute(writing<'rulebook'>(tx)),
    )
    return null
  }
}

interface Made {
  readonly head: SnapshotHead
  readonly seal: SnapshotSeal
  readonly sha256: string
  readonly bytes: number
}

async function write(platform: Platform, ordered: OrderedSnapshot): Promise<Made> {
  const { database, clock } = platform
  const asOf = clock.today()
  const { starts, ends } = ordered.period
  const [versions, since] = await readAsSystem(database, async (read) => [
    await versionsOf(read, database.kysely, { starts, ends }),
    await figuresSince(read),
  ])
  const head: SnapshotHead = {
    format: snapshotFormat,
    snapshot: ordered.id,
    organization: ordered.organization,
    period: ordered.period,
    asOf,
    since,
    frozenAt: instantOf(clock.now()),
    supersedes: ordered.supersedes,
    ...versions,
  }
  const kept = await inSnapshot(database, async (snapshot) => {
    for await (const { day } of snapshot.rows<{ day: string }>(
      `select value #>> '{}' as day from kernel.settings where name = 'rulebook.swept_until'`,
    ))
      if (day !== asOf) throw new NotSwept()
    let seal: SnapshotSeal | null = null
    const source: Source = { snapshot, kysely: database.kysely }
    const lines = snapshotLines(
      head,
      parts(source, frozenOf(ordered, since)),
      checkpointSigner(ledgerSettings().signingKey, snapshotFormat),
    )
    async function* bytes() {
      let step = await lines.next()
      for (; !step.done; step = await lines.next()) yield Buffer.from(step.value)
      seal = step.value
    }
    const { sha256, bytes: length } = await fileStore().keep(Readable.from(batched(bytes())))
    if (!seal) throw new Error('a snapshot was written without its seal')
    return { seal, sha256, bytes: length }
  })
  const after = await readAsSystem(database, (read) => versionsOf(read, database.kysely, { starts, ends }))
  if (canonicalJson(after) !== canonicalJson(versions)) throw new Error('rules changed while the snapshot was written')
  return { head, ...kept }
}

const frozenOf = ({ organization, period }: OrderedSnapshot, since: string): Frozen => ({
  organizationNo: organization.no,
  periodNo: period.no,
  year: Number(period.name.slice(0, 4)),
  since,
})

async function* parts(source: Source, frozen: Frozen) {
  yield* inputParts(source, frozen)
  for (const name of resultNames) yield resultPart(source, name, frozen)
}

/** A write to disk a line would be slow. */
async function* batched(lines: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  for await (const line of lines) {
    held.push(line)
    if (held.length < 1_000) continue
    yield Buffer.concat(held)
    held = []
  }
  if (held.length > 0) yield Buffer.concat(held)
}

/** Fills the frozen figures from the file itself, seals the row, tells the ledger and asks for a first replay. */
async function settle(platform: Platform, tx: Tx, made: Made & { ordered: OrderedSnapshot }): Promise<boolean> {
  const { ordered, head, seal } = made
  const claimed = await sql`select 1 from rulebook.snapshots where no = ${ordered.no} and state = 'freezing' for update`.execute(
    reading<'rulebook'>(tx),
  )
  if (claimed.rows.length === 0) return false
  for await (const part of partsOf(() => fileStore().get(made.sha256))) {
    if (part.section !== 'result') continue
    await insertLines(writing<'rulebook'>(tx), {
      ...part,
      name: `rulebook.snapshot_${part.name}`,
      more: { snapshot_no: ordered.no },
    })
  }
  const now = platform.clock.now()
  await sql`update rulebook.snapshots set state = 'frozen', frozen_at = ${now}, as_of = ${head.asOf}::date, file_sha256 = ${made.sha256},
      file_bytes = ${made.bytes}, content_sha256 = ${seal.content}, signature = ${seal.signature}, head = ${JSON.stringify(head)}::jsonb,
      sections = ${JSON.stringify(seal.sections)}::jsonb, failure = null
    where no = ${ordered.no}`.execute(writing<'rulebook'>(tx))
  await writeEntry(platform, tx, {
    action: 'rulebook.snapshot.frozen',
    outcome: 'done',
    actor: systemActor,
    objects: [{ kind: 'snapshot', id: ordered.id }],
    organizations: [ordered.organization.id],
    fields: { content: seal.content, file: made.sha256, signature: seal.signature, asOf: head.asOf },
    requestId: null,
  })
  await firstReplay(platform, tx, ordered.no)
  return true
}

async function firstReplay(platform: Platform, tx: Tx, snapshotNo: number): Promise<void> {
  const queue = ownQueue()
  if (!queue) return
  const replay = newId('rpl')
  const job = await queue.enqueue(tx, replayJob, { payload: { replay }, singletonKey: replay })
  await sql`insert into rulebook.snapshot_replays (id, snapshot_no, state, started_at, job_id)
    values (${replay}, ${snapshotNo}, 'running', ${platform.clock.now()}, ${job})`.execute(writing<'rulebook'>(tx))
}
